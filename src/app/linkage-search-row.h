/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-search-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_ROW (linkage_search_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchRow, linkage_search_row, LINKAGE, SEARCH_ROW, GtkWidget)

/* One result: name, country, state, and the button that activates search.choose with the customer's id. */
GtkWidget *linkage_search_row_new (void);
void linkage_search_row_set_item (LinkageSearchRow *self, LinkageSearchItem *item);

G_END_DECLS
