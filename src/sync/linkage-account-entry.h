/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"

G_BEGIN_DECLS

/* An account as the manager lists it, whether it is open or not. Main thread.
 *
 * Signals: ::changed: what a list says of it is not what it said before. */
#define LINKAGE_TYPE_ACCOUNT_ENTRY (linkage_account_entry_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountEntry, linkage_account_entry, LINKAGE, ACCOUNT_ENTRY, GObject)

const char *linkage_account_entry_get_id (LinkageAccountEntry *self);
LinkageAccount *linkage_account_entry_get_account (LinkageAccountEntry *self); /* (transfer none) (nullable) */
const GError *linkage_account_entry_get_error (LinkageAccountEntry *self);     /* (nullable) */
gboolean linkage_account_entry_get_sandbox (LinkageAccountEntry *self);
char *linkage_account_entry_dup_name (LinkageAccountEntry *self); /* (transfer full) */
char *linkage_account_entry_dup_host (LinkageAccountEntry *self); /* (transfer full) (nullable) */
char *linkage_account_entry_dup_user (LinkageAccountEntry *self); /* (transfer full) (nullable) */
guint linkage_account_entry_count_waiting (LinkageAccountEntry *self);

G_END_DECLS
