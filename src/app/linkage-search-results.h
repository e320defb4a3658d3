/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"
#include "linkage-search-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_RESULTS (linkage_search_results_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchResults, linkage_search_results, LINKAGE, SEARCH_RESULTS, GtkWidget)

/* The customers that a search found; reads further pages as it is scrolled. Activates search.choose with a customer's
 * id. */
void linkage_search_results_show (LinkageSearchResults *self, LinkageAccount *account, LinkageSearch *search);
LinkageSearchItem *linkage_search_results_find (LinkageSearchResults *self, const char *customer_id);

G_END_DECLS
