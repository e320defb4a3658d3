/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_BY_HAND_DIALOG (linkage_by_hand_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageByHandDialog, linkage_by_hand_dialog, LINKAGE, BY_HAND_DIALOG, AdwWindow)

/* A request that the person sends on the portal's own page, and then says that it is done.
 * Signals: ::sent (customer name) — it was recorded; the dialog is closing. */
GtkWidget *linkage_by_hand_dialog_new (GtkWindow *parent, LinkageAccount *account, LinkageConnection *connection);
void linkage_by_hand_dialog_open_page (LinkageByHandDialog *self);

G_END_DECLS
