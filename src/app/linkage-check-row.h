/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-check-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_ROW (linkage_check_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckRow, linkage_check_row, LINKAGE, CHECK_ROW, GtkWidget)

/* What became of a name. Activates results.reject with the position of one that is only likely. */
GtkWidget *linkage_check_row_new (void);
void linkage_check_row_set_item (LinkageCheckRow *self, LinkageCheckItem *item, gint64 now);

G_END_DECLS
