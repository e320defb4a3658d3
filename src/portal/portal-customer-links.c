/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-customer-links.h"

#include "portal-secret.h"

/**
 * portal_customer_links_create:
 * @store: a store
 * @address: where the portal is reached
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Makes a link to the customers' pages that works once. The store keeps the hash of its secret only.
 *
 * Returns: (transfer full) (nullable): the link, NULL on error
 */
char *
portal_customer_links_create (PortalStore *store, const char *address, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *secret = portal_secret_new_token ();
  g_autofree char *hash = portal_secret_hash (secret);

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO customer_links (hash, expires_at) VALUES (?, ?)", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_int (statement, 1, portal_store_get_now (store) + PORTAL_CUSTOMER_LINKS_LIFETIME);
  if (!linkage_statement_run (statement, error))
    return NULL;

  return g_strconcat (address, PORTAL_CUSTOMER_LINKS_PATH "?link=", secret, NULL);
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

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "DELETE FROM customer_links WHERE expires_at <= ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store));

  return linkage_statement_run (statement, error);
}
