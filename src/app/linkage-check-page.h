/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_PAGE (linkage_check_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckPage, linkage_check_page, LINKAGE, CHECK_PAGE, GtkWidget)

/* Check a List: names are put in, looked up, and shown with what became of them.
 *
 * Property: title. Signals: ::closed () — the person is done with it;
 *  ::window-action (action's name) — something that the window does instead */
GtkWidget *linkage_check_page_new (LinkageCompanionAccount *account, gboolean in_window);

G_END_DECLS
