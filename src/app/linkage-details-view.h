/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_DETAILS_VIEW (linkage_details_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageDetailsView, linkage_details_view, LINKAGE, DETAILS_VIEW, GtkWidget)

/* All there is to know of one connection, and what becomes of it: status, the best next step, the customer list, the
 * requests; of what a person brought also its history and what can be corrected. For a dialog, a page or a pane.
 * Signals: ::window-action (action name, connection id) — what a button asks of the window */
void linkage_details_view_set_row (LinkageDetailsView *self, LinkageAccount *account, LinkageConnectionRow *row);
void
linkage_details_view_set_removed (LinkageDetailsView *self, LinkageAccount *account, LinkageRemovedConnection *removed);
void linkage_details_view_edit_entries (LinkageDetailsView *self);

G_END_DECLS
