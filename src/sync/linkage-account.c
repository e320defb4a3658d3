/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account.h"

G_DEFINE_INTERFACE (LinkageAccount, linkage_account, G_TYPE_OBJECT)

static void
linkage_account_default_init (LinkageAccountInterface *iface)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  /**
   * LinkageAccount:info:
   *
   * What the portal says of the account and of its user, quotas included; %NULL before the first answer.
   */
  g_object_interface_install_property (iface,
                                       g_param_spec_boxed ("info", NULL, NULL, LINKAGE_TYPE_ACCOUNT_INFO, flags));
  /**
   * LinkageAccount:state:
   *
   * How the account stands, a #LinkageAccountState.
   */
  g_object_interface_install_property (iface, g_param_spec_uint ("state", NULL, NULL, LINKAGE_ACCOUNT_STATE_STARTING,
                                                                 LINKAGE_ACCOUNT_STATE_REMOVED, 0, flags));
  /**
   * LinkageAccount:state-since:
   *
   * When the state began, in Unix seconds by this machine's clock.
   */
  g_object_interface_install_property (iface, g_param_spec_int64 ("state-since", NULL, NULL, 0, G_MAXINT64, 0, flags));
  /**
   * LinkageAccount:last-error:
   *
   * Why the last refresh failed, of the domain %LINKAGE_ACCOUNT_ERROR; %NULL when it did not.
   */
  g_object_interface_install_property (iface, g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR, flags));
  /**
   * LinkageAccount:busy:
   *
   * Whether a refresh is under way.
   */
  g_object_interface_install_property (iface, g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags));
  /**
   * LinkageAccount:updated-at:
   *
   * When the last complete read ended, in Unix seconds by this machine's clock; 0: never.
   */
  g_object_interface_install_property (iface, g_param_spec_int64 ("updated-at", NULL, NULL, 0, G_MAXINT64, 0, flags));
  /**
   * LinkageAccount:has-content:
   *
   * Whether an empty table means that there is nothing: the first read is complete or the cache had rows.
   */
  g_object_interface_install_property (iface, g_param_spec_boolean ("has-content", NULL, NULL, FALSE, flags));

  /**
   * LinkageAccount::operation-refused:
   * @self: the account
   * @operation: what was refused, with its refusal
   *
   * The portal refused something for good. It stays in the outbox until linkage_account_undo_async() takes it out.
   */
  g_signal_new ("operation-refused", LINKAGE_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                LINKAGE_TYPE_OPERATION);
}

/**
 * linkage_account_get_id:
 * @self: an account
 *
 * Gets the account's local id, the same at every start.
 *
 * Returns: (transfer none): the id
 */
const char *
linkage_account_get_id (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_id (self);
}

/**
 * linkage_account_get_folder:
 * @self: an account
 *
 * Gets where all that is kept of an account is, but for its token.
 *
 * Returns: (transfer none): the folder
 */
const char *
linkage_account_get_folder (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_folder (self);
}

/**
 * linkage_account_get_info:
 * @self: an account
 *
 * Gets what the portal says of the account and of its user.
 *
 * Returns: (transfer full) (nullable): the info; %NULL before the first answer
 */
LinkageAccountInfo *
linkage_account_get_info (LinkageAccount *self)
{
  LinkageAccountInfo *value = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  g_object_get (self, "info", &value, NULL);

  return value;
}

/**
 * linkage_account_get_state:
 * @self: an account
 *
 * Gets how the account stands.
 *
 * Returns: the state
 */
LinkageAccountState
linkage_account_get_state (LinkageAccount *self)
{
  guint value = LINKAGE_ACCOUNT_STATE_STARTING;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), LINKAGE_ACCOUNT_STATE_STARTING);

  g_object_get (self, "state", &value, NULL);

  return value;
}

/**
 * linkage_account_get_state_since:
 * @self: an account
 *
 * Gets when the state began.
 *
 * Returns: Unix seconds by this machine's clock
 */
gint64
linkage_account_get_state_since (LinkageAccount *self)
{
  gint64 value = 0;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), 0);

  g_object_get (self, "state-since", &value, NULL);

  return value;
}

/**
 * linkage_account_get_last_error:
 * @self: an account
 *
 * Gets why the last refresh failed.
 *
 * Returns: (transfer none) (nullable): an error of the domain %LINKAGE_ACCOUNT_ERROR that lives until the main loop
 *   turns; %NULL when the last refresh did not fail
 */
const GError *
linkage_account_get_last_error (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_last_error (self);
}

/**
 * linkage_account_get_busy:
 * @self: an account
 *
 * Gets whether a refresh is under way.
 *
 * Returns: %TRUE while it is
 */
gboolean
linkage_account_get_busy (LinkageAccount *self)
{
  gboolean value = FALSE;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  g_object_get (self, "busy", &value, NULL);

  return value;
}

/**
 * linkage_account_get_has_content:
 * @self: an account
 *
 * Gets whether an empty table means that there is nothing.
 *
 * Returns: %TRUE when the first read is complete or the cache had rows
 */
gboolean
linkage_account_get_has_content (LinkageAccount *self)
{
  gboolean value = FALSE;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  g_object_get (self, "has-content", &value, NULL);

  return value;
}

/**
 * linkage_account_get_updated_at:
 * @self: an account
 *
 * Gets when the last complete read ended.
 *
 * Returns: Unix seconds by this machine's clock; 0: never
 */
