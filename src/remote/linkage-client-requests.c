/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include "linkage-mapping-connection.h"

static void
add_contact (JsonObject *body, LinkageOperation *operation)
{
  json_object_set_string_member (body, "contact-email", operation->contact_email);
  json_object_set_boolean_member (body, "confirmed", operation->confirmed);
}

static LinkageExchange *
create_connect (LinkageClient *self, LinkageOperation *operation)
{
  g_autofree char *address =
    linkage_client_build_address (self, "connections", operation->connection_id, "connect", NULL);

  return linkage_exchange_new ("PUT", address);
}

/* A row that began as a suggestion is asked again with one press, and has no contact. */
static LinkageExchange *
create_resend (LinkageClient *self, LinkageOperation *operation)
{
  g_autofree char *address =
    linkage_client_build_address (self, "connections", operation->connection_id, "resend", NULL);
  LinkageExchange *exchange = linkage_exchange_new ("PUT", address);

  if (operation->contact_email != NULL)
    {
      JsonObject *body = json_object_new ();

      add_contact (body, operation);
      linkage_exchange_take_body (exchange, body);
    }

  return exchange;
}

static LinkageExchange *
create_request (LinkageClient *self, LinkageOperation *operation)
{
  g_autofree char *address = linkage_client_build_address (self, "requests", NULL);
  LinkageExchange *exchange = linkage_exchange_new ("POST", address);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "customer-id", operation->customer_id);
  add_contact (body, operation);
  linkage_exchange_take_body (exchange, body);

  return exchange;
}

static LinkageExchange *
create_exchange (LinkageClient *self, LinkageOperation *operation)
{
  switch (operation->kind)
    {
    case LINKAGE_OPERATION_CONNECT:
      return create_connect (self, operation);
    case LINKAGE_OPERATION_RESEND:
      return create_resend (self, operation);
    case LINKAGE_OPERATION_REQUEST:
      return create_request (self, operation);
    default:
      g_assert_not_reached ();
    }
}

/**
 * linkage_client_send_async:
 * @self: a client
 * @operation: what the person asked for: connect or resend with the row's id, or request with contact
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sends a row of the outbox under its key, which makes it safe to send again after whatever happened.
 */
void
linkage_client_send_async (LinkageClient *self,
                           LinkageOperation *operation,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (operation != NULL && operation->key != NULL);
  g_return_if_fail (operation->kind == LINKAGE_OPERATION_REQUEST ? operation->contact_email != NULL
                                                                 : operation->connection_id != NULL);

  exchange = create_exchange (self, operation);
  linkage_exchange_set_key (exchange, operation->key);
  linkage_exchange_set_challenge_session (exchange, operation->challenge_session);
  linkage_exchange_set_reader (exchange, "written", linkage_mapping_read_written, (GDestroyNotify)linkage_written_free);
  linkage_client_start (self, exchange, linkage_client_send_async, cancellable, callback, user_data);
}

/**
 * linkage_client_send_finish:
 * @self: a client
 * @result: what the callback got
 * @account: (out) (transfer full) (optional): the account after the write
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, whose problem may carry the row as it is now; or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_send_async().
 *
 * Returns: (transfer full) (nullable): the row after the write
 */
LinkageConnection *
linkage_client_send_finish (LinkageClient *self, GAsyncResult *result, LinkageAccountInfo **account, GError **error)
{
  g_autoptr (LinkageWritten) written = linkage_client_finish_value (self, result, linkage_client_send_async, error);

  if (written == NULL || !linkage_client_check_account (self, written->account, error))
    return NULL;
  if (account != NULL)
    *account = g_steal_pointer (&written->account);

  return g_steal_pointer (&written->connection);
}
