/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-changes.h"
#include "linkage-operation.h"
#include "linkage-removed-connection.h"
#include "linkage-search.h"
#include "linkage-store-error.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_STORE (linkage_store_get_type ())
G_DECLARE_FINAL_TYPE (LinkageStore, linkage_store, LINKAGE, STORE, GObject)

/* One account's cache and outbox in one SQLite file. Every function is called on the main thread; writes are done in
 * order by the store's own thread, reads that return at once use the main thread's read-only connection.
 *
 * Signals, all emitted on the main thread after the transaction has been committed:
 *  ::rows-changed (GVariant "a(xb)": row id, whether it is gone) — connections whose values, place or outbox state
 * changed
 *  ::account-changed () — account info, quotas, state, total
 *  ::outbox-changed ()
 */
void linkage_store_open_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
LinkageStore *linkage_store_open_finish (GAsyncResult *result, GError **error);
void linkage_store_close_async (LinkageStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_store_close_finish (LinkageStore *self, GAsyncResult *result, GError **error);
const char *linkage_store_get_sqlite_version (void);
const char *linkage_store_get_path (LinkageStore *self);
/* (nullable): where a corrupt file was set aside when this one was opened */
const char *linkage_store_get_set_aside (LinkageStore *self);

/* What the portal said. Each page, its state and its account block in one transaction. */
void linkage_store_apply_changes_async (LinkageStore *self,
                                        LinkageChanges *changes,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean linkage_store_apply_changes_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* The state was refused (410): read all again; rows stay until the last page, then what was not seen again goes. */
void linkage_store_begin_reread_async (LinkageStore *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean linkage_store_begin_reread_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* The account is part of another one now; its info says so until a page of changes comes. */
void linkage_store_set_merged_into_async (LinkageStore *self,
                                          LinkageAccountInfo *successor,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean linkage_store_set_merged_into_finish (LinkageStore *self, GAsyncResult *result, GError **error);

char *linkage_store_dup_state (LinkageStore *self);
/* (transfer full) (nullable): null before the portal's first answer */
LinkageAccountInfo *linkage_store_get_account_info (LinkageStore *self);
guint linkage_store_get_total (LinkageStore *self);         /* as the portal said */
gint64 linkage_store_get_updated_at (LinkageStore *self);   /* last complete read, Unix seconds; 0: never */
gint64 linkage_store_get_clock_offset (LinkageStore *self); /* portal's clock minus ours, seconds */
void linkage_store_set_clock_offset (LinkageStore *self, gint64 seconds);
/* (transfer full) */
LinkageConnection *linkage_store_get_connection (LinkageStore *self, const char *id, GError **error);
LinkageConnection *
linkage_store_get_connection_of_customer (LinkageStore *self, const char *customer_id, GError **error);
gint64 linkage_store_get_row_id (LinkageStore *self, const char *id); /* 0: no such row */
LinkageConnection *linkage_store_get_connection_by_row (LinkageStore *self, gint64 row_id, GError **error);

/* Rows that are no more and that had any attempt. (transfer full) (element-type LinkageRemovedConnection): those that
 * went last first; total: (out) (optional) */
void linkage_store_list_removed_async (LinkageStore *self,
                                       guint offset,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *linkage_store_list_removed_finish (LinkageStore *self, GAsyncResult *result, guint *total, GError **error);

/* The outbox. enqueue is durable when its callback runs. */
void linkage_store_enqueue_async (LinkageStore *self,
                                  LinkageOperation *operation,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean linkage_store_enqueue_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* Takes a waiting operation out again; LINKAGE_STORE_ERROR_TOO_LATE when it was sent. */
void linkage_store_undo_async (LinkageStore *self,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean linkage_store_undo_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* Brings forward to now when an operation is due, and touches nothing else of it. */
void linkage_store_hasten_async (LinkageStore *self,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean linkage_store_hasten_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* An operation's new state (sending, verification needed, refused): the stored row with this key becomes what the
 * argument says. */
void linkage_store_update_operation_async (LinkageStore *self,
                                           LinkageOperation *operation,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean linkage_store_update_operation_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* The portal's answer: the row is written and the operation leaves, in one transaction. connection: (nullable);
 * account: (nullable). key: (nullable): only write the row. */
void linkage_store_complete_async (LinkageStore *self,
                                   const char *key,
                                   LinkageConnection *connection,
                                   LinkageAccountInfo *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linkage_store_complete_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* (transfer container) (element-type LinkageOperation): oldest first */
GPtrArray *linkage_store_list_operations (LinkageStore *self, GError **error);

/* Searches: key and name are durable before they are sent, so that a crash never spends two. */
void linkage_store_begin_search_async (LinkageStore *self,
                                       const char *key,
                                       const char *name,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean linkage_store_begin_search_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* search: (nullable): null forgets the key (a refusal) */
void linkage_store_end_search_async (LinkageStore *self,
                                     const char *key,
                                     LinkageSearch *search,
                                     LinkageAccountInfo *account,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean linkage_store_end_search_finish (LinkageStore *self, GAsyncResult *result, GError **error);
/* The id of an answered search of the same folded name, whose results the portal gives again for nothing. (nullable) */
char *linkage_store_find_search (LinkageStore *self, const char *name, GError **error);
/* The key of a search that was sent and not answered. (nullable); like: (nullable): of this folded name, else of any;
 * name: (out) (nullable) */
char *linkage_store_find_unanswered_search (LinkageStore *self, const char *like, char **name, GError **error);

G_END_DECLS
