/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-connection.h"

G_DEFINE_BOXED_TYPE (LinkageConnection, linkage_connection, linkage_connection_ref, linkage_connection_unref)

static void
clear (LinkageConnection *connection)
{
  g_free (connection->id);
  linkage_customer_unref (connection->customer);
  g_free (connection->status_label);
  g_ptr_array_unref (connection->attempts);
}

/**
 * linkage_connection_new:
 * @id: the row's id on the portal
 * @customer: the customer; a reference is taken
 *
 * Makes a row for the caller to fill in before it is shared: a bare suggestion on which nothing may be done.
 *
 * Returns: (transfer full): a new connection
 */
LinkageConnection *
linkage_connection_new (const char *id, LinkageCustomer *customer)
{
  LinkageConnection *connection = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (customer != NULL, NULL);

  connection = g_atomic_rc_box_new0 (LinkageConnection);
  connection->id = g_strdup (id);
  connection->customer = linkage_customer_ref (customer);
  connection->origin = LINKAGE_ORIGIN_SUGGESTION;
  connection->status = LINKAGE_STATUS_SUGGESTED;
  connection->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_attempt_unref);

  return connection;
}

/**
 * linkage_connection_copy:
 * @connection: a connection
 *
 * Makes a row like another for the caller to change before it is shared. Customer and attempts are the same ones: they
 * are replaced, not changed.
 *
 * Returns: (transfer full): a new connection
 */
LinkageConnection *
linkage_connection_copy (const LinkageConnection *connection)
{
  LinkageConnection *copy = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  copy = linkage_connection_new (connection->id, connection->customer);
  copy->revision = connection->revision;
  copy->origin = connection->origin;
  copy->status = connection->status;
  copy->status_label = g_strdup (connection->status_label);
  copy->requests_used = connection->requests_used;
  copy->was_rejected = connection->was_rejected;
  copy->actions = connection->actions;
  copy->seen_at = connection->seen_at;
  copy->is_missing = connection->is_missing;
  copy->requests_used_is_minimum = connection->requests_used_is_minimum;
  for (guint i = 0; i < connection->attempts->len; i++)
    g_ptr_array_add (copy->attempts, linkage_attempt_ref (g_ptr_array_index (connection->attempts, i)));

  return copy;
}

/**
 * linkage_connection_ref:
 * @connection: a connection
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @connection
 */
LinkageConnection *
linkage_connection_ref (LinkageConnection *connection)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return g_atomic_rc_box_acquire (connection);
}

/**
 * linkage_connection_unref:
 * @connection: (transfer full): a connection
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_connection_unref (LinkageConnection *connection)
{
  g_return_if_fail (connection != NULL);

  g_atomic_rc_box_release_full (connection, (GDestroyNotify)clear);
}

/**
 * linkage_connection_get_latest_attempt:
 * @connection: a connection
 *
 * The attempt whose e-mail and date the row shows.
 *
 * Returns: (transfer none) (nullable): the latest attempt; %NULL for a bare suggestion
 */
LinkageAttempt *
linkage_connection_get_latest_attempt (const LinkageConnection *connection)
{
  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->attempts->len == 0)
    return NULL;

  return g_ptr_array_index (connection->attempts, connection->attempts->len - 1);
}

/**
 * linkage_connection_is_system_initiated:
 * @connection: a connection
 *
 * Whether the row's e-mail is `[system initiated]`: its latest request came from a suggestion, so nobody gave an
 * address. A bare suggestion has no request: its e-mail and date are empty.
 *
 * Returns: whether the latest request was made without an address
 */
gboolean
linkage_connection_is_system_initiated (const LinkageConnection *connection)
{
  LinkageAttempt *latest = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  latest = linkage_connection_get_latest_attempt (connection);
  return latest != NULL && latest->contact_email == NULL;
}
