/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-verification-tokens.h"

#include "portal-secret.h"

#define KEPT (24 * 60 * 60) /* seconds; no provider lets a token live longer than five minutes */

/**
 * portal_verification_tokens_take:
 * @store: a store outside a transaction
 * @token: what a widget gave
 * @is_new: (out): whether nobody has shown it before
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Remembers a token before its provider is asked, so that of two who show it at once only one is heard.
 *
 * Returns: %FALSE on error
 */
gboolean
portal_verification_tokens_take (PortalStore *store, const char *token, gboolean *is_new, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL && is_new != NULL, FALSE);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return FALSE;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO verification_tokens (hash, shown_at) VALUES (?, ?) "
                                     "ON CONFLICT DO NOTHING RETURNING 1",
                                     error);
  if (statement == NULL)
    return FALSE;
  hash = portal_secret_hash (token);
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_int (statement, 1, portal_store_get_now (store));
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ERROR)
    return FALSE;
  *is_new = step == LINKAGE_STEP_ROW;
  linkage_statement_reset (statement);

  return portal_transaction_commit (transaction, error);
}

/**
 * portal_verification_tokens_purge:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Forgets the tokens that have run out long ago.
 *
 * Returns: whether it was written
 */
gboolean
portal_verification_tokens_purge (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "DELETE FROM verification_tokens WHERE shown_at <= ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store) - KEPT);

  return linkage_statement_run (statement, error);
}
