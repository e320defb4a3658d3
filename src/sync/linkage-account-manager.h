/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-entry.h"
#include "linkage-browser-sign-in.h"
#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* The accounts of this machine: a folder each under the user's data directory, tokens in the Secret Service. All of
 * them are open as long as the program runs, each with its own store, outbox and sync.
 *
 * Properties: current (LinkageAccount, nullable), secrets-persistent (FALSE: no Secret Service, tokens are kept for
 * this run only).
 * Signals: ::accounts-changed: there are other accounts, or there is something else to say of one. */
#define LINKAGE_TYPE_ACCOUNT_MANAGER (linkage_account_manager_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountManager, linkage_account_manager, LINKAGE, ACCOUNT_MANAGER, GObject)

/* folder: the program's data directory */
LinkageAccountManager *linkage_account_manager_new (const char *folder);
LinkageAccount *linkage_account_manager_get_current (LinkageAccountManager *self); /* (transfer none) (nullable) */
LinkageAccountEntry *linkage_account_manager_get_current_entry (LinkageAccountManager *self); /* likewise */
GListModel *linkage_account_manager_get_accounts (LinkageAccountManager *self);               /* (transfer none) */
gboolean linkage_account_manager_get_secrets_persistent (LinkageAccountManager *self);
char *linkage_account_manager_get_debug_info (LinkageAccountManager *self); /* (transfer full) */

/* Opens the account that was used last, then all others in the background. Finish gives FALSE without an error when
 * there is none. */
void linkage_account_manager_load_async (LinkageAccountManager *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean linkage_account_manager_load_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Makes another account of the list current. */
void linkage_account_manager_switch_async (LinkageAccountManager *self,
                                           const char *id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean linkage_account_manager_switch_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Asks a portal whether a person signs in to it with the browser; address: (nullable): null: the current account's.
 * Finish gives NULL without an error where there are access tokens only. */
void linkage_account_manager_find_sign_in_async (LinkageAccountManager *self,
                                                 const char *address,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
LinkageBrowserSignIn *
linkage_account_manager_find_sign_in_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* As add_portal, with what the person brings from the browser. */
void linkage_account_manager_add_by_browser_async (LinkageAccountManager *self,
                                                   const char *address,
                                                   LinkageBrowserSignIn *browser,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);
gboolean
linkage_account_manager_add_by_browser_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Asks the portal at an address which accounts the token has, keeps the first with the Admin role (else the first),
 * stores the token and opens it. Errors: LINKAGE_REMOTE_ERROR as LINKAGE_ACCOUNT_ERROR. */
void linkage_account_manager_add_portal_async (LinkageAccountManager *self,
                                               const char *address,
                                               const char *token,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
gboolean linkage_account_manager_add_portal_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Makes an account for a portal without an interface and opens it; page: (nullable): where requests are made, https,
 * else LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS. One that was made with this name and page before is opened instead.
 * Current is then a LinkageCompanionAccount. */
void linkage_account_manager_add_companion_async (LinkageAccountManager *self,
                                                  const char *name,
                                                  const char *page,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);
gboolean
linkage_account_manager_add_companion_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* (transfer full): a name for one more account, which no other has or was made with */
char *linkage_account_manager_find_free_name (LinkageAccountManager *self, const char *name);

/* Starts the bundled portal with made-up data, signs in to it and makes it current. as_user: without the Admin role */
void linkage_account_manager_open_sandbox_async (LinkageAccountManager *self,
                                                 gboolean as_user,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
gboolean
linkage_account_manager_open_sandbox_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* A new token for the current account, after it said sign-in-needed. */
void linkage_account_manager_sign_in_async (LinkageAccountManager *self,
                                            const char *token,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean linkage_account_manager_sign_in_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* As sign_in, with what the person brings from the browser. */
void linkage_account_manager_sign_in_by_browser_async (LinkageAccountManager *self,
                                                       LinkageBrowserSignIn *browser,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data);
gboolean
linkage_account_manager_sign_in_by_browser_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Signs out of an open account on a portal. Finish gives FALSE without an error when the portal could not be told. */
void linkage_account_manager_sign_out_async (LinkageAccountManager *self,
                                             const char *id,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean linkage_account_manager_sign_out_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Closes all accounts, for the end of the program: sends what waits (30 s at most) and ends the sandbox. */
void
linkage_account_manager_close_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_account_manager_close_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Closes the current account (and ends the sandbox); what was there before, if anything, becomes current. */
void
linkage_account_manager_leave_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_account_manager_leave_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* Deletes all that is kept of the current entry, open or not, its token included; what waits is not sent. What was
 * there before, if anything, becomes current. An interrupted deletion is ended at the next start. */
void
linkage_account_manager_delete_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_account_manager_delete_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* As delete, but all that is kept of it but the token is moved to where no account is looked for. Finish gives the
 * folder that it is in now, (transfer full). */
void
linkage_account_manager_set_aside_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data);
char *linkage_account_manager_set_aside_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* What it would do to merge another companion account into the current one, which is one too: one page of the list. */
void linkage_account_manager_preview_companion_merge_async (LinkageAccountManager *self,
                                                            const char *from_id,
                                                            guint offset,
                                                            guint limit,
                                                            GCancellable *cancellable,
                                                            GAsyncReadyCallback callback,
                                                            gpointer user_data);
LinkageMergePreview *linkage_account_manager_preview_companion_merge_finish (LinkageAccountManager *self,
                                                                             GAsyncResult *result,
                                                                             GError **error);
/* Does it. state: of the preview; LINKAGE_ACCOUNT_ERROR_TOO_LATE: it would do something else by now, look again.
 * set_aside: (out) (optional) (nullable) (transfer full): where the data of the one that is no more is now. */
void linkage_account_manager_merge_companions_async (LinkageAccountManager *self,
                                                     const char *from_id,
                                                     const char *state,
                                                     GAsyncReadyCallback callback,
                                                     gpointer user_data);
gboolean linkage_account_manager_merge_companions_finish (LinkageAccountManager *self,
                                                          GAsyncResult *result,
                                                          char **set_aside,
                                                          GError **error);

/* TRUE for addresses of Coupa's own portals (coupahost.com, coupa.com and below): no request is made to find out. */
gboolean linkage_account_manager_is_coupa_address (const char *address);

G_END_DECLS
