/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_ADD_ACCOUNT_PAGE (linkage_add_account_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAddAccountPage, linkage_add_account_page, LINKAGE, ADD_ACCOUNT_PAGE, GtkWidget)

/* The ways to one more account, as a page of a window or a dialog.
 *
 * Signals: ::closed (), ::window-action (const char *action): what the person chose. */
GtkWidget *linkage_add_account_page_new (gboolean in_window, gboolean has_sandbox);

G_END_DECLS
