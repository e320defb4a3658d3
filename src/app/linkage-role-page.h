/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* Admin Role Required. Needs nothing of the window. Properties: account (LinkageAccount, nullable) */
#define LINKAGE_TYPE_ROLE_PAGE (linkage_role_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRolePage, linkage_role_page, LINKAGE, ROLE_PAGE, GtkWidget)

void linkage_role_page_set_account (LinkageRolePage *self, LinkageAccount *account);

G_END_DECLS
