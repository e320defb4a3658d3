/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* An account and all that is kept about it; of one on a portal without an interface also what the person says of it,
 * and when to be reminded of its copy.
 *
 * Signals: ::exported (GFile) and ::removal-chosen (LinkageAccountRemoval) as in LinkageAccountDataView. */
#define LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG (linkage_account_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountDetailsDialog,
                      linkage_account_details_dialog,
                      LINKAGE,
                      ACCOUNT_DETAILS_DIALOG,
                      AdwWindow)

LinkageAccountDetailsDialog *
linkage_account_details_dialog_new (GtkWindow *parent, LinkageAccount *account, GSettings *settings);

G_END_DECLS
