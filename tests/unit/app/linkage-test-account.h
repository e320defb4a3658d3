/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_TEST_ACCOUNT (linkage_test_account_get_type ())
G_DECLARE_FINAL_TYPE (LinkageTestAccount, linkage_test_account, LINKAGE, TEST_ACCOUNT, GObject)

/* An account without store or portal: what it answers is put in beforehand, and it answers when it is told to. */
LinkageTestAccount *linkage_test_account_new (void);
void linkage_test_account_set_state (LinkageTestAccount *self, LinkageAccountState state);
void linkage_test_account_set_searches_used (LinkageTestAccount *self, guint used);
/* The row that linkage_account_get_connection() gives. */
void linkage_test_account_set_connection (LinkageTestAccount *self, LinkageConnection *connection);
/* What the next call of any kind answers, in place of its own: error: (transfer full) */
void linkage_test_account_fail_next (LinkageTestAccount *self, GError *error);
/* (nullable): the page on which people are verified; %NULL where it is by proof of work */
void linkage_test_account_set_page (LinkageTestAccount *self, const char *page);
/* How many customers a search finds. */
void linkage_test_account_set_total (LinkageTestAccount *self, guint total);
/* What becomes of what is sent: gone where NULL, else it stays in this state. */
void linkage_test_account_set_outcome (LinkageTestAccount *self, LinkageOperationState state, const char *refusal);
/* How many rows are no more. */
void linkage_test_account_set_n_removed (LinkageTestAccount *self, guint n_removed);
/* Whether calls wait until they are answered by hand. */
void linkage_test_account_hold (LinkageTestAccount *self, gboolean hold);
guint linkage_test_account_get_n_searches (LinkageTestAccount *self);
guint linkage_test_account_get_n_pages (LinkageTestAccount *self);
/* (transfer none) (nullable): what was submitted last */
LinkageOperation *linkage_test_account_get_submitted (LinkageTestAccount *self);

G_END_DECLS
