/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-manager.h"

G_BEGIN_DECLS

/* Connect to a portal, or sign in again to the current account's. Closes itself when the manager has the account. */
#define LINKAGE_TYPE_PORTAL_DIALOG (linkage_portal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkagePortalDialog, linkage_portal_dialog, LINKAGE, PORTAL_DIALOG, AdwWindow)

void linkage_portal_dialog_present_connect (GtkWindow *parent, LinkageAccountManager *manager);
void linkage_portal_dialog_present_sign_in (GtkWindow *parent, LinkageAccountManager *manager);

G_END_DECLS
