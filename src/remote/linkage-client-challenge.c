/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include "linkage-mapping-challenge.h"

static void
expect_challenge (LinkageExchange *exchange)
{
  linkage_exchange_set_reader (exchange, "challenge", linkage_mapping_read_challenge,
                               (GDestroyNotify)linkage_challenge_unref);
}

/**
 * linkage_client_create_challenge_async:
 * @self: a client
 * @action: %LINKAGE_ACTIONS_REQUEST or %LINKAGE_ACTIONS_RESEND
 * @customer_id: whom the action is for
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for a human verification that is bound to one action for one customer.
 */
void
linkage_client_create_challenge_async (LinkageClient *self,
                                       LinkageActions action,
                                       const char *customer_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (action == LINKAGE_ACTIONS_REQUEST || action == LINKAGE_ACTIONS_RESEND);
  g_return_if_fail (customer_id != NULL);

  address = linkage_client_build_address (self, "challenges", NULL);
  exchange = linkage_exchange_new ("POST", address);
  body = json_object_new ();
  json_object_set_string_member (body, "action", linkage_action_to_string (action));
  json_object_set_string_member (body, "customer-id", customer_id);
  linkage_exchange_take_body (exchange, body);
  expect_challenge (exchange);
  linkage_client_start (self, exchange, linkage_client_create_challenge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_create_challenge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_create_challenge_async().
 *
 * Returns: (transfer full) (nullable): the challenge session
 */
LinkageChallenge *
linkage_client_create_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_create_challenge_async, error);
}

/**
 * linkage_client_get_challenge_async:
 * @self: a client
 * @challenge_id: a challenge session
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks how a challenge session stands, while a browser solves it.
 */
void
linkage_client_get_challenge_async (LinkageClient *self,
                                    const char *challenge_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (challenge_id != NULL);

  address = linkage_client_build_address (self, "challenges", challenge_id, NULL);
  exchange = linkage_exchange_new ("GET", address);
  expect_challenge (exchange);
  linkage_client_start (self, exchange, linkage_client_get_challenge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_get_challenge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_get_challenge_async().
 *
 * Returns: (transfer full) (nullable): the challenge session
 */
LinkageChallenge *
linkage_client_get_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_get_challenge_async, error);
}

/**
 * linkage_client_solve_challenge_async:
 * @self: a client
 * @challenge_id: a challenge session whose provider is a proof of work
 * @payload: the solution, as linkage_proof_of_work_solve() gives it
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sends the solution of a proof of work.
 */
void
linkage_client_solve_challenge_async (LinkageClient *self,
                                      const char *challenge_id,
                                      const char *payload,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (challenge_id != NULL);
  g_return_if_fail (payload != NULL);

  address = linkage_client_build_address (self, "challenges", challenge_id, "solution", NULL);
  exchange = linkage_exchange_new ("PUT", address);
  body = json_object_new ();
  json_object_set_string_member (body, "payload", payload);
  linkage_exchange_take_body (exchange, body);
  expect_challenge (exchange);
  linkage_client_start (self, exchange, linkage_client_solve_challenge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_solve_challenge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_CHALLENGE where the
 *   solution is wrong or too late; or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_solve_challenge_async().
 *
 * Returns: (transfer full) (nullable): the challenge session
 */
LinkageChallenge *
linkage_client_solve_challenge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_solve_challenge_async, error);
}
