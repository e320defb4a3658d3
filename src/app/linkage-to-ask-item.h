/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_TO_ASK_ITEM (linkage_to_ask_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageToAskItem, linkage_to_ask_item, LINKAGE, TO_ASK_ITEM, GObject)

/* A customer that is to be asked, with what the table has of it by now. */
LinkageToAskItem *linkage_to_ask_item_new (LinkageNameMatch *match);
const char *linkage_to_ask_item_get_name (LinkageToAskItem *self);
const LinkageNameMatch *linkage_to_ask_item_get_match (LinkageToAskItem *self); /* (transfer none) (nullable) */
gboolean linkage_to_ask_item_was_asked (LinkageToAskItem *self);

G_END_DECLS
