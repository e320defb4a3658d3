/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* The rows that are no more, and what is known of each: a page for linkage_page_dialog_new(). */
#define LINKAGE_TYPE_REMOVED_PAGE (linkage_removed_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRemovedPage, linkage_removed_page, LINKAGE, REMOVED_PAGE, GtkWidget)

GtkWidget *linkage_removed_page_new (LinkageAccount *account, gboolean in_window);

G_END_DECLS
