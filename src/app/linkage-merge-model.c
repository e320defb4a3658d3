/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-merge-model.h"

#include "linkage-account-error.h"

struct _LinkageMergeModel
{
  GObject parent_instance;

  LinkageMergeSource *source;   /* (owned) */
  LinkageMergePreview *preview; /* (owned) (nullable): the first page */
  GHashTable *rows;             /* (owned) (element-type guint LinkageMergeRow): those that were read, by position */
  GHashTable *items;            /* (owned) (element-type guint LinkageMergeItem): those that somebody holds */
  GCancellable *reading;        /* (owned) (nullable): while a page is read */
  GError *error;                /* (owned) (nullable) */
  guint wanted;                 /* what was looked at last */
};

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_BEGUN_ANEW,
  N_SIGNALS,
} LinkageMergeModelSignal;

static guint signals[N_SIGNALS];

static void read_page (LinkageMergeModel *self, guint offset);

static GType
linkage_merge_model_get_item_type (GListModel *model)
{
  return LINKAGE_TYPE_MERGE_ITEM;
}

static guint
linkage_merge_model_get_n_items (GListModel *model)
{
  LinkageMergeModel *self = LINKAGE_MERGE_MODEL (model);

  return self->preview != NULL ? self->preview->total : 0;
}

static gboolean
is_item (gpointer key, gpointer value, gpointer user_data)
{
  return value == user_data;
}

static void
on_item_gone (gpointer user_data, GObject *item)
{
  g_hash_table_foreach_remove (LINKAGE_MERGE_MODEL (user_data)->items, is_item, item);
}

static guint
get_page_offset (LinkageMergeModel *self, guint position)
{
  guint size = self->preview->rows->len;

  return size > 0 ? position - position % size : 0;
}

static gpointer
linkage_merge_model_get_item (GListModel *model, guint position)
{
  LinkageMergeModel *self = LINKAGE_MERGE_MODEL (model);
  LinkageMergeRow *row;
  LinkageMergeItem *item;

  if (position >= linkage_merge_model_get_n_items (model))
    return NULL;

  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = linkage_merge_item_new (self->preview, position);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, self);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    {
      linkage_merge_item_set_row (item, row);
      return item;
    }

  self->wanted = position;
  if (self->reading == NULL && self->error == NULL)
    read_page (self, get_page_offset (self, position));

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = linkage_merge_model_get_item_type;
  iface->get_n_items = linkage_merge_model_get_n_items;
  iface->get_item = linkage_merge_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageMergeModel,
                               linkage_merge_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
forget_items (LinkageMergeModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, on_item_gone, self);
  g_hash_table_remove_all (self->items);
}

/* One after the other, so that no row is taken for another one that stands in its place. */
static void
set_preview (LinkageMergeModel *self, LinkageMergePreview *preview)
{
  guint n_before = linkage_merge_model_get_n_items (G_LIST_MODEL (self));

  forget_items (self);
  g_hash_table_remove_all (self->rows);
  g_clear_pointer (&self->preview, linkage_merge_preview_unref);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
  if (preview == NULL)
    return;

  self->preview = linkage_merge_preview_ref (preview);
  for (guint i = 0; i < preview->rows->len; i++)
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (i),
                         linkage_merge_row_ref (g_ptr_array_index (preview->rows, i)));
  if (preview->total > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, preview->total);
}

static void
add_page (LinkageMergeModel *self, LinkageMergePreview *page)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      gpointer position = GUINT_TO_POINTER (page->offset + i);
      LinkageMergeRow *row = g_ptr_array_index (page->rows, i);
      LinkageMergeItem *item = g_hash_table_lookup (self->items, position);

      g_hash_table_insert (self->rows, position, linkage_merge_row_ref (row));
      if (item != NULL && linkage_merge_item_get_row (item) == NULL)
        linkage_merge_item_set_row (item, row);
    }
}

/* What was looked at last comes first, so that whoever scrolls far need not wait for what is between. */
static void
read_wanted (LinkageMergeModel *self)
{
  LinkageMergeItem *last = g_hash_table_lookup (self->items, GUINT_TO_POINTER (self->wanted));
  GHashTableIter iter;
  gpointer item;

  if (self->preview == NULL || self->reading != NULL || self->error != NULL)
    return;
  if (last != NULL && linkage_merge_item_get_row (last) == NULL)
    {
      read_page (self, get_page_offset (self, self->wanted));
      return;
    }

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      if (linkage_merge_item_get_row (item) == NULL)
        {
          read_page (self, get_page_offset (self, linkage_merge_item_get_position (item)));
          return;
        }
    }
}

