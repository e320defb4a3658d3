/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-copy.h"
#include "linkage-row-change.h"
#include "linkage-store-backup.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* A store whose rows are what a person brought, from a portal without an interface: nobody can give them again, so
 * there are backups beside the file, FILE.backup-1 (the newest) to FILE.backup-5. Everything on the main thread; writes
 * are durable when their callback runs. */

/* To be ended with linkage_store_open_finish(). */
void linkage_store_open_companion_async (const char *path,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* (transfer none) (nullable): the backup that took the place of a damaged file when this one was opened; its path is
 * empty where there was none. What is newer than it is missing. */
LinkageStoreBackup *linkage_store_get_restored (LinkageStore *self);

/* All rows that are shown, read in a thread. */
void linkage_store_read_all_async (LinkageStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) (element-type LinkageConnection) (nullable) */
GPtrArray *linkage_store_read_all_finish (LinkageStore *self, GAsyncResult *result, GError **error);

/* headings: (nullable) (element-type utf8 utf8): those that were mapped by hand, folded, to the names of fields. */
void linkage_store_apply_copy_async (LinkageStore *self,
                                     LinkageCopy *copy,
                                     GHashTable *headings,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void linkage_store_undo_copy_async (LinkageStore *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* What a person did by hand. entries: (nullable): for LINKAGE_ROW_CHANGE_ENTRIES. */
void linkage_store_edit_async (LinkageStore *self,
                               const char *connection_id,
                               LinkageRowChange *change,
                               GPtrArray *entries,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void linkage_store_add_to_ask_async (LinkageStore *self,
                                     const char *const *names,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void linkage_store_remove_to_ask_async (LinkageStore *self,
                                        const char *const *names,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void linkage_store_restore_async (LinkageStore *self,
                                  const char *backup,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Ends any of the writes above. */
gboolean linkage_store_companion_finish (LinkageStore *self, GAsyncResult *result, GError **error);

/* copy: (out) (transfer full) (nullable): null: nothing was brought yet */
gboolean linkage_store_get_latest_copy (LinkageStore *self, LinkageCopy **copy, GError **error);
/* (transfer full) (element-type LinkageRowChange) (nullable): oldest first */
GPtrArray *linkage_store_list_changes (LinkageStore *self, const char *connection_id, GError **error);
/* (transfer full) (element-type utf8 utf8) (nullable): folded headings to the names of fields */
GHashTable *linkage_store_get_headings (LinkageStore *self, GError **error);
/* (transfer full) (array zero-terminated=1) (nullable) */
GStrv linkage_store_list_to_ask (LinkageStore *self, GError **error);
/* (transfer full) (element-type LinkageStoreBackup): newest first */
GPtrArray *linkage_store_list_backups (LinkageStore *self);

G_END_DECLS
