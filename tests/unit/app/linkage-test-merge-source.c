/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-test-merge-source.h"

struct _LinkageTestMergeSource
{
  GObject parent_instance;

  GError *error; /* (owned) (nullable): what the next call answers */
  guint total;
  guint page_size;
  guint n_changes;
  guint n_pages;
  gboolean merged;
};

static LinkageMergeRow *
make_row (guint position)
{
  g_autofree char *id = g_strdup_printf ("customer-%u", position);
  g_autofree char *name = g_strdup_printf ("%04u", position);
  LinkageMergeRow *row = linkage_merge_row_new (id, name, position % 4);

  row->has_staying = row->fate != LINKAGE_MERGE_COMES_OVER;
  row->has_going = row->fate != LINKAGE_MERGE_STAYS;
  row->status_staying = row->fate == LINKAGE_MERGE_REMOVED ? LINKAGE_STATUS_REJECTED : LINKAGE_STATUS_APPROVED;
  row->status_going = row->fate == LINKAGE_MERGE_REMOVED ? LINKAGE_STATUS_EXPIRED : LINKAGE_STATUS_PENDING;
  row->status = row->has_staying ? row->status_staying : row->status_going;
  row->requests_used = position % 3;
  row->was_rejected = row->fate == LINKAGE_MERGE_REMOVED;

  return row;
}

static guint
count (LinkageTestMergeSource *self, LinkageMergeFate fate)
{
  return (self->total + 3 - fate) / 4;
}

static LinkageMergePreview *
make_page (LinkageTestMergeSource *self, guint offset)
{
  g_autofree char *state = g_strdup_printf ("state-%u", self->n_changes);
  LinkageMergePreview *page = linkage_merge_preview_new (state, "Lindqvist Components", "Lindqvist Hydraulics");

  page->stays = count (self, LINKAGE_MERGE_STAYS);
  page->comes_over = count (self, LINKAGE_MERGE_COMES_OVER);
  page->consolidated = count (self, LINKAGE_MERGE_CONSOLIDATED);
  page->removed = count (self, LINKAGE_MERGE_REMOVED);
  page->searches_left = 2;
  page->offset = offset;
  page->total = self->total;
  for (guint i = offset; i < self->total && i < offset + self->page_size; i++)
    g_ptr_array_add (page->rows, make_row (i));

  return page;
}

static void
linkage_test_merge_source_preview_async (LinkageMergeSource *source,
                                         guint offset,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  LinkageTestMergeSource *self = LINKAGE_TEST_MERGE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_test_merge_source_preview_async);
  self->n_pages++;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (task, make_page (self, offset), (GDestroyNotify)linkage_merge_preview_unref);
}

static LinkageMergePreview *
linkage_test_merge_source_preview_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
linkage_test_merge_source_merge_async (LinkageMergeSource *source,
                                       LinkageMergePreview *preview,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LinkageTestMergeSource *self = LINKAGE_TEST_MERGE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_test_merge_source_merge_async);
  self->merged = self->error == NULL;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
linkage_test_merge_source_merge_finish (LinkageMergeSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
merge_source_iface_init (LinkageMergeSourceInterface *iface)
{
  iface->preview_async = linkage_test_merge_source_preview_async;
  iface->preview_finish = linkage_test_merge_source_preview_finish;
  iface->merge_async = linkage_test_merge_source_merge_async;
  iface->merge_finish = linkage_test_merge_source_merge_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageTestMergeSource,
                               linkage_test_merge_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_MERGE_SOURCE, merge_source_iface_init))

static void
linkage_test_merge_source_finalize (GObject *object)
{
  g_clear_error (&LINKAGE_TEST_MERGE_SOURCE (object)->error);

  G_OBJECT_CLASS (linkage_test_merge_source_parent_class)->finalize (object);
}

static void
linkage_test_merge_source_class_init (LinkageTestMergeSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_test_merge_source_finalize;
}

static void
linkage_test_merge_source_init (LinkageTestMergeSource *self)
{
}

LinkageTestMergeSource *
linkage_test_merge_source_new (guint total, guint page_size)
{
  LinkageTestMergeSource *self = g_object_new (LINKAGE_TYPE_TEST_MERGE_SOURCE, NULL);

  self->total = total;
  self->page_size = page_size;

  return self;
}

void
linkage_test_merge_source_change (LinkageTestMergeSource *self, guint total)
{
  self->total = total;
  self->n_changes++;
}

void
linkage_test_merge_source_set_page_size (LinkageTestMergeSource *self, guint page_size)
{
  self->page_size = page_size;
}

void
linkage_test_merge_source_fail_next (LinkageTestMergeSource *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

guint
linkage_test_merge_source_get_n_pages (LinkageTestMergeSource *self)
{
  return self->n_pages;
}

gboolean
linkage_test_merge_source_get_merged (LinkageTestMergeSource *self)
{
  return self->merged;
}
