/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account.h"

/**
 * linkage_account_sandbox_advance_async:
 * @self: an account
 * @seconds: how far
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Moves the sandbox's clock forward. Only with %LINKAGE_ACCOUNT_FEATURES_SANDBOX.
 */
void
linkage_account_sandbox_advance_async (LinkageAccount *self,
                                       gint64 seconds,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_advance_async (self, seconds, cancellable, callback, user_data);
}

/**
 * linkage_account_sandbox_advance_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_sandbox_advance_async() began.
 *
 * Returns: %TRUE when the clock was moved; %FALSE with @error set
 */
gboolean
linkage_account_sandbox_advance_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_advance_finish (self, result, error);
}

/**
 * linkage_account_sandbox_reset_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Sets the sandbox's made-up data up anew. Only with %LINKAGE_ACCOUNT_FEATURES_SANDBOX.
 */
void
linkage_account_sandbox_reset_async (LinkageAccount *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_reset_async (self, cancellable, callback, user_data);
}

/**
 * linkage_account_sandbox_reset_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_sandbox_reset_async() began.
 *
 * Returns: %TRUE when it was reset; %FALSE with @error set
 */
gboolean
linkage_account_sandbox_reset_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_reset_finish (self, result, error);
}

/**
 * linkage_account_sandbox_customer_link_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks for a one-time link to the page where one plays the customer. Only with %LINKAGE_ACCOUNT_FEATURES_SANDBOX.
 */
void
linkage_account_sandbox_customer_link_async (LinkageAccount *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_customer_link_async (self, cancellable, callback, user_data);
}

/**
 * linkage_account_sandbox_customer_link_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_sandbox_customer_link_async() began.
 *
 * Returns: (transfer full) (nullable): the link; %NULL with @error set
 */
char *
linkage_account_sandbox_customer_link_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->sandbox_customer_link_finish (self, result, error);
}
