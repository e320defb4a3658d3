/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-to-ask-item.h"

struct _LinkageToAskItem
{
  GObject parent_instance;

  LinkageNameMatch *match; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LinkageToAskItem, linkage_to_ask_item, G_TYPE_OBJECT)

static void
linkage_to_ask_item_finalize (GObject *object)
{
  LinkageToAskItem *self = LINKAGE_TO_ASK_ITEM (object);

  linkage_name_match_unref (self->match);

  G_OBJECT_CLASS (linkage_to_ask_item_parent_class)->finalize (object);
}

static void
linkage_to_ask_item_class_init (LinkageToAskItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_to_ask_item_finalize;
}

static void
linkage_to_ask_item_init (LinkageToAskItem *self)
{
}

/**
 * linkage_to_ask_item_new:
 * @match: a name of the list, and what the table has of it
 *
 * Creates an item.
 *
 * Returns: (transfer full): a new #LinkageToAskItem
 */
LinkageToAskItem *
linkage_to_ask_item_new (LinkageNameMatch *match)
{
  LinkageToAskItem *self;

  g_return_val_if_fail (match != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_TO_ASK_ITEM, NULL);
  self->match = linkage_name_match_ref (match);

  return self;
}

/**
 * linkage_to_ask_item_get_name:
 * @self: a #LinkageToAskItem
 *
 * Gets the name as it was kept.
 *
 * Returns: (transfer none): the name
 */
const char *
linkage_to_ask_item_get_name (LinkageToAskItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_TO_ASK_ITEM (self), NULL);

  return self->match->name;
}

/**
 * linkage_to_ask_item_get_match:
 * @self: a #LinkageToAskItem
 *
 * Gets what has appeared in the table since the name was kept.
 *
 * Returns: (transfer none) (nullable): the match; %NULL when there is none
 */
const LinkageNameMatch *
linkage_to_ask_item_get_match (LinkageToAskItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_TO_ASK_ITEM (self), NULL);

  return self->match->connection != NULL ? self->match : NULL;
}

/**
 * linkage_to_ask_item_was_asked:
 * @self: a #LinkageToAskItem
 *
 * Tells whether the customer was asked by now: the very name is in the table, and is not only suggested.
 *
 * Returns: whether it need not be on the list any more
 */
gboolean
linkage_to_ask_item_was_asked (LinkageToAskItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_TO_ASK_ITEM (self), FALSE);

  return self->match->likeness == LINKAGE_NAME_EXACT && self->match->connection->status != LINKAGE_STATUS_SUGGESTED;
}
