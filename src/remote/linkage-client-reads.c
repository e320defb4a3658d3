/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include "linkage-mapping-account.h"
#include "linkage-mapping-changes.h"
#include "linkage-mapping-connection.h"

#define MAX_LIMIT 500

/**
 * linkage_client_list_accounts_async:
 * @self: a client
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks which accounts the token's user has. Main thread, as all of the client.
 */
void
linkage_client_list_accounts_async (LinkageClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));

  address = linkage_client_build_accounts_address (self);
  exchange = linkage_exchange_new ("GET", address);
  linkage_exchange_set_reader (exchange, "accounts", linkage_mapping_read_accounts, (GDestroyNotify)g_ptr_array_unref);
  linkage_client_start (self, exchange, linkage_client_list_accounts_async, cancellable, callback, user_data);
}

/**
 * linkage_client_list_accounts_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_list_accounts_async().
 *
 * Returns: (transfer full) (nullable) (element-type LinkageAccountInfo): the accounts
 */
GPtrArray *
linkage_client_list_accounts_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_list_accounts_async, error);
}

/**
 * linkage_client_get_changes_async:
 * @self: a client
 * @since: (nullable): the state to read from, or %NULL for the beginning
 * @limit: how many rows at most, 1 to 500
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads one page of what changed.
 */
void
linkage_client_get_changes_async (LinkageClient *self,
                                  const char *since,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *base = NULL;
  g_autoptr (GString) address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (limit >= 1 && limit <= MAX_LIMIT);

  base = linkage_client_build_address (self, "changes", NULL);
  address = g_string_new (base);
  g_string_append_printf (address, "?limit=%u", limit);
  if (since != NULL)
    {
      g_string_append (address, "&since=");
      g_string_append_uri_escaped (address, since, NULL, FALSE);
    }

  exchange = linkage_exchange_new ("GET", address->str);
  linkage_exchange_set_reader (exchange, "changes", linkage_mapping_read_changes,
                               (GDestroyNotify)linkage_changes_unref);
  linkage_client_start (self, exchange, linkage_client_get_changes_async, cancellable, callback, user_data);
}

/**
 * linkage_client_get_changes_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_STATE_UNUSABLE where all
 *   must be read again; or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_get_changes_async().
 *
 * Returns: (transfer full) (nullable): the page
 */
LinkageChanges *
linkage_client_get_changes_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (LinkageChanges) changes =
    linkage_client_finish_value (self, result, linkage_client_get_changes_async, error);

  if (changes == NULL || !linkage_client_check_account (self, changes->account, error))
    return NULL;

  return g_steal_pointer (&changes);
}

/**
 * linkage_client_get_connection_async:
 * @self: a client
 * @connection_id: a row's id
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads one row as it is now.
 */
void
linkage_client_get_connection_async (LinkageClient *self,
                                     const char *connection_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (connection_id != NULL);

  address = linkage_client_build_address (self, "connections", connection_id, NULL);
  exchange = linkage_exchange_new ("GET", address);
  linkage_exchange_set_reader (exchange, "connection", linkage_mapping_read_connection,
                               (GDestroyNotify)linkage_connection_unref);
  linkage_client_start (self, exchange, linkage_client_get_connection_async, cancellable, callback, user_data);
}

/**
 * linkage_client_get_connection_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_get_connection_async().
 *
 * Returns: (transfer full) (nullable): the row
 */
LinkageConnection *
linkage_client_get_connection_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_get_connection_async, error);
}
