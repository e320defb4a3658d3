/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"
#include "linkage-search-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_VIEW (linkage_search_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchView, linkage_search_view, LINKAGE, SEARCH_VIEW, GtkWidget)

/* The portal's search: the name, how many searches are left, the results.
 *
 * Signals: ::chosen (LinkageSearchItem) — one that something can be done about. */
void linkage_search_view_set_account (LinkageSearchView *self, LinkageAccount *account);

G_END_DECLS
