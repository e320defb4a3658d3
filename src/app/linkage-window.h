/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-manager.h"
#include "linkage-application.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_WINDOW (linkage_window_get_type ())
G_DECLARE_FINAL_TYPE (LinkageWindow, linkage_window, LINKAGE, WINDOW, AdwApplicationWindow)

/* Properties: narrow (below 720 px: dialogs are pages) */
LinkageWindow *linkage_window_new (LinkageApplication *application);
LinkageAccountManager *linkage_window_get_manager (LinkageWindow *self); /* (transfer none) */
LinkageAccount *linkage_window_get_account (LinkageWindow *self);        /* (transfer none) (nullable) */
gboolean linkage_window_get_narrow (LinkageWindow *self);
void linkage_window_add_toast (LinkageWindow *self, AdwToast *toast);

/* Whole pages over the table, with their own header bar and Back, in the order in which they were pushed. */
void linkage_window_push_page (LinkageWindow *self, GtkWidget *page);
void linkage_window_pop_page (LinkageWindow *self);

G_END_DECLS
