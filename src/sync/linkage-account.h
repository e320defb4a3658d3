/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-account-info.h"
#include "linkage-connection-list.h"
#include "linkage-operation.h"
#include "linkage-removed-connection.h"
#include "linkage-search.h"
#include "linkage-verification.h"

G_BEGIN_DECLS

/* What an account can do; the window asks this and never which kind of account it is. */
typedef enum
{
  LINKAGE_ACCOUNT_FEATURES_NONE = 0,
  LINKAGE_ACCOUNT_FEATURES_REFRESH = 1 << 0,
  LINKAGE_ACCOUNT_FEATURES_SEARCH = 1 << 1,
  LINKAGE_ACCOUNT_FEATURES_SANDBOX = 1 << 2, /* advance, reset, customer link, leave */
  LINKAGE_ACCOUNT_FEATURES_IMPORT = 1 << 3,  /* rows are what a person brings: see linkage-companion-account.h */
  LINKAGE_ACCOUNT_FEATURES_BY_HAND = 1 << 4, /* the person sends on the portal's page and says that it is done */
  LINKAGE_ACCOUNT_FEATURES_KEPT = 1 << 5,    /* it outlives the program, until the person deletes it */
  LINKAGE_ACCOUNT_FEATURES_SIGN_IN = 1 << 6, /* somebody has to be signed in to it */
  LINKAGE_ACCOUNT_FEATURES_MERGE = 1 << 7,   /* it can become one with another: see linkage-merges.h */
} LinkageAccountFeatures;

typedef enum
{
  LINKAGE_ACCOUNT_STATE_STARTING,
  LINKAGE_ACCOUNT_STATE_READY,
  LINKAGE_ACCOUNT_STATE_OFFLINE,     /* this machine has no network */
  LINKAGE_ACCOUNT_STATE_UNREACHABLE, /* the portal does not answer, or answers wrongly: see last-error */
  LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED,
  LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED,
  LINKAGE_ACCOUNT_STATE_REMOVED, /* merged into another */
} LinkageAccountState;

#define LINKAGE_TYPE_ACCOUNT (linkage_account_get_type ())
G_DECLARE_INTERFACE (LinkageAccount, linkage_account, LINKAGE, ACCOUNT, GObject)

/* Properties: info (LinkageAccountInfo, nullable), state, state-since (Unix seconds), last-error (GError, nullable),
 * busy (a refresh is under way), updated-at (Unix seconds; 0: never), has-content (the first read is complete or the
 * cache had rows).
 * Signals: ::operation-refused (LinkageOperation) — the portal refused for good, the person has not seen it yet. */
struct _LinkageAccountInterface
{
  GTypeInterface parent;

  const char *(*get_id) (LinkageAccount *self);
  const char *(*get_folder) (LinkageAccount *self);
  LinkageAccountFeatures (*get_features) (LinkageAccount *self);
  LinkageConnectionList *(*create_list) (LinkageAccount *self);
  gint64 (*get_now) (LinkageAccount *self);
  const GError *(*get_last_error) (LinkageAccount *self);
  LinkageConnection *(*get_connection) (LinkageAccount *self, const char *connection_id, GError **error);
  LinkageConnection *(*get_connection_of_customer) (LinkageAccount *self, const char *customer_id, GError **error);
  GPtrArray *(*list_operations) (LinkageAccount *self, GError **error);