gint64
linkage_account_get_updated_at (LinkageAccount *self)
{
  gint64 value = 0;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), 0);

  g_object_get (self, "updated-at", &value, NULL);

  return value;
}

/**
 * linkage_account_get_features:
 * @self: an account
 *
 * Gets what the account can do.
 *
 * Returns: the features
 */
LinkageAccountFeatures
linkage_account_get_features (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), LINKAGE_ACCOUNT_FEATURES_NONE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_features (self);
}

/**
 * linkage_account_create_list:
 * @self: an account
 *
 * Makes a list model over the account's rows, with its own sort and filter.
 *
 * Returns: (transfer full): the list
 */
LinkageConnectionList *
linkage_account_create_list (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->create_list (self);
}

/**
 * linkage_account_get_now:
 * @self: an account
 *
 * Gets the time by the portal's clock, by which days are counted.
 *
 * Returns: Unix seconds
 */
gint64
linkage_account_get_now (LinkageAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), 0);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_now (self);
}

/**
 * linkage_account_get_connection:
 * @self: an account
 * @connection_id: the row's id
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Reads one row from the cache.
 *
 * Returns: (transfer full) (nullable): the row; %NULL with @error set when there is none
 */
LinkageConnection *
linkage_account_get_connection (LinkageAccount *self, const char *connection_id, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (connection_id != NULL, NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_connection (self, connection_id, error);
}

/**
 * linkage_account_get_connection_of_customer:
 * @self: an account
 * @customer_id: the customer's id on the portal
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Reads the row of a customer from the cache, for what had no row when it was asked for.
 *
 * Returns: (transfer full) (nullable): the row; %NULL with @error set when there is none
 */
LinkageConnection *
linkage_account_get_connection_of_customer (LinkageAccount *self, const char *customer_id, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->get_connection_of_customer (self, customer_id, error);
}

/**
 * linkage_account_list_operations:
 * @self: an account
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Reads the outbox.
 *
 * Returns: (transfer container) (element-type LinkageOperation) (nullable): oldest first; %NULL with @error set
 */
GPtrArray *
linkage_account_list_operations (LinkageAccount *self, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->list_operations (self, error);
}

/**
 * linkage_account_submit_async:
 * @self: an account
 * @operation: what is asked for; it is left as it is
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Puts it durably in the outbox and sends it when due: after %LINKAGE_RULES_UNDO_SECONDS for one press, at once for
 * what had its own form. Key, created-at and not-before are set by the account. What was refused for the same customer,
 * or waits for a new verification, gives way to it.
 */
void
linkage_account_submit_async (LinkageAccount *self,
                              LinkageOperation *operation,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (operation != NULL);

  LINKAGE_ACCOUNT_GET_IFACE (self)->submit_async (self, operation, cancellable, callback, user_data);
}

/**
 * linkage_account_submit_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_submit_async() began.
 *
 * Returns: (transfer full) (nullable): the operation as it is stored, with its key; %NULL with @error set:
 *   %LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING when something for this customer is in the outbox, or one of the
 *   STORE codes
 */
LinkageOperation *
linkage_account_submit_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->submit_finish (self, result, error);
}

/**
 * linkage_account_undo_async:
 * @self: an account
 * @key: the operation's key
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Takes an operation out of the outbox: one that was not sent yet, one that waits for a new verification, or a refused
 * one, which the person has then seen.
 */
void
linkage_account_undo_async (LinkageAccount *self,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (key != NULL);

  LINKAGE_ACCOUNT_GET_IFACE (self)->undo_async (self, key, cancellable, callback, user_data);
}

/**
 * linkage_account_undo_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_undo_async() began.
 *
 * Returns: %TRUE when it is out; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_TOO_LATE when it was sent already, or
 * one of the STORE codes
 */
gboolean
linkage_account_undo_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->undo_finish (self, result, error);
}

/**
 * linkage_account_send_now:
 * @self: an account
 * @key: the operation's key
 *
 * Ends the time in which it can be undone: it is due now.
 */
void
linkage_account_send_now (LinkageAccount *self, const char *key)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (key != NULL);

  LINKAGE_ACCOUNT_GET_IFACE (self)->send_now (self, key);
}

/**
 * linkage_account_refresh_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Sends what is due, then reads what changed. Asked for during a refresh it runs once more.
 */
void
linkage_account_refresh_async (LinkageAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->refresh_async (self, cancellable, callback, user_data);
}

/**
 * linkage_account_refresh_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_refresh_async() began.
 *
 * Returns: %TRUE when all was read; %FALSE with @error set
 */
gboolean
linkage_account_refresh_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->refresh_finish (self, result, error);
}

/**
 * linkage_account_abandon:
 * @self: an account that is about to be closed and deleted
 *
 * Sends nothing any more, also not when it is closed, and leaves its files so that they can be overwritten. What is on
 * its way at this moment may arrive.
 */
void
linkage_account_abandon (LinkageAccount *self)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->abandon (self);
}

/**
 * linkage_account_close_async:
 * @self: an account
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Stops, sends what waits (30 s at most) and closes the store. Whoever waits for an answer that comes later gets
 * %G_IO_ERROR_CANCELLED.
 */
void
linkage_account_close_async (LinkageAccount *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->close_async (self, callback, user_data);
}

/**
 * linkage_account_close_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_close_async() began.
 *
 * Returns: %TRUE when the store is closed; %FALSE with @error set
 */
gboolean
linkage_account_close_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), FALSE);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->close_finish (self, result, error);
}
