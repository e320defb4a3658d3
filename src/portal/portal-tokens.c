/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-tokens.h"

#include "portal-error.h"
#include "portal-grants.h"
#include "portal-secret.h"

/**
 * portal_user_free:
 * @user: (transfer full): a user
 */
void
portal_user_free (PortalUser *user)
{
  g_free (user->id);
  g_free (user->name);
  g_free (user->email);
  g_free (user->token_hash);
  g_free (user);
}

/**
 * portal_tokens_create:
 * @store: a store
 * @user_id: whom it stands for
 * @origin: (nullable): of which sign-in it comes; NULL for one that is good for everything until it is revoked
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Makes a bearer token. The store keeps its hash only.
 *
 * Returns: (transfer full) (nullable): the token, NULL on error
 */
char *
portal_tokens_create (PortalStore *store, const char *user_id, const PortalTokenOrigin *origin, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *token = portal_secret_new_token ();
  g_autofree char *hash = portal_secret_hash (token);

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO tokens (hash, user_id, created_at, grant_id, refresh_hash, expires_at) "
                           "VALUES (?, ?, ?, ?, ?, ?)",
                           error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, user_id);
  linkage_statement_bind_int (statement, 2, portal_store_get_now (store));
  if (origin != NULL)
    {
      linkage_statement_bind_text (statement, 3, origin->grant_id);
      linkage_statement_bind_text (statement, 4, origin->refresh_hash);
      linkage_statement_bind_int (statement, 5, origin->expires_at);
    }
  if (!linkage_statement_run (statement, error))
    return NULL;

  return g_steal_pointer (&token);
}

/**
 * portal_tokens_revoke:
 * @store: a store
 * @token: a token
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Ends the token; the event streams that were opened with it end too.
 *
 * Returns: whether there was such a token and it is revoked now
 */
gboolean
portal_tokens_revoke (PortalStore *store, const char *token, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return FALSE;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE tokens SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", error);
  if (statement == NULL)
    return FALSE;
  hash = portal_secret_hash (token);
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store));
  linkage_statement_bind_text (statement, 1, hash);
  if (!linkage_statement_run (statement, error))
    return FALSE;
  if (linkage_database_get_n_changes (portal_store_get_database (store)) == 0)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, "no such token");
      return FALSE;
    }

  portal_transaction_note_change (transaction);
  return portal_transaction_commit (transaction, error);
}

static PortalUser *
read_user (LinkageStatement *statement)
{
  PortalUser *user = g_new0 (PortalUser, 1);

  user->id = g_strdup (linkage_statement_get_text (statement, 0));
  user->name = g_strdup (linkage_statement_get_text (statement, 1));
  user->email = g_strdup (linkage_statement_get_text (statement, 2));
  portal_scope_parse (linkage_statement_get_text (statement, 3), &user->scope);

  return user;
}

/**
 * portal_tokens_find_user:
 * @store: a store in a transaction
 * @token: what a client sent
 * @user: (out) (transfer full) (nullable): whom it stands for, NULL where it is unknown, revoked or too old
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_tokens_find_user (PortalStore *store, const char *token, PortalUser **user, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;
  const char *unconfirmed;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL && user != NULL, FALSE);

  *user = NULL;
  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT users.id, users.name, users.email, grants.scope, refresh_tokens.hash "
                           "FROM tokens JOIN users ON users.id = tokens.user_id "
                           "LEFT JOIN grants ON grants.id = tokens.grant_id "
                           "LEFT JOIN refresh_tokens ON refresh_tokens.hash = refresh_hash AND confirmed_at IS NULL "
                           "WHERE tokens.hash = ?1 AND tokens.revoked_at IS NULL "
                           "AND (tokens.expires_at IS NULL OR tokens.expires_at > ?2)",
                           error);
  if (statement == NULL)
    return FALSE;
  hash = portal_secret_hash (token);
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_int (statement, 1, portal_store_get_now (store));
  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  unconfirmed = linkage_statement_get_text (statement, 4);
  if (unconfirmed != NULL && !portal_grants_confirm (store, unconfirmed, error))
    return FALSE;
  *user = read_user (statement);
  (*user)->token_hash = g_steal_pointer (&hash);

  return TRUE;
}

/**
 * portal_tokens_check_hash:
 * @store: a store
 * @hash: the hash of a token that was valid
 * @is_valid: (out): whether it is not revoked; what was begun in its time goes on when the time is over
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_tokens_check_hash (PortalStore *store, const char *hash, gboolean *is_valid, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (hash != NULL && is_valid != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT 1 FROM tokens WHERE hash = ? AND revoked_at IS NULL", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, hash);
  step = linkage_statement_step (statement, error);
  *is_valid = step == LINKAGE_STEP_ROW;

  return step != LINKAGE_STEP_ERROR;
}
