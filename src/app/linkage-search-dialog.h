/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-search-page.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_DIALOG (linkage_search_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchDialog, linkage_search_dialog, LINKAGE, SEARCH_DIALOG, AdwWindow)

/* A modal dialog around a LinkageSearchPage, with which it closes. */
GtkWidget *linkage_search_dialog_new (GtkWindow *parent, LinkageSearchPage *page);

G_END_DECLS