  void (*submit_async) (LinkageAccount *self,
                        LinkageOperation *operation,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  LinkageOperation *(*submit_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*undo_async) (LinkageAccount *self,
                      const char *key,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*undo_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*send_now) (LinkageAccount *self, const char *key);

  void (*refresh_async) (LinkageAccount *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*refresh_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*abandon) (LinkageAccount *self);
  void (*close_async) (LinkageAccount *self, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*close_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);

  char *(*find_search) (LinkageAccount *self, const char *name);
  void (*search_async) (LinkageAccount *self,
                        const char *name,
                        gboolean again,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  LinkageSearch *(*search_finish) (LinkageAccount *self, GAsyncResult *result, gboolean *counted, GError **error);
  void (*read_search_async) (LinkageAccount *self,
                             const char *search_id,
                             guint offset,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  LinkageSearch *(*read_search_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*verify_async) (LinkageAccount *self,
                        LinkageActions action,
                        const char *customer_id,
                        LinkageVerification *verification,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  char *(*verify_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*find_provider_async) (LinkageAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  char *(*find_provider_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);

  void (*list_removed_async) (LinkageAccount *self,
                              guint offset,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
  GPtrArray *(*list_removed_finish) (LinkageAccount *self, GAsyncResult *result, guint *total, GError **error);

  void (*sandbox_advance_async) (LinkageAccount *self,
                                 gint64 seconds,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
  gboolean (*sandbox_advance_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*sandbox_reset_async) (LinkageAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  gboolean (*sandbox_reset_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
  void (*sandbox_customer_link_async) (LinkageAccount *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
  char *(*sandbox_customer_link_finish) (LinkageAccount *self, GAsyncResult *result, GError **error);
};

const char *linkage_account_get_id (LinkageAccount *self);
const char *linkage_account_get_folder (LinkageAccount *self);       /* where all that is kept of it is */
LinkageAccountInfo *linkage_account_get_info (LinkageAccount *self); /* (transfer full) (nullable) */
LinkageAccountState linkage_account_get_state (LinkageAccount *self);
gint64 linkage_account_get_state_since (LinkageAccount *self);
const GError *linkage_account_get_last_error (LinkageAccount *self); /* (nullable), until the main loop turns */
gboolean linkage_account_get_busy (LinkageAccount *self);
gboolean linkage_account_get_has_content (LinkageAccount *self);
gint64 linkage_account_get_updated_at (LinkageAccount *self);
LinkageAccountFeatures linkage_account_get_features (LinkageAccount *self);
/* (transfer full): a list model over the account's rows, with its own sort and filter */
LinkageConnectionList *linkage_account_create_list (LinkageAccount *self);
/* Unix seconds by the portal's clock */
gint64 linkage_account_get_now (LinkageAccount *self);
LinkageConnection *linkage_account_get_connection (LinkageAccount *self, const char *connection_id, GError **error);
LinkageConnection *
linkage_account_get_connection_of_customer (LinkageAccount *self, const char *customer_id, GError **error);
GPtrArray *linkage_account_list_operations (LinkageAccount *self, GError **error);

/* Puts it durably in the outbox: key, created-at (by the portal's clock) and not-before (by this machine's: now + 10 s
 * for connect and a one-press resend, now for what had its own form) are set by the account. Sends it when due.
 * linkage_account_undo_async takes the key that submit's operation got: the operation passed in is left as it is, the
 * finish returns the stored one. */
void linkage_account_submit_async (LinkageAccount *self,
                                   LinkageOperation *operation,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LinkageOperation *linkage_account_submit_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
void linkage_account_undo_async (LinkageAccount *self,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean linkage_account_undo_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
/* The toast with Undo was dismissed: no more waiting. */
void linkage_account_send_now (LinkageAccount *self, const char *key);

/* Pushes, then pulls; asked for during a refresh it runs once more. */
void linkage_account_refresh_async (LinkageAccount *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linkage_account_refresh_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
/* To be closed and deleted next: nothing is sent any more. */
void linkage_account_abandon (LinkageAccount *self);
/* Stops, sends what is due (30 s at most), closes the store. */
void linkage_account_close_async (LinkageAccount *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_account_close_finish (LinkageAccount *self, GAsyncResult *result, GError **error);

/* The id of an earlier search of the same folded name, which can be read for nothing. (transfer full) (nullable) */
char *linkage_account_find_search (LinkageAccount *self, const char *name);
/* Searches the portal. Unless again, an earlier search of the same folded name is read anew for nothing and counted is
 * FALSE; an unanswered one of that name is replayed under its own key. The account's info says what is left. */
void linkage_account_search_async (LinkageAccount *self,
                                   const char *name,
                                   gboolean again,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LinkageSearch *
linkage_account_search_finish (LinkageAccount *self, GAsyncResult *result, gboolean *counted, GError **error);
void linkage_account_read_search_async (LinkageAccount *self,
                                        const char *search_id,
                                        guint offset,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LinkageSearch *linkage_account_read_search_finish (LinkageAccount *self, GAsyncResult *result, GError **error);

/* A human verification for one action; returns the passed session's id for LinkageOperation.challenge_session.
 * verification: (nullable): its page, where there is one, is for the caller to open; null: no browser can be opened */
void linkage_account_verify_async (LinkageAccount *self,
                                   LinkageActions action,
                                   const char *customer_id,
                                   LinkageVerification *verification,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *linkage_account_verify_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
/* What verifies people there, as data/openapi.yaml names it. (transfer full) (nullable) */
void linkage_account_find_provider_async (LinkageAccount *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
char *linkage_account_find_provider_finish (LinkageAccount *self, GAsyncResult *result, GError **error);

/* Rows that the portal took away and that had any attempt, as they were last known. (transfer container) (element-type
 * LinkageRemovedConnection): those that went last first. limit: 1 … LINKAGE_ACCOUNT_MAX_REMOVED; total: (out)
 * (optional): how many there are. They may be others after notify::updated-at. */
#define LINKAGE_ACCOUNT_MAX_REMOVED 1000
void linkage_account_list_removed_async (LinkageAccount *self,
                                         guint offset,
                                         guint limit,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *
linkage_account_list_removed_finish (LinkageAccount *self, GAsyncResult *result, guint *total, GError **error);

/* Only with LINKAGE_ACCOUNT_FEATURES_SANDBOX. */
void linkage_account_sandbox_advance_async (LinkageAccount *self,
                                            gint64 seconds,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean linkage_account_sandbox_advance_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
void linkage_account_sandbox_reset_async (LinkageAccount *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean linkage_account_sandbox_reset_finish (LinkageAccount *self, GAsyncResult *result, GError **error);
/* A one-time link to the page where one plays the customer. (transfer full) */
void linkage_account_sandbox_customer_link_async (LinkageAccount *self,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data);
char *linkage_account_sandbox_customer_link_finish (LinkageAccount *self, GAsyncResult *result, GError **error);

G_END_DECLS
