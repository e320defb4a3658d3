/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

/* A small portal: the accounts "a" and "b", the admin "ada" of both, and customers "c0" … "c19". */
#define PORTAL_SAMPLE_CUSTOMERS 20
#define PORTAL_SAMPLE_DAY (24 * 60 * 60)

PortalStore *portal_sample_open (const char *path);
void portal_sample_close (PortalStore *store);
PortalUser *portal_sample_get_admin (void);
void portal_sample_add_row (PortalStore *store, const char *account_id, guint customer);
void portal_sample_remove_row (PortalStore *store, const char *account_id, guint customer);
char *portal_sample_get_row_id (const char *account_id, guint customer);
void portal_sample_send (PortalStore *store, const char *row_id);
void portal_sample_advance_clock (PortalStore *store, gint64 seconds);
gint64 portal_sample_read_int (PortalStore *store, const char *sql);

/* Runs an expression in a transaction of its own, and expects it to succeed. */
#define PORTAL_SAMPLE_RUN(store, expression)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GError) error = NULL;                                                                                   \
    g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, &error);                              \
    g_assert_no_error (error);                                                                                         \
    g_assert_true (expression);                                                                                        \
    g_assert_no_error (error);                                                                                         \
    portal_transaction_commit (transaction, &error);                                                                   \
    g_assert_no_error (error);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
