/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"

G_BEGIN_DECLS

#define FIXTURE_ACCOUNT "lindqvist"
#define FIXTURE_OTHER_ACCOUNT "lindqvist-hydraulics" /* of the one whom the sandbox calls other-admin */

LinkageAccount *fixture_account_open (const char *folder, const char *api, const char *token);
LinkageAccount *
fixture_account_open_as (const char *folder, const char *api, const char *token, const char *account_id);
void fixture_account_close (LinkageAccount *account);
void fixture_account_wait_state (LinkageAccount *account, LinkageAccountState state);

/* The row of a customer, and whether it is as a test expects. */
LinkageConnection *fixture_account_find (LinkageAccount *account, const char *customer_id);
void fixture_account_wait_status (LinkageAccount *account, const char *customer_id, LinkageStatus status);
void fixture_account_wait_empty_outbox (LinkageAccount *account);
guint fixture_account_count_operations (LinkageAccount *account);
LinkageOperation *fixture_account_get_operation (LinkageAccount *account);

LinkageOperation *fixture_account_submit (LinkageAccount *account, LinkageOperation *operation);
LinkageOperation *fixture_account_press (LinkageAccount *account, LinkageOperationKind kind, const char *customer_id);
gboolean fixture_account_undo (LinkageAccount *account, const char *key, GError **error);
gboolean fixture_account_refresh (LinkageAccount *account, GError **error);
/* What its table shows, a line for each row, sorted. */
char *fixture_account_describe_rows (LinkageAccount *account);

G_END_DECLS
