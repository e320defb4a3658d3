/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-manager.h"

G_BEGIN_DECLS

/* Makes a companion account with a row of each kind, out of two copies of a table, and waits until it is there. The
 * second one says that Contoso has approved. */
void by_hand_account_make (LinkageAccountManager *manager, const char *page);

G_END_DECLS
