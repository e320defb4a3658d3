/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-details-view.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_DETAILS_PAGE (linkage_details_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageDetailsPage, linkage_details_page, LINKAGE, DETAILS_PAGE, GtkWidget)

/* The details of a connection with a header bar: a page of the window, with Back, or what a dialog consists of.
 * Signals: ::closed () — the person goes back */
GtkWidget *linkage_details_page_new (LinkageAccount *account, LinkageConnectionRow *row, gboolean in_window);
LinkageDetailsView *linkage_details_page_get_view (LinkageDetailsPage *self); /* (transfer none) */
GtkWidget *linkage_details_dialog_new (GtkWindow *parent, LinkageDetailsPage *page);

G_END_DECLS
