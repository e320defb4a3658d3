/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-manager.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ACCOUNT_SWITCHER (linkage_account_switcher_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountSwitcher, linkage_account_switcher, LINKAGE, ACCOUNT_SWITCHER, GtkBox)

/* All accounts, as part of a menu: the one that is shown is checked. */
GtkWidget *linkage_account_switcher_new (LinkageAccountManager *manager);

G_END_DECLS
