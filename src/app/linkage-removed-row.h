/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-removed-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_REMOVED_ROW (linkage_removed_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRemovedRow, linkage_removed_row, LINKAGE, REMOVED_ROW, GtkWidget)

GtkWidget *linkage_removed_row_new (void);
void linkage_removed_row_set_item (LinkageRemovedRow *self, LinkageRemovedItem *item);

G_END_DECLS
