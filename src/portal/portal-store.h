/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"
#include "linkage-statement.h"

G_BEGIN_DECLS

#define PORTAL_STORE_APPLICATION_ID 0x4c6b5074

/* The portal's database: its epoch, its clock, its counter of changes and its transactions. Main thread only. */
#define PORTAL_TYPE_STORE (portal_store_get_type ())
G_DECLARE_FINAL_TYPE (PortalStore, portal_store, PORTAL, STORE, GObject)

PortalStore *portal_store_open (const char *path, GError **error);
gboolean portal_store_close (PortalStore *self, GError **error);
const char *portal_store_get_path (PortalStore *self);
LinkageDatabase *portal_store_get_database (PortalStore *self);
const char *portal_store_get_epoch (PortalStore *self);
GBytes *portal_store_get_secret (PortalStore *self);

gint64 portal_store_get_now (PortalStore *self);
gboolean portal_store_set_clock_offset (PortalStore *self, gint64 offset, GError **error);
gint64 portal_store_get_clock_offset (PortalStore *self);

gboolean portal_store_set_address (PortalStore *self, const char *address, GError **error);
char *portal_store_read_address (PortalStore *self, GError **error);

gboolean portal_store_renew_epoch (PortalStore *self, GError **error);
gboolean portal_store_advance (PortalStore *self, const char *account_id, gint64 *position, GError **error);
gboolean portal_store_find_row (LinkageStatement *statement, const char *missing, GError **error);
gboolean portal_store_read_foreign_changes (PortalStore *self, GError **error);

/* The scope guard of a transaction: it rolls back what was not committed. */
typedef PortalStore PortalTransaction;

PortalTransaction *portal_transaction_begin (PortalStore *store, GError **error);
void portal_transaction_note_change (PortalTransaction *transaction);
gboolean portal_transaction_commit (PortalTransaction *transaction, GError **error);
void portal_transaction_end (PortalTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalTransaction, portal_transaction_end)

G_END_DECLS
