/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-database-thread.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* What LinkageConnectionList needs of a store. All on the main thread.
 *
 * Of the schema its queries know: the table connection (row_id INTEGER PRIMARY KEY AUTOINCREMENT, never used again for
 * another connection; removed, 0 or 1; filter_text, made by linkage_text_fold_filter(); sort_customer, sort_actions,
 * sort_status, sort_email, sort_date, sort_comments) with one index per sort_* column, (removed, sort_*). */

/* The thread with a read-only connection in which orders are computed; it ends with the store. */
LinkageDatabaseThread *linkage_store_get_reader (LinkageStore *self);

/* One row as it is now. connection and operation: (transfer none); operation: (nullable) */
typedef void (*LinkageStoreRowFunc) (gint64 row_id,
                                     LinkageConnection *connection,
                                     LinkageOperation *operation,
                                     gpointer user_data);

/* What ::rows-changed tells of a row, as GVariant lays out a (xb). */
typedef struct
{
  gint64 row_id;
  guint8 is_gone;
  guint8 padding[7];
} LinkageChangedRow;

/* Reads rows by their ids through the main thread's read-only connection, marked ones too; func is not called for an id
 * that there is none of. FALSE with error in LINKAGE_STORE_ERROR. */
gboolean linkage_store_read_rows (LinkageStore *self,
                                  const gint64 *row_ids,
                                  guint n_rows,
                                  LinkageStoreRowFunc func,
                                  gpointer user_data,
                                  GError **error);

/* A removed row is only marked (::rows-changed says that it is gone), so that a list that still shows it can read it.
 * Deletes those of the rows that are still marked: to be called when a list has shown that they are gone. What nobody
 * purged goes when the store is opened next. */
void linkage_store_purge (LinkageStore *self, const gint64 *row_ids, guint n_rows);

/* What follows is for the store's own files. */

/* What a write brings about, told on the main thread once it was committed. */
typedef struct
{
  GHashTable *rows; /* (owned): (owned) gint64, a row id → whether the row is gone */
  gboolean account_changed;
  gboolean outbox_changed;
} LinkageStoreEffects;

void linkage_store_effects_add_row (LinkageStoreEffects *effects, gint64 row_id, gboolean gone);

/* Runs in the writer thread, in a transaction. data: the task's */
typedef gboolean (*LinkageStoreWriteFunc) (LinkageDatabase *database,
                                           gpointer data,
                                           LinkageStoreEffects *effects,
                                           GError **error);

void
linkage_store_write (LinkageStore *self, LinkageDatabaseDurability durability, GTask *task, LinkageStoreWriteFunc func);
/* Like linkage_store_write(), but without a transaction around it. */
void linkage_store_work (LinkageStore *self, GTask *task, LinkageStoreWriteFunc func);
void linkage_store_make_backup_async (LinkageStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean linkage_store_make_backup_finish (LinkageStore *self, GAsyncResult *result, GError **error);
LinkageDatabase *linkage_store_get_database (LinkageStore *self, GError **error);
gint64 linkage_store_get_now (void);
void linkage_store_error_translate (GError **error);
void linkage_store_error_set_from_errno (GError **error, const char *path, int saved_errno);
void linkage_store_fail (LinkageStore *self, GError **error);

G_END_DECLS
