/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-check-item.h"

struct _LinkageCheckItem
{
  GObject parent_instance;

  LinkageNameMatch *match; /* (owned) */
  guint position;
  gboolean rejected; /* the person said that it is another customer */
};

G_DEFINE_FINAL_TYPE (LinkageCheckItem, linkage_check_item, G_TYPE_OBJECT)

static void
linkage_check_item_finalize (GObject *object)
{
  LinkageCheckItem *self = LINKAGE_CHECK_ITEM (object);

  linkage_name_match_unref (self->match);

  G_OBJECT_CLASS (linkage_check_item_parent_class)->finalize (object);
}

static void
linkage_check_item_class_init (LinkageCheckItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_check_item_finalize;
}

static void
linkage_check_item_init (LinkageCheckItem *self)
{
}

/**
 * linkage_check_item_new:
 * @match: what became of a name
 * @position: where it stands in the list
 *
 * Creates an item.
 *
 * Returns: (transfer full): a new #LinkageCheckItem
 */
LinkageCheckItem *
linkage_check_item_new (LinkageNameMatch *match, guint position)
{
  LinkageCheckItem *self;

  g_return_val_if_fail (match != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_CHECK_ITEM, NULL);
  self->match = linkage_name_match_ref (match);
  self->position = position;

  return self;
}

/**
 * linkage_check_item_get_name:
 * @self: a #LinkageCheckItem
 *
 * Gets the name as it was brought.
 *
 * Returns: (transfer none): the name
 */
const char *
linkage_check_item_get_name (LinkageCheckItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_ITEM (self), NULL);

  return self->match->name;
}

/**
 * linkage_check_item_get_position:
 * @self: a #LinkageCheckItem
 *
 * Gets where the name stands in the whole list.
 *
 * Returns: the position, the first is 0
 */
guint
linkage_check_item_get_position (LinkageCheckItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_ITEM (self), 0);

  return self->position;
}

/**
 * linkage_check_item_get_match:
 * @self: a #LinkageCheckItem
 *
 * Gets what was found for the name, whatever the person said of it.
 *
 * Returns: (transfer none): the match
 */
const LinkageNameMatch *
linkage_check_item_get_match (LinkageCheckItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_ITEM (self), NULL);

  return self->match;
}

/**
 * linkage_check_item_get_likeness:
 * @self: a #LinkageCheckItem
 *
 * Gets the group that the name belongs to: %LINKAGE_NAME_NONE also after *Not the Same*.
 *
 * Returns: the likeness
 */
LinkageNameLikeness
linkage_check_item_get_likeness (LinkageCheckItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_ITEM (self), LINKAGE_NAME_NONE);

  return self->rejected ? LINKAGE_NAME_NONE : self->match->likeness;
}

/**
 * linkage_check_item_get_connection:
 * @self: a #LinkageCheckItem
 *
 * Gets the row that the name is taken for.
 *
 * Returns: (transfer none) (nullable): the row; %NULL when it is not in the list
 */
LinkageConnection *
linkage_check_item_get_connection (LinkageCheckItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_ITEM (self), NULL);

  return self->rejected ? NULL : self->match->connection;
}

/**
 * linkage_check_item_set_rejected:
 * @self: a #LinkageCheckItem
 * @rejected: whether it is another customer than the one that was found
 *
 * Keeps what the person said of a likely match. To be done through linkage_check_list_reject().
 */
void
linkage_check_item_set_rejected (LinkageCheckItem *self, gboolean rejected)
{
  g_return_if_fail (LINKAGE_IS_CHECK_ITEM (self));

  self->rejected = rejected;
}
