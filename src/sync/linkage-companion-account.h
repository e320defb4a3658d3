/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-entry-list.h"
#include "linkage-import-plan.h"
#include "linkage-import-read.h"
#include "linkage-name-list.h"
#include "linkage-name-match.h"
#include "linkage-row-change.h"
#include "linkage-store-backup.h"

G_BEGIN_DECLS

/* An account on a portal without an interface: its rows are what the person brings. An account that says
 * LINKAGE_ACCOUNT_FEATURES_IMPORT and _BY_HAND is one. It is always READY; updated-at is the date of the latest copy;
 * its info has the page where requests are made (info->page, nullable), the e-mail for invitations and the searches as
 * the person counted them. Rows' actions are computed by the domain: "send" is to open the page, then mark_sent.
 * linkage_account_submit_async(), refresh and search answer G_IO_ERROR_NOT_SUPPORTED.
 *
 * Everything on the main thread. Errors: LINKAGE_ACCOUNT_ERROR, reading and preview also LINKAGE_IMPORT_ERROR,
 * G_IO_ERROR_CANCELLED.
 *
 * Signal ::copies-changed () — a copy was applied or undone, or a backup restored. */
#define LINKAGE_TYPE_COMPANION_ACCOUNT (linkage_companion_account_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCompanionAccount, linkage_companion_account, LINKAGE, COMPANION_ACCOUNT, GObject)

/* folder: where store.sqlite is, or is made */
void linkage_companion_account_open_async (const char *id,
                                           const char *folder,
                                           const char *name,
                                           const char *page,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
LinkageAccount *linkage_companion_account_open_finish (GAsyncResult *result, GError **error);

/* Ends all that is only done or not: apply, undo, mark_sent, set_…, to-ask, restore. */
gboolean linkage_companion_account_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error);

/* 1. What was pasted, dropped or opened becomes a table, with what its columns seem to hold. A table with none of the
 * known headings comes with a mapping that is not usable: its columns are for the person to tell. hint: see
 * linkage_import_read_async(). */
void linkage_companion_account_read_async (LinkageCompanionAccount *self,
                                           GBytes *bytes,
                                           const char *hint,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/* (transfer full) (nullable); mapping: (out caller-allocates) */
LinkageImportTable *linkage_companion_account_read_finish (LinkageCompanionAccount *self,
                                                           GAsyncResult *result,
                                                           LinkageImportMapping *mapping,
                                                           GError **error);
/* 2. What importing it would do; again whenever the person corrects the mapping. Nothing is saved. */
void linkage_companion_account_preview_async (LinkageCompanionAccount *self,
                                              LinkageImportTable *table,
                                              const LinkageImportMapping *mapping,
                                              gint64 copied_at,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
LinkageImportPlan *
linkage_companion_account_preview_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error);
/* 3. Saves it in one transaction, after a backup, and remembers the headings. mark_missing: "This is the whole table".
 * LINKAGE_ACCOUNT_ERROR_TOO_LATE: rows were changed since the preview; make it again. */
void linkage_companion_account_apply_async (LinkageCompanionAccount *self,
                                            LinkageImportPlan *plan,
                                            gboolean mark_missing,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* Takes the latest copy back. What was done by hand since stays. */
void linkage_companion_account_undo_import_async (LinkageCompanionAccount *self,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);
/* (transfer full) (nullable): null: nothing was imported yet */
LinkageCopy *linkage_companion_account_get_latest_copy (LinkageCompanionAccount *self);
/* (transfer full) (element-type LinkageRowChange) (nullable): a row's history, oldest first */
GPtrArray *
linkage_companion_account_list_changes (LinkageCompanionAccount *self, const char *connection_id, GError **error);

/* By hand. */
/* "Done, mark as sent": contact_email: (nullable): a request from a suggestion has none */
void linkage_companion_account_mark_sent_async (LinkageCompanionAccount *self,
                                                const char *connection_id,
                                                const char *contact_email,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
void linkage_companion_account_set_requests_used_async (LinkageCompanionAccount *self,
                                                        const char *connection_id,
                                                        guint requests_used,
                                                        gboolean is_minimum,
                                                        GCancellable *cancellable,
                                                        GAsyncReadyCallback callback,
                                                        gpointer user_data);
/* The e-mail address of the latest request, which the table did not show. */
void linkage_companion_account_set_contact_async (LinkageCompanionAccount *self,
                                                  const char *connection_id,
                                                  const char *contact_email,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);
/* The customer list behind a name. entries: (element-type LinkageCustomerEntry) */
void linkage_companion_account_set_entries_async (LinkageCompanionAccount *self,
                                                  const char *connection_id,
                                                  GPtrArray *entries,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);
/* Searches that the person made on the portal's page, 0 to 5. */
void linkage_companion_account_set_searches_used_async (LinkageCompanionAccount *self,
                                                        guint searches_used,
                                                        GCancellable *cancellable,
                                                        GAsyncReadyCallback callback,
                                                        gpointer user_data);
/* page: (nullable): an https address, else LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS; invitation_email: (nullable) */
void linkage_companion_account_set_details_async (LinkageCompanionAccount *self,
                                                  const char *name,
                                                  const char *page,
                                                  const char *invitation_email,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);

/* Check a List… names: (array zero-terminated=1) */
void linkage_companion_account_check_list_async (LinkageCompanionAccount *self,
                                                 const char *const *names,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
/* (transfer full) (element-type LinkageNameMatch): one for each name */
GPtrArray *
linkage_companion_account_check_list_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error);
/* The local list To Ask. (transfer full) (array zero-terminated=1) (nullable): names, in the order they came */
GStrv linkage_companion_account_list_to_ask (LinkageCompanionAccount *self, GError **error);
void linkage_companion_account_add_to_ask_async (LinkageCompanionAccount *self,
                                                 const char *const *names,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
void linkage_companion_account_remove_to_ask_async (LinkageCompanionAccount *self,
                                                    const char *const *names,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);

/* Backups, newest first. (transfer full) (element-type LinkageStoreBackup) */
GPtrArray *linkage_companion_account_list_backups (LinkageCompanionAccount *self);
/* What is there now becomes a backup first. */
void linkage_companion_account_restore_async (LinkageCompanionAccount *self,
                                              const char *backup,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
/* (transfer full) (nullable): when it was opened the file was damaged, and this backup took its place: what came after
 * it is missing. A backup with an empty path: there was none that could be read. */
LinkageStoreBackup *linkage_companion_account_get_restored (LinkageCompanionAccount *self);

G_END_DECLS
