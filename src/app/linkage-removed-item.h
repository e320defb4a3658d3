/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-removed-connection.h"

G_BEGIN_DECLS

/* A row that is no more, as an item of a list. */
#define LINKAGE_TYPE_REMOVED_ITEM (linkage_removed_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRemovedItem, linkage_removed_item, LINKAGE, REMOVED_ITEM, GObject)

LinkageRemovedItem *linkage_removed_item_new (LinkageRemovedConnection *removed);
LinkageRemovedConnection *linkage_removed_item_get_removed (LinkageRemovedItem *self); /* (transfer none) */
/* folded: as by linkage_text_fold_filter() */
gboolean linkage_removed_item_matches (LinkageRemovedItem *self, const char *folded);

G_END_DECLS
