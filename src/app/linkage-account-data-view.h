/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* All that is kept about an account: a copy of it, and its end.
 *
 * Signals: ::exported (GFile) — the copy is whole; ::removal-chosen (LinkageAccountRemoval) — the person said that it
 * is to go. */
#define LINKAGE_TYPE_ACCOUNT_DATA_VIEW (linkage_account_data_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountDataView, linkage_account_data_view, LINKAGE, ACCOUNT_DATA_VIEW, GtkBox)

void linkage_account_data_view_set_account (LinkageAccountDataView *self, LinkageAccount *account);

G_END_DECLS
