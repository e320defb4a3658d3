/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-private.h"

#include "linkage-mapping-page.h"

static LinkageExchange *
create_sandbox_call (LinkageClient *self, const char *path)
{
  g_autofree char *address = linkage_client_build_root_address (self, path);

  return linkage_exchange_new ("POST", address);
}

/**
 * linkage_client_sandbox_advance_async:
 * @self: a client of a portal whose discovery says that it is a sandbox
 * @seconds: how far its clock goes forward, not negative
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Moves the portal's clock forward.
 */
void
linkage_client_sandbox_advance_async (LinkageClient *self,
                                      gint64 seconds,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (seconds >= 0);

  exchange = create_sandbox_call (self, "/sandbox/clock");
  body = json_object_new ();
  json_object_set_int_member (body, "advance-seconds", seconds);
  linkage_exchange_take_body (exchange, body);
  linkage_client_start (self, exchange, linkage_client_sandbox_advance_async, cancellable, callback, user_data);
}

/**
 * linkage_client_sandbox_advance_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_sandbox_advance_async().
 *
 * Returns: whether the clock was moved
 */
gboolean
linkage_client_sandbox_advance_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_done (self, result, linkage_client_sandbox_advance_async, error);
}

/**
 * linkage_client_sandbox_reset_async:
 * @self: a client of a portal whose discovery says that it is a sandbox
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lays the sample data anew, in a new epoch.
 */
void
linkage_client_sandbox_reset_async (LinkageClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_CLIENT (self));

  linkage_client_start (self, create_sandbox_call (self, "/sandbox/reset"), linkage_client_sandbox_reset_async,
                        cancellable, callback, user_data);
}

/**
 * linkage_client_sandbox_reset_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_sandbox_reset_async().
 *
 * Returns: whether the data was laid anew
 */
gboolean
linkage_client_sandbox_reset_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_done (self, result, linkage_client_sandbox_reset_async, error);
}

/**
 * linkage_client_sandbox_customer_link_async:
 * @self: a client of a portal whose discovery says that it is a sandbox
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks for a link that opens the customers' pages once.
 */
void
linkage_client_sandbox_customer_link_async (LinkageClient *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));

  exchange = create_sandbox_call (self, "/sandbox/customer-link");
  linkage_exchange_set_reader (exchange, "customer-link", linkage_mapping_read_link, g_free);
  linkage_client_start (self, exchange, linkage_client_sandbox_customer_link_async, cancellable, callback, user_data);
}

/**
 * linkage_client_sandbox_customer_link_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_sandbox_customer_link_async().
 *
 * Returns: (transfer full) (nullable): the link
 */
char *
linkage_client_sandbox_customer_link_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_sandbox_customer_link_async, error);
}