static void
begin_anew (LinkageMergeModel *self)
{
  set_preview (self, NULL);
  read_page (self, 0);
  g_signal_emit (self, signals[SIGNAL_BEGUN_ANEW], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* error: (transfer full) */
static void
take_error (LinkageMergeModel *self, GError *error)
{
  self->error = error;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* As many rows as the first page has, or what is left: else one would be asked for again and again. */
static gboolean
is_whole (LinkageMergeModel *self, guint offset, LinkageMergePreview *page)
{
  guint left = offset < page->total ? page->total - offset : 0;

  if (page->offset != offset || page->rows->len > left)
    return FALSE;

  return page->rows->len >= (self->preview != NULL ? MIN (self->preview->rows->len, left) : MIN (1, left));
}

static void
take_page (LinkageMergeModel *self, guint offset, LinkageMergePreview *page)
{
  gboolean is_first = self->preview == NULL;

  if (!is_first && !g_str_equal (page->state, self->preview->state))
    {
      begin_anew (self);
      return;
    }
  if (!is_whole (self, offset, page))
    {
      take_error (self, g_error_new (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_REPLY,
                                     "No rows from %u on, of %u", offset, page->total));
      return;
    }

  if (is_first)
    set_preview (self, page);
  else
    add_page (self, page);
  read_wanted (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

typedef struct
{
  LinkageMergeModel *model; /* (owned) */
  guint offset;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->model);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  LinkageMergeModel *self = reading->model;
  GError *error = NULL;
  g_autoptr (LinkageMergePreview) page =
    linkage_merge_source_preview_finish (LINKAGE_MERGE_SOURCE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  g_clear_object (&self->reading);
  if (page != NULL)
    take_page (self, reading->offset, page);
  else
    take_error (self, error);
}

static void
read_page (LinkageMergeModel *self, guint offset)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->model = g_object_ref (self);
  reading->offset = offset;
  self->reading = g_cancellable_new ();
  linkage_merge_source_preview_async (self->source, offset, self->reading, on_page_read, reading);
}

static void
linkage_merge_model_finalize (GObject *object)
{
  LinkageMergeModel *self = LINKAGE_MERGE_MODEL (object);

  forget_items (self);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->preview, linkage_merge_preview_unref);
  g_clear_object (&self->source);
  g_clear_object (&self->reading);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (linkage_merge_model_parent_class)->finalize (object);
}

static void
linkage_merge_model_class_init (LinkageMergeModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_merge_model_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BEGUN_ANEW] =
    g_signal_new ("begun-anew", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_merge_model_init (LinkageMergeModel *self)
{
  self->rows = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)linkage_merge_row_unref);
  self->items = g_hash_table_new (g_direct_hash, g_direct_equal);
}

/**
 * linkage_merge_model_new:
 * @source: where the rows come from
 *
 * Creates an empty list.
 *
 * Returns: (transfer full): a new #LinkageMergeModel
 */
LinkageMergeModel *
linkage_merge_model_new (LinkageMergeSource *source)
{
  LinkageMergeModel *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_MERGE_SOURCE (source), NULL);

  self = g_object_new (LINKAGE_TYPE_MERGE_MODEL, NULL);
  self->source = g_object_ref (source);

  return self;
}

/**
 * linkage_merge_model_load:
 * @self: a #LinkageMergeModel
 *
 * Forgets what was read and reads from the beginning.
 */
void
linkage_merge_model_load (LinkageMergeModel *self)
{
  g_return_if_fail (LINKAGE_IS_MERGE_MODEL (self));

  linkage_merge_model_cancel (self);
  g_clear_error (&self->error);
  set_preview (self, NULL);
  read_page (self, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * linkage_merge_model_retry:
 * @self: a #LinkageMergeModel
 *
 * Goes on with what could not be read.
 */
void
linkage_merge_model_retry (LinkageMergeModel *self)
{
  g_return_if_fail (LINKAGE_IS_MERGE_MODEL (self));

  if (self->preview == NULL)
    {
      linkage_merge_model_load (self);
      return;
    }

  g_clear_error (&self->error);
  read_wanted (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * linkage_merge_model_cancel:
 * @self: a #LinkageMergeModel
 *
 * Reads no more, until it is told to load.
 */
void
linkage_merge_model_cancel (LinkageMergeModel *self)
{
  g_return_if_fail (LINKAGE_IS_MERGE_MODEL (self));

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/**
 * linkage_merge_model_get_preview:
 * @self: a #LinkageMergeModel
 *
 * Gets the counts and the names.
 *
 * Returns: (transfer none) (nullable): the first page; %NULL until it is read
 */
LinkageMergePreview *
linkage_merge_model_get_preview (LinkageMergeModel *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_MODEL (self), NULL);

  return self->preview;
}

/**
 * linkage_merge_model_get_error:
 * @self: a #LinkageMergeModel
 *
 * Gets why no more is read.
 *
 * Returns: (nullable): an error of the domain %LINKAGE_ACCOUNT_ERROR
 */
const GError *
linkage_merge_model_get_error (LinkageMergeModel *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_MODEL (self), NULL);

  return self->error;
}
