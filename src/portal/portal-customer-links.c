/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-customer-links.h"

#include "portal-secret.h"

/**
 * portal_customer_links_create:
 * @store: a store in a transaction
 * @address: where the portal is reached, with scheme and port and no slash at the end
 * @customer_id: (nullable): whose requests it opens; %NULL for those of all customers
 * @error: return location for an error of LINKAGE_DATABASE_ERROR; CONSTRAINT where there is no such customer
 *
 * Makes a link that opens the customers' pages once, within a day. Only its token's hash is kept.
 *
 * Returns: (transfer full) (nullable): the link, NULL on error
 */
char *
portal_customer_links_create (PortalStore *store, const char *address, const char *customer_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *token = portal_secret_new_token ();
  g_autofree char *hash = portal_secret_hash (token);

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO customer_links (hash, customer_id, expires_at) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, customer_id);
  linkage_statement_bind_int (statement, 2, portal_store_get_now (store) + PORTAL_CUSTOMER_LINKS_LIFETIME);
  if (!linkage_statement_run (statement, error))
    return NULL;

  return g_strconcat (address, PORTAL_CUSTOMER_LINKS_PATH "?token=", token, NULL);
}

/**
 * portal_customer_links_use:
 * @store: a store outside a transaction
 * @token: what a browser shows
 * @is_valid: (out): whether a link with it was waiting, and not for too long
 * @customer_id: (out) (nullable): whose requests it opens; %NULL for those of all customers
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Uses a link up, so that it works once.
 *
 * Returns: %FALSE on error
 */
gboolean
portal_customer_links_use (PortalStore *store,
                           const char *token,
                           gboolean *is_valid,
                           char **customer_id,
                           GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL && is_valid != NULL && customer_id != NULL, FALSE);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL || !portal_customer_links_purge (store, error))
    return FALSE;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "DELETE FROM customer_links WHERE hash = ? RETURNING customer_id", error);
  if (statement == NULL)
    return FALSE;
  hash = portal_secret_hash (token);
  linkage_statement_bind_text (statement, 0, hash);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ERROR)
    return FALSE;
  *is_valid = step == LINKAGE_STEP_ROW;
  *customer_id = *is_valid ? g_strdup (linkage_statement_get_text (statement, 0)) : NULL;
  linkage_statement_reset (statement);

  return portal_transaction_commit (transaction, error);
}

/**
 * portal_customer_links_purge:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Forgets the links that ran out.
 *
 * Returns: whether it was written
 */
gboolean
portal_customer_links_purge (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "DELETE FROM customer_links WHERE expires_at <= ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store));

  return linkage_statement_run (statement, error);
}
