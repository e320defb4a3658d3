/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_PAGE (linkage_search_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchPage, linkage_search_page, LINKAGE, SEARCH_PAGE, GtkWidget)

/* Search for a Customer and, over it, the form of a request, each with its header bar.
 *
 * Property: title (of what is shown).
 * Signals: ::closed () — the person is done with it;
 *  ::window-action (action's name, connection's id) — something that the window does with a row;
 *  ::requested (customer's name, connection's id (nullable), whether the portal has it) */
GtkWidget *linkage_search_page_new (LinkageAccount *account, gboolean in_window);
void linkage_search_page_show_form (LinkageSearchPage *self, LinkageCustomer *customer, LinkageConnection *connection);
gboolean linkage_search_page_is_form_for (LinkageSearchPage *self, const char *customer_id);
gboolean linkage_search_page_awaits_answer (LinkageSearchPage *self, const char *customer_id);

G_END_DECLS
