/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-to-ask-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_TO_ASK_ROW (linkage_to_ask_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageToAskRow, linkage_to_ask_row, LINKAGE, TO_ASK_ROW, GtkWidget)

/* A customer that is to be asked. Activates page.search and page.remove with its name. */
GtkWidget *linkage_to_ask_row_new (gboolean narrow);
void linkage_to_ask_row_set_item (LinkageToAskRow *self, LinkageToAskItem *item, gint64 now);

G_END_DECLS
