/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-merge-item.h"

struct _LinkageMergeItem
{
  GObject parent_instance;

  LinkageMergePreview *preview; /* (owned) */
  LinkageMergeRow *row;         /* (owned) (nullable) */
  guint position;
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} LinkageMergeItemSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergeItem, linkage_merge_item, G_TYPE_OBJECT)

static void
linkage_merge_item_finalize (GObject *object)
{
  LinkageMergeItem *self = LINKAGE_MERGE_ITEM (object);

  g_clear_pointer (&self->row, linkage_merge_row_unref);
  g_clear_pointer (&self->preview, linkage_merge_preview_unref);

  G_OBJECT_CLASS (linkage_merge_item_parent_class)->finalize (object);
}

static void
linkage_merge_item_class_init (LinkageMergeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_merge_item_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_merge_item_init (LinkageMergeItem *self)
{
}

/**
 * linkage_merge_item_new:
 * @preview: of what merge
 * @position: which of its rows
 *
 * Creates a row that is not read yet.
 *
 * Returns: (transfer full): a new #LinkageMergeItem
 */
LinkageMergeItem *
linkage_merge_item_new (LinkageMergePreview *preview, guint position)
{
  LinkageMergeItem *self = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_MERGE_ITEM, NULL);
  self->preview = linkage_merge_preview_ref (preview);
  self->position = position;

  return self;
}

/**
 * linkage_merge_item_get_position:
 * @self: a #LinkageMergeItem
 *
 * Gets which row it is.
 *
 * Returns: its position among all rows of the preview
 */
guint
linkage_merge_item_get_position (LinkageMergeItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_ITEM (self), 0);

  return self->position;
}

/**
 * linkage_merge_item_get_preview:
 * @self: a #LinkageMergeItem
 *
 * Gets what merge it is a row of.
 *
 * Returns: (transfer none): one page of it, whose rows may be others
 */
LinkageMergePreview *
linkage_merge_item_get_preview (LinkageMergeItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_ITEM (self), NULL);

  return self->preview;
}

/**
 * linkage_merge_item_get_row:
 * @self: a #LinkageMergeItem
 *
 * Gets what becomes of a customer's requests.
 *
 * Returns: (transfer none) (nullable): the row; %NULL until it is read
 */
LinkageMergeRow *
linkage_merge_item_get_row (LinkageMergeItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_ITEM (self), NULL);

  return self->row;
}

/**
 * linkage_merge_item_set_row:
 * @self: a #LinkageMergeItem that was not read
 * @row: what was read
 *
 * Tells who shows it.
 */
void
linkage_merge_item_set_row (LinkageMergeItem *self, LinkageMergeRow *row)
{
  g_return_if_fail (LINKAGE_IS_MERGE_ITEM (self));
  g_return_if_fail (row != NULL);
  g_return_if_fail (self->row == NULL);

  self->row = linkage_merge_row_ref (row);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
