/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* A row of a preview for who shows it; it may be there before it is read.
 *
 * Signals: ::changed (): it was read. */
#define LINKAGE_TYPE_MERGE_ITEM (linkage_merge_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeItem, linkage_merge_item, LINKAGE, MERGE_ITEM, GObject)

LinkageMergeItem *linkage_merge_item_new (LinkageMergePreview *preview, guint position);
guint linkage_merge_item_get_position (LinkageMergeItem *self);
/* (transfer none): of what merge */
LinkageMergePreview *linkage_merge_item_get_preview (LinkageMergeItem *self);
/* (transfer none) (nullable): null until it is read */
LinkageMergeRow *linkage_merge_item_get_row (LinkageMergeItem *self);
void linkage_merge_item_set_row (LinkageMergeItem *self, LinkageMergeRow *row);

G_END_DECLS
