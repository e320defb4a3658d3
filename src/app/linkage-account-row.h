/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-entry.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ACCOUNT_ROW (linkage_account_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountRow, linkage_account_row, LINKAGE, ACCOUNT_ROW, GtkButton)

/* An account in the menu of accounts, which a press makes current. */
GtkWidget *linkage_account_row_new (void);
/* position: from 0; is_shared: whether another account has the same name */
void linkage_account_row_update (LinkageAccountRow *self,
                                 LinkageAccountEntry *entry,
                                 guint position,
                                 gboolean is_current,
                                 gboolean is_shared);

G_END_DECLS
