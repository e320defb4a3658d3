/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include <string.h>

struct _LinkageClient
{
  GObject parent_instance;

  SoupSession *session;       /* (owned) */
  char *api;                  /* (owned) */
  char *account_id;           /* (owned) */
  char *token;                /* (owned) (nullable) */
  LinkageTokenSource *source; /* (owned) (nullable): where there is one, @token is not used */
  gboolean has_clock;
  gint64 clock_offset; /* seconds */
};

G_DEFINE_FINAL_TYPE (LinkageClient, linkage_client, G_TYPE_OBJECT)

static void
linkage_client_finalize (GObject *object)
{
  LinkageClient *self = LINKAGE_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->source);
  g_free (self->api);
  g_free (self->account_id);
  g_free (self->token);

  G_OBJECT_CLASS (linkage_client_parent_class)->finalize (object);
}

static void
linkage_client_class_init (LinkageClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linkage_client_finalize;
}

static void
linkage_client_init (LinkageClient *self)
{
}

/**
 * linkage_client_new:
 * @session: (nullable): the session to send with, or %NULL for one as linkage_client_create_session() makes it
 * @api: the interface's base address, as a discovery gave it
 * @account_id: (nullable): the account that is spoken for, or %NULL to list accounts only
 * @token: (nullable): an access token
 *
 * Makes a client. Nothing is sent yet.
 *
 * Returns: (transfer full): a new client
 */
LinkageClient *
linkage_client_new (SoupSession *session, const char *api, const char *account_id, const char *token)
{
  LinkageClient *self;

  g_return_val_if_fail (session == NULL || SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (api != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_CLIENT, NULL);
  self->session = session != NULL ? g_object_ref (session) : linkage_client_create_session ();
  self->api = g_str_has_suffix (api, "/") ? g_strndup (api, strlen (api) - 1) : g_strdup (api);
  self->account_id = g_strdup (account_id != NULL ? account_id : "");
  self->token = g_strdup (token);

  return self;
}

/**
 * linkage_client_get_account_id:
 * @self: a client
 *
 * Gives the portal's id of the account that is spoken for.
 *
 * Returns: (transfer none): the id; empty where there is none
 */
const char *
linkage_client_get_account_id (LinkageClient *self)
{
  g_return_val_if_fail (LINKAGE_IS_CLIENT (self), NULL);

  return self->account_id;
}

/**
 * linkage_client_set_token:
 * @self: a client
 * @token: (nullable): an access token
 *
 * Changes the token of the calls that begin from now on.
 */
void
linkage_client_set_token (LinkageClient *self, const char *token)
{
  g_autofree char *copy = g_strdup (token);

  g_return_if_fail (LINKAGE_IS_CLIENT (self));

  g_free (self->token);
  self->token = g_steal_pointer (&copy);
}

/**
 * linkage_client_set_token_source:
 * @self: a client
 * @source: (nullable): where the calls that begin from now on get their token, in place of the client's own
 *
 * Has a token that runs out be changed into another while calls go on.
 */
void
linkage_client_set_token_source (LinkageClient *self, LinkageTokenSource *source)
{
  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (source == NULL || LINKAGE_IS_TOKEN_SOURCE (source));

  g_set_object (&self->source, source);
}

/**
 * linkage_client_get_clock_offset:
 * @self: a client
 * @has: (out) (optional): whether a reply has told the time yet
 *
 * Gives how far the portal's clock is ahead of ours, by the `Date` of the last reply that was finished.
 *
 * Returns: seconds to add to our clock; 0 where the difference is no more than one second
 */
gint64
linkage_client_get_clock_offset (LinkageClient *self, gboolean *has)
{
  g_return_val_if_fail (LINKAGE_IS_CLIENT (self), 0);

  if (has != NULL)
    *has = self->has_clock;

  return self->clock_offset;
}

static void
append_segment (GString *address, const char *segment)
{
  g_string_append_c (address, '/');
  g_string_append_uri_escaped (address, segment, NULL, FALSE);
}

/**
 * linkage_client_build_address:
 * @self: a client
 * @segment: the first segment of the path below the account
 * @...: the others, %NULL at the end
 *
 * Builds the address of something of the account; ids are escaped.
 *
 * Returns: (transfer full): the address
 */
char *
linkage_client_build_address (LinkageClient *self, const char *segment, ...)
{
  GString *address = g_string_new (self->api);
  va_list segments;

  append_segment (address, "accounts");
  append_segment (address, self->account_id);
  va_start (segments, segment);
  for (const char *next = segment; next != NULL; next = va_arg (segments, const char *))
    append_segment (address, next);
  va_end (segments);

  return g_string_free (address, FALSE);
}

/**
 * linkage_client_build_accounts_address:
 * @self: a client
 *
 * Builds the address of the list of accounts.
 *
 * Returns: (transfer full): the address
 */
char *
linkage_client_build_accounts_address (LinkageClient *self)
{
  return g_strconcat (self->api, "/accounts", NULL);
}

/**
 * linkage_client_build_root_address:
 * @self: a client
 * @path: an absolute path
 *
 * Builds the address of a path on the portal's host, outside of the interface.
 *
 * Returns: (transfer full): the address
 */
char *
linkage_client_build_root_address (LinkageClient *self, const char *path)
{
  char *address = g_uri_resolve_relative (self->api, path, SOUP_HTTP_URI_FLAGS, NULL);

  /* What is no address is refused when the exchange is started. */
  return address != NULL ? address : g_strdup (path);
}

/**
 * linkage_client_start:
 * @self: a client
 * @exchange: (transfer full): the call
 * @source_tag: the asynchronous function
 * @cancellable: (nullable): cancels it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Makes a call with the client's token.
 */
void
linkage_client_start (LinkageClient *self,
                      LinkageExchange *exchange,
                      gpointer source_tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (self->source != NULL)
    linkage_exchange_set_token_source (exchange, self->source);
  else
    linkage_exchange_set_token (exchange, self->token);
  linkage_exchange_start (exchange, self->session, task);
}

static void
note_clock (LinkageClient *self, GTask *task)
{
  gint64 offset;

  if (!linkage_exchange_get_clock_offset (g_task_get_task_data (task), &offset))
    return;

  self->has_clock = TRUE;
  self->clock_offset = offset;
}

/**
 * linkage_client_finish_value:
 * @self: a client
 * @result: what the callback got
 * @source_tag: the asynchronous function
 * @error: return location for an error
 *
 * Ends a call that gives a value, and keeps what its reply said of the portal's clock.
 *
 * Returns: (transfer full) (nullable): the value
 */
gpointer
linkage_client_finish_value (LinkageClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  note_clock (self, G_TASK (result));

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_client_finish_done:
 * @self: a client
 * @result: what the callback got
 * @source_tag: the asynchronous function
 * @error: return location for an error
 *
 * Ends a call that gives no value, and keeps what its reply said of the portal's clock.
 *
 * Returns: whether it succeeded
 */
gboolean
linkage_client_finish_done (LinkageClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), FALSE);

  note_clock (self, G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_client_check_account:
 * @self: a client
 * @account: what a reply says of an account
 * @error: return location for an error
 *
 * Checks that a reply speaks of the account that was asked for: another's rows and quotas must never stand among ours.
 *
 * Returns: whether it does; else %LINKAGE_REMOTE_ERROR_INVALID_REPLY is set
 */
gboolean
linkage_client_check_account (LinkageClient *self, const LinkageAccountInfo *account, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  if (g_str_equal (account->id, self->account_id))
    return TRUE;

  g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                       "The reply is about another account");
  return FALSE;
}
