/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-merge-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_MERGE_PREVIEW_ROW (linkage_merge_preview_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergePreviewRow, linkage_merge_preview_row, LINKAGE, MERGE_PREVIEW_ROW, GtkWidget)

GtkWidget *linkage_merge_preview_row_new (void);
void linkage_merge_preview_row_set_item (LinkageMergePreviewRow *self, LinkageMergeItem *item);

G_END_DECLS
