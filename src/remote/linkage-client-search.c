/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include "linkage-mapping-search.h"

#define MAX_LIMIT 50

/**
 * linkage_client_create_search_async:
 * @self: a client
 * @key: the idempotency key: a search counts once for each
 * @name: the customer's name as it was typed, not empty
 * @cancellable: (nullable): cancels the wait; the search may have been counted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Makes a search, which is counted.
 */
void
linkage_client_create_search_async (LinkageClient *self,
                                    const char *key,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (name != NULL);

  address = linkage_client_build_address (self, "searches", NULL);
  exchange = linkage_exchange_new ("POST", address);
  body = json_object_new ();
  json_object_set_string_member (body, "name", name);
  linkage_exchange_take_body (exchange, body);
  linkage_exchange_set_key (exchange, key);
  linkage_exchange_set_reader (exchange, "search-created", linkage_mapping_read_search_created,
                               (GDestroyNotify)linkage_search_created_free);
  linkage_client_start (self, exchange, linkage_client_create_search_async, cancellable, callback, user_data);
}

/**
 * linkage_client_create_search_finish:
 * @self: a client
 * @result: what the callback got
 * @account: (out) (transfer full) (optional): the account with what is left
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_REFUSED where no search is
 *   left; or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_create_search_async().
 *
 * Returns: (transfer full) (nullable): the search with its first page
 */
LinkageSearch *
linkage_client_create_search_finish (LinkageClient *self,
                                     GAsyncResult *result,
                                     LinkageAccountInfo **account,
                                     GError **error)
{
  g_autoptr (LinkageSearchCreated) created =
    linkage_client_finish_value (self, result, linkage_client_create_search_async, error);

  if (created == NULL || !linkage_client_check_account (self, created->account, error))
    return NULL;
  if (account != NULL)
    *account = g_steal_pointer (&created->account);

  return g_steal_pointer (&created->search);
}

/**
 * linkage_client_get_search_async:
 * @self: a client
 * @search_id: a search that was made
 * @offset: the first result
 * @limit: how many results at most, 1 to 50
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a page of a search with the customers' states of now, which is free.
 */
void
linkage_client_get_search_async (LinkageClient *self,
                                 const char *search_id,
                                 guint offset,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *base = NULL;
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (search_id != NULL);
  g_return_if_fail (limit >= 1 && limit <= MAX_LIMIT);

  base = linkage_client_build_address (self, "searches", search_id, NULL);
  address = g_strdup_printf ("%s?offset=%u&limit=%u", base, offset, limit);
  exchange = linkage_exchange_new ("GET", address);
  linkage_exchange_set_reader (exchange, "search", linkage_mapping_read_search, (GDestroyNotify)linkage_search_unref);
  linkage_client_start (self, exchange, linkage_client_get_search_async, cancellable, callback, user_data);
}

/**
 * linkage_client_get_search_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_get_search_async().
 *
 * Returns: (transfer full) (nullable): the search with that page
 */
LinkageSearch *
linkage_client_get_search_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_get_search_async, error);
}
