/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

/* What the person says of an account on a portal without an interface, and when to be reminded of its copy. */
#define LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG (linkage_account_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountDetailsDialog,
                      linkage_account_details_dialog,
                      LINKAGE,
                      ACCOUNT_DETAILS_DIALOG,
                      AdwWindow)

void linkage_account_details_dialog_present (GtkWindow *parent, LinkageCompanionAccount *account, GSettings *settings);

G_END_DECLS
