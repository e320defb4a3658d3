/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-merge-companion.h"

#include "linkage-account-error.h"
#include "linkage-companion-account.h"

#define PAGE_SIZE 200 /* rows */

struct _LinkageMergeCompanion
{
  GObject parent_instance;

  LinkageAccountManager *manager; /* (owned) */
  LinkageAccount *stays;          /* (owned) */
  char *from_id;                  /* (owned) */
  char *set_aside;                /* (owned) (nullable) */
};

/* What stays is what was current when the person chose. */
static gboolean
check_current (LinkageMergeCompanion *self, GTask *task)
{
  if (linkage_account_manager_get_current (self->manager) == self->stays)
    return TRUE;

  g_task_return_new_error (task, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_FAILED,
                           "Another account is shown by now");

  return FALSE;
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageMergePreview *preview =
    linkage_account_manager_preview_companion_merge_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify)linkage_merge_preview_unref);
  else
    g_task_return_error (task, error);
}

static void
linkage_merge_companion_preview_async (LinkageMergeSource *source,
                                       guint offset,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LinkageMergeCompanion *self = LINKAGE_MERGE_COMPANION (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_merge_companion_preview_async);
  if (check_current (self, task))
    linkage_account_manager_preview_companion_merge_async (self->manager, self->from_id, offset, PAGE_SIZE, cancellable,
                                                           on_previewed, g_object_ref (task));
}

static LinkageMergePreview *
linkage_merge_companion_preview_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageMergeCompanion *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_clear_pointer (&self->set_aside, g_free);
  if (linkage_account_manager_merge_companions_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &self->set_aside,
                                                       &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
linkage_merge_companion_merge_async (LinkageMergeSource *source,
                                     LinkageMergePreview *preview,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LinkageMergeCompanion *self = LINKAGE_MERGE_COMPANION (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_merge_companion_merge_async);
  /* What is done is done, whether somebody still wants to know or not. */
  g_task_set_check_cancellable (task, FALSE);
  if (check_current (self, task))
    linkage_account_manager_merge_companions_async (self->manager, self->from_id, preview->state, on_merged,
                                                    g_object_ref (task));
}

static gboolean
linkage_merge_companion_merge_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
merge_source_iface_init (LinkageMergeSourceInterface *iface)
{
  iface->preview_async = linkage_merge_companion_preview_async;
  iface->preview_finish = linkage_merge_companion_preview_finish;
  iface->merge_async = linkage_merge_companion_merge_async;
  iface->merge_finish = linkage_merge_companion_merge_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageMergeCompanion,
                               linkage_merge_companion,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_MERGE_SOURCE, merge_source_iface_init))

static void
linkage_merge_companion_finalize (GObject *object)
{
  LinkageMergeCompanion *self = LINKAGE_MERGE_COMPANION (object);

  g_clear_object (&self->manager);
  g_clear_object (&self->stays);
  g_free (self->from_id);
  g_free (self->set_aside);

  G_OBJECT_CLASS (linkage_merge_companion_parent_class)->finalize (object);
}

static void
linkage_merge_companion_class_init (LinkageMergeCompanionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_merge_companion_finalize;
}

static void
linkage_merge_companion_init (LinkageMergeCompanion *self)
{
}

/**
 * linkage_merge_companion_new:
 * @manager: the accounts; the current one, a companion account, is what stays
 * @goes: another companion account
 *
 * Makes what a merge is decided on by from two accounts of this computer.
 *
 * Returns: (transfer full): a new #LinkageMergeCompanion
 */
LinkageMergeSource *
linkage_merge_companion_new (LinkageAccountManager *manager, LinkageAccountEntry *goes)
{
  LinkageMergeCompanion *self = NULL;
  LinkageAccount *stays = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager), NULL);
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (goes), NULL);

  stays = linkage_account_manager_get_current (manager);
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (stays), NULL);

  self = g_object_new (LINKAGE_TYPE_MERGE_COMPANION, NULL);
  self->manager = g_object_ref (manager);
  self->stays = g_object_ref (stays);
  self->from_id = g_strdup (linkage_account_entry_get_id (goes));

  return LINKAGE_MERGE_SOURCE (self);
}

/**
 * linkage_merge_companion_get_set_aside:
 * @self: a #LinkageMergeCompanion
 *
 * Gets where the data of the account that went is.
 *
 * Returns: (transfer none) (nullable): a folder; %NULL before the merge, and where the next start sets it aside
 */
const char *
linkage_merge_companion_get_set_aside (LinkageMergeCompanion *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_COMPANION (self), NULL);

  return self->set_aside;
}

/**
 * linkage_merge_companion_list:
 * @manager: the accounts
 *
 * Finds what could be merged into the current account: the other companion accounts that are open.
 *
 * Returns: (transfer full) (element-type LinkageAccountEntry): them, in the order of the list of accounts; none where
 *   the current one is no companion account
 */
GPtrArray *
linkage_merge_companion_list (LinkageAccountManager *manager)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  LinkageAccount *current = NULL;
  GListModel *entries = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager), NULL);

  current = linkage_account_manager_get_current (manager);
  entries = linkage_account_manager_get_accounts (manager);
  for (guint i = 0; LINKAGE_IS_COMPANION_ACCOUNT (current) && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (entries, i);
      LinkageAccount *account = linkage_account_entry_get_account (entry);

      if (account != current && LINKAGE_IS_COMPANION_ACCOUNT (account))
        g_ptr_array_add (found, g_steal_pointer (&entry));
    }

  return g_steal_pointer (&found);
}
