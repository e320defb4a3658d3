/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_PAGE_DIALOG (linkage_page_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkagePageDialog, linkage_page_dialog, LINKAGE, PAGE_DIALOG, AdwWindow)

/* A modal dialog around a page that could also be one of the window: with a property title, and a signal ::closed ()
 * with which the dialog closes. */
GtkWidget *linkage_page_dialog_new (GtkWindow *parent, GtkWidget *page);

G_END_DECLS
