/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_ROW_MENU (linkage_row_menu_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRowMenu, linkage_row_menu, LINKAGE, ROW_MENU, GObject)

/* The context menu of the table's rows, by pointer, touch and keyboard, and the keys that open a row's details. One set
 * of controllers at the view serves all rows. */
LinkageRowMenu *linkage_row_menu_new (GtkWidget *host, GtkWidget *view);

G_END_DECLS
