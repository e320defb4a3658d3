/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-challenge.h"
#include "linkage-changes.h"
#include "linkage-operation.h"
#include "linkage-remote-error.h"
#include "linkage-search.h"
#include "linkage-token-source.h"

G_BEGIN_DECLS

/* What a portal says of itself. */
typedef struct
{
  char *name;               /* (owned) */
  char *api;                /* (owned): base address of the interface */
  char *issuer;             /* (owned): who signs people in */
  char *client_id;          /* (owned): what the program calls itself there */
  char *challenge_provider; /* (owned) (nullable): what verifies people; null where there are several */
  gboolean sandbox;
} LinkageDiscovery;

void linkage_discovery_free (LinkageDiscovery *discovery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageDiscovery, linkage_discovery_free)

/* One portal's HTTP interface as seen with one token: every reply becomes a checked, typed value or a
 * LINKAGE_REMOTE_ERROR. Main thread; large bodies are parsed in a thread of the pool. */
#define LINKAGE_TYPE_CLIENT (linkage_client_get_type ())
G_DECLARE_FINAL_TYPE (LinkageClient, linkage_client, LINKAGE, CLIENT, GObject)

SoupSession *linkage_client_create_session (void);
/* session: (nullable): an own one with the right limits is made */
LinkageClient *linkage_client_new (SoupSession *session, const char *api, const char *account_id, const char *token);
const char *linkage_client_get_account_id (LinkageClient *self);
void linkage_client_set_token (LinkageClient *self, const char *token);
void linkage_client_set_token_source (LinkageClient *self, LinkageTokenSource *source);
/* The portal's clock minus ours, seconds, from the last reply's Date; has: (out) FALSE before the first */
gint64 linkage_client_get_clock_offset (LinkageClient *self, gboolean *has);

/* address as typed: https, or plain http on loopback; anything else is LINKAGE_REMOTE_ERROR_INSECURE */
char *linkage_client_check_address (const char *address, GError **error);
void linkage_client_discover_async (SoupSession *session,
                                    const char *address,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
LinkageDiscovery *linkage_client_discover_finish (GAsyncResult *result, GError **error);

/* (element-type LinkageAccountInfo): the accounts that the token's user has */
void linkage_client_list_accounts_async (LinkageClient *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *linkage_client_list_accounts_finish (LinkageClient *self, GAsyncResult *result, GError **error);

/* since: (nullable); limit 1 … 500 */
void linkage_client_get_changes_async (LinkageClient *self,
                                       const char *since,
                                       guint limit,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
LinkageChanges *linkage_client_get_changes_finish (LinkageClient *self, GAsyncResult *result, GError **error);

void linkage_client_get_connection_async (LinkageClient *self,
                                          const char *connection_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LinkageConnection *linkage_client_get_connection_finish (LinkageClient *self, GAsyncResult *result, GError **error);

/* Sends connect, resend or request under the operation's key. account: (out) (transfer full) (optional) */
void linkage_client_send_async (LinkageClient *self,
                                LinkageOperation *operation,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LinkageConnection *
linkage_client_send_finish (LinkageClient *self, GAsyncResult *result, LinkageAccountInfo **account, GError **error);

/* Creates a search: counted, once per key. */
void linkage_client_create_search_async (LinkageClient *self,
                                         const char *key,
                                         const char *name,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LinkageSearch *linkage_client_create_search_finish (LinkageClient *self,
                                                    GAsyncResult *result,
                                                    LinkageAccountInfo **account,
                                                    GError **error);
/* Reads one page of a search: free. */
void linkage_client_get_search_async (LinkageClient *self,
                                      const char *search_id,
                                      guint offset,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
LinkageSearch *linkage_client_get_search_finish (LinkageClient *self, GAsyncResult *result, GError **error);

void linkage_client_create_challenge_async (LinkageClient *self,
                                            LinkageActions action,
                                            const char *customer_id,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
void linkage_client_get_challenge_async (LinkageClient *self,
                                         const char *challenge_id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void linkage_client_solve_challenge_async (LinkageClient *self,
                                           const char *challenge_id,
                                           const char *payload,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
LinkageChallenge *linkage_client_create_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error);
LinkageChallenge *linkage_client_get_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error);
LinkageChallenge *linkage_client_solve_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error);

/* The bundled portal's own doors, only where discovery says sandbox. seconds: how far the clock goes forward. */
void linkage_client_sandbox_advance_async (LinkageClient *self,
                                           gint64 seconds,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean linkage_client_sandbox_advance_finish (LinkageClient *self, GAsyncResult *result, GError **error);
void linkage_client_sandbox_reset_async (LinkageClient *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean linkage_client_sandbox_reset_finish (LinkageClient *self, GAsyncResult *result, GError **error);
/* A one-time link to the customer's pages. (transfer full) */
void linkage_client_sandbox_customer_link_async (LinkageClient *self,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
char *linkage_client_sandbox_customer_link_finish (LinkageClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
