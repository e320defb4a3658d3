/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-merge-answer.h"

struct _LinkageMergeAnswer
{
  GObject parent_instance;

  LinkageMerges *merges; /* (owned) */
  char *merge_id;        /* (owned) */
};

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageMergePreview *preview = linkage_merges_preview_finish (LINKAGE_MERGES (source), result, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify)linkage_merge_preview_unref);
  else
    g_task_return_error (task, error);
}

static void
linkage_merge_answer_preview_async (LinkageMergeSource *source,
                                    guint offset,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  LinkageMergeAnswer *self = LINKAGE_MERGE_ANSWER (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_merge_answer_preview_async);
  linkage_merges_preview_async (self->merges, self->merge_id, offset, cancellable, on_previewed, task);
}

static LinkageMergePreview *
linkage_merge_answer_preview_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_approved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (linkage_merges_approve_finish (LINKAGE_MERGES (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What the person typed is compared before; the portal wants the name letter by letter. */
static void
linkage_merge_answer_merge_async (LinkageMergeSource *source,
                                  LinkageMergePreview *preview,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LinkageMergeAnswer *self = LINKAGE_MERGE_ANSWER (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_merge_answer_merge_async);
  linkage_merges_approve_async (self->merges, self->merge_id, preview->going_name, preview->state, cancellable,
                                on_approved, task);
}

static gboolean
linkage_merge_answer_merge_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
merge_source_iface_init (LinkageMergeSourceInterface *iface)
{
  iface->preview_async = linkage_merge_answer_preview_async;
  iface->preview_finish = linkage_merge_answer_preview_finish;
  iface->merge_async = linkage_merge_answer_merge_async;
  iface->merge_finish = linkage_merge_answer_merge_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageMergeAnswer,
                               linkage_merge_answer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_MERGE_SOURCE, merge_source_iface_init))

static void
linkage_merge_answer_finalize (GObject *object)
{
  LinkageMergeAnswer *self = LINKAGE_MERGE_ANSWER (object);

  g_clear_object (&self->merges);
  g_free (self->merge_id);

  G_OBJECT_CLASS (linkage_merge_answer_parent_class)->finalize (object);
}

static void
linkage_merge_answer_class_init (LinkageMergeAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_merge_answer_finalize;
}

static void
linkage_merge_answer_init (LinkageMergeAnswer *self)
{
}

/**
 * linkage_merge_answer_new:
 * @merges: the merge requests of the account that is asked
 * @merge_id: the open one to be approved
 *
 * Makes what a merge is decided on by from a request on the portal.
 *
 * Returns: (transfer full): a new #LinkageMergeAnswer
 */
LinkageMergeSource *
linkage_merge_answer_new (LinkageMerges *merges, const char *merge_id)
{
  LinkageMergeAnswer *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_MERGES (merges), NULL);
  g_return_val_if_fail (merge_id != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_MERGE_ANSWER, NULL);
  self->merges = g_object_ref (merges);
  self->merge_id = g_strdup (merge_id);

  return LINKAGE_MERGE_SOURCE (self);
}
