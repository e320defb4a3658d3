/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-removed-item.h"

#include <string.h>

#include "linkage-text.h"

struct _LinkageRemovedItem
{
  GObject parent_instance;

  LinkageRemovedConnection *removed; /* (owned) */
  char *folded_name;                 /* (owned) */
};

G_DEFINE_FINAL_TYPE (LinkageRemovedItem, linkage_removed_item, G_TYPE_OBJECT)

static void
linkage_removed_item_finalize (GObject *object)
{
  LinkageRemovedItem *self = LINKAGE_REMOVED_ITEM (object);

  g_clear_pointer (&self->removed, linkage_removed_connection_unref);
  g_free (self->folded_name);

  G_OBJECT_CLASS (linkage_removed_item_parent_class)->finalize (object);
}

static void
linkage_removed_item_class_init (LinkageRemovedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_removed_item_finalize;
}

static void
linkage_removed_item_init (LinkageRemovedItem *self)
{
}

/**
 * linkage_removed_item_new:
 * @removed: a row that is no more
 *
 * Creates an item.
 *
 * Returns: (transfer full): a new #LinkageRemovedItem
 */
LinkageRemovedItem *
linkage_removed_item_new (LinkageRemovedConnection *removed)
{
  LinkageRemovedItem *self = NULL;

  g_return_val_if_fail (removed != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_REMOVED_ITEM, NULL);
  self->removed = linkage_removed_connection_ref (removed);
  self->folded_name = linkage_text_fold_filter (removed->connection->customer->name);

  return self;
}

/**
 * linkage_removed_item_get_removed:
 * @self: a #LinkageRemovedItem
 *
 * Gets what is known of the row.
 *
 * Returns: (transfer none): the row that is no more
 */
LinkageRemovedConnection *
linkage_removed_item_get_removed (LinkageRemovedItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_REMOVED_ITEM (self), NULL);

  return self->removed;
}

/**
 * linkage_removed_item_matches:
 * @self: a #LinkageRemovedItem
 * @folded: part of a name, as by linkage_text_fold_filter(); nothing matches all
 *
 * Finds out whether the customer is one that is looked for.
 *
 * Returns: whether it is
 */
gboolean
linkage_removed_item_matches (LinkageRemovedItem *self, const char *folded)
{
  g_return_val_if_fail (LINKAGE_IS_REMOVED_ITEM (self), FALSE);
  g_return_val_if_fail (folded != NULL, FALSE);

  return strstr (self->folded_name, folded) != NULL;
}
