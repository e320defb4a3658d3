/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_ITEM (linkage_check_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckItem, linkage_check_item, LINKAGE, CHECK_ITEM, GObject)

/* One name of a list that was checked. position: in the list */
LinkageCheckItem *linkage_check_item_new (LinkageNameMatch *match, guint position);
const char *linkage_check_item_get_name (LinkageCheckItem *self);
guint linkage_check_item_get_position (LinkageCheckItem *self);
/* What was found, and what holds after the person had a say. */
const LinkageNameMatch *linkage_check_item_get_match (LinkageCheckItem *self); /* (transfer none) */
LinkageNameLikeness linkage_check_item_get_likeness (LinkageCheckItem *self);
LinkageConnection *linkage_check_item_get_connection (LinkageCheckItem *self); /* (transfer none) (nullable) */
void linkage_check_item_set_rejected (LinkageCheckItem *self, gboolean rejected);

G_END_DECLS
