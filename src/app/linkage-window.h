/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-manager.h"
#include "linkage-application.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_WINDOW (linkage_window_get_type ())
G_DECLARE_FINAL_TYPE (LinkageWindow, linkage_window, LINKAGE, WINDOW, AdwApplicationWindow)

/* Properties: settings, manager (construct only), narrow (below 720 px: dialogs are pages) */
LinkageWindow *
linkage_window_new (LinkageApplication *application, GSettings *settings, LinkageAccountManager *manager);
LinkageAccount *linkage_window_get_account (LinkageWindow *self); /* (transfer none) (nullable) */
gboolean linkage_window_get_narrow (LinkageWindow *self);
guint linkage_window_get_n_rows (LinkageWindow *self);
void linkage_window_add_toast (LinkageWindow *self, AdwToast *toast);

/* The account that was used last, or the sandbox. as_user: without the Admin role */
void linkage_window_load (LinkageWindow *self);
void linkage_window_open_sandbox (LinkageWindow *self, gboolean as_user);
/* Where it is closing and still sends, it comes back when that is done. */
void linkage_window_reopen (LinkageWindow *self);

/* Whole pages over the table, with their own header bar and Back, in the order in which they were pushed. */
void linkage_window_push_page (LinkageWindow *self, GtkWidget *page);
void linkage_window_pop_page (LinkageWindow *self);

G_END_DECLS
