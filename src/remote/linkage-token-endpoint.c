/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-token-endpoint.h"

#include "linkage-exchange.h"
#include "linkage-reply-error.h"
#include "linkage-sign-in-error.h"

/* RFC 6749, 5.2; any thread. */
static GError *
read_refusal (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autofree char *word = NULL;
  g_autoptr (GError) error = NULL;

  if ((status != SOUP_STATUS_BAD_REQUEST && status != SOUP_STATUS_UNAUTHORIZED) ||
      g_strcmp0 (type, "application/json") != 0)
    return linkage_reply_error_from_reply (status, headers, body);

  word = linkage_json_reader_parse (body, "refusal", linkage_mapping_read_sign_in_refusal, &error);

  return word != NULL ? linkage_sign_in_error_from_word (word) : g_steal_pointer (&error);
}

static LinkageExchange *
new_exchange (const char *address, char *form)
{
  LinkageExchange *exchange = linkage_exchange_new ("POST", address);

  linkage_exchange_take_form (exchange, form);
  linkage_exchange_set_refusal (exchange, read_refusal);

  return exchange;
}

static void
ask_for_credentials (SoupSession *session, const char *address, char *form, GTask *task)
{
  LinkageExchange *exchange = new_exchange (address, form);

  linkage_exchange_set_reader (exchange, "tokens", linkage_mapping_read_credentials,
                               (GDestroyNotify)linkage_credentials_free);
  linkage_exchange_start (exchange, session, task);
}

/**
 * linkage_token_endpoint_redeem_async:
 * @session: a session
 * @metadata: where to ask
 * @client_id: what the program calls itself
 * @code: the code, and what proves that it is ours
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Changes a code into credentials (RFC 6749, 4.1.3; RFC 7636, 4.5).
 */
void
linkage_token_endpoint_redeem_async (SoupSession *session,
                                     const LinkageSignInMetadata *metadata,
                                     const char *client_id,
                                     const LinkageTokenCode *code,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (metadata != NULL && client_id != NULL && code != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_token_endpoint_redeem_async);
  ask_for_credentials (session, metadata->token_endpoint,
                       soup_form_encode ("grant_type", "authorization_code", "client_id", client_id, "code", code->code,
                                         "redirect_uri", code->redirect_uri, "code_verifier", code->verifier, NULL),
                       task);
}

static LinkageCredentials *
finish_credentials (GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_token_endpoint_redeem_finish:
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR, EXPIRED where the code is not good; or
 *   %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_token_endpoint_redeem_async().
 *
 * Returns: (transfer full) (nullable): the credentials
 */
LinkageCredentials *
linkage_token_endpoint_redeem_finish (GAsyncResult *result, GError **error)
{
  return finish_credentials (result, linkage_token_endpoint_redeem_async, error);
}

/**
 * linkage_token_endpoint_refresh_async:
 * @session: a session
 * @metadata: where to ask
 * @client_id: what the program calls itself
 * @refresh_token: the refresh token
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Changes a refresh token into new credentials (RFC 6749, 6).
 */
void
linkage_token_endpoint_refresh_async (SoupSession *session,
                                      const LinkageSignInMetadata *metadata,
                                      const char *client_id,
                                      const char *refresh_token,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (metadata != NULL && client_id != NULL && refresh_token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_token_endpoint_refresh_async);
  g_object_set_data_full (G_OBJECT (task), "refresh-token", g_strdup (refresh_token), g_free);
  ask_for_credentials (
    session, metadata->token_endpoint,
    soup_form_encode ("grant_type", "refresh_token", "client_id", client_id, "refresh_token", refresh_token, NULL),
    task);
}

/**
 * linkage_token_endpoint_refresh_finish:
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR, EXPIRED where the person has to sign in again; or
 *   %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED, after which the refresh token is still good
 *
 * Ends linkage_token_endpoint_refresh_async().
 *
 * Returns: (transfer full) (nullable): the credentials; the refresh token is the one of before where no other came
 */
LinkageCredentials *
linkage_token_endpoint_refresh_finish (GAsyncResult *result, GError **error)
{
  LinkageCredentials *credentials = finish_credentials (result, linkage_token_endpoint_refresh_async, error);

  if (credentials != NULL && credentials->refresh_token == NULL)
    credentials->refresh_token = g_strdup (g_object_get_data (G_OBJECT (result), "refresh-token"));

  return credentials;
}

/**
 * linkage_token_endpoint_revoke_async:
 * @session: a session
 * @metadata: where to ask; it has a revocation endpoint
 * @client_id: what the program calls itself
 * @token: a refresh or an access token
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Signs out (RFC 7009).
 */
void
linkage_token_endpoint_revoke_async (SoupSession *session,
                                     const LinkageSignInMetadata *metadata,
                                     const char *client_id,
                                     const char *token,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (metadata != NULL && metadata->revocation_endpoint != NULL);
  g_return_if_fail (client_id != NULL && token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_token_endpoint_revoke_async);
  linkage_exchange_start (
    new_exchange (metadata->revocation_endpoint, soup_form_encode ("token", token, "client_id", client_id, NULL)),
    session, task);
}

/**
 * linkage_token_endpoint_revoke_finish:
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR, %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_token_endpoint_revoke_async().
 *
 * Returns: whether the token is not good any more
 */
gboolean
linkage_token_endpoint_revoke_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_token_endpoint_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
