/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-grants.h"

#include "linkage-pkce.h"
#include "portal-error.h"
#include "portal-secret.h"
#include "portal-tokens.h"

#define DAY (24 * 60 * 60)
#define CODE_SECONDS 60
#define ACCESS_SECONDS (15 * 60)
#define REFRESH_SECONDS (60 * DAY)

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID_GRANT, why);

  return FALSE;
}

/* ?1 is the text, ?2 now. */
static gboolean
run_with_text (PortalStore *store, const char *sql, const char *text, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (portal_store_get_database (store), sql, error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, text);
  linkage_statement_bind_int (statement, 1, portal_store_get_now (store));

  return linkage_statement_run (statement, error);
}

static gboolean
end_grant (PortalTransaction *transaction, const char *grant_id, GError **error)
{
  PortalStore *store = transaction;

  portal_transaction_note_change (transaction);

  return run_with_text (store, "UPDATE grants SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", grant_id,
                        error) &&
         run_with_text (store, "UPDATE tokens SET revoked_at = ?2 WHERE grant_id = ?1 AND revoked_at IS NULL", grant_id,
                        error);
}

/* Somebody showed what its owner does not have to show any more: who of the two that was cannot be known. */
static gboolean
end_for_reuse (PortalTransaction *transaction, const char *grant_id, GError **error)
{
  g_message ("A code or a refresh token was used again: its sign-in has ended");

  return end_grant (transaction, grant_id, error) && portal_transaction_commit (transaction, error) &&
         refuse (error, "used before");
}

static gboolean
insert_grant (PortalStore *store, const char *id, const PortalGrantRequest *request, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *scope = portal_scope_print (request->scope);

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "INSERT INTO grants (id, user_id, client_id, scope, created_at) VALUES (?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, request->user_id);
  linkage_statement_bind_text (statement, 2, request->client_id);
  linkage_statement_bind_text (statement, 3, scope);
  linkage_statement_bind_int (statement, 4, portal_store_get_now (store));

  return linkage_statement_run (statement, error);
}

/**
 * portal_grants_create_code:
 * @store: a store in a transaction
 * @request: what the person has allowed
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Makes a code that is good for one minute and once (RFC 6749, 4.1.2). The store keeps its hash only.
 *
 * Returns: (transfer full) (nullable): the code, NULL on error
 */
char *
portal_grants_create_code (PortalStore *store, const PortalGrantRequest *request, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *id = portal_secret_new_id ();
  g_autofree char *code = portal_secret_new_token ();
  g_autofree char *hash = portal_secret_hash (code);

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (!insert_grant (store, id, request, error))
    return NULL;
  statement = linkage_statement_get (
    portal_store_get_database (store),
    "INSERT INTO codes (hash, grant_id, redirect_uri, challenge, expires_at) VALUES (?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, id);
  linkage_statement_bind_text (statement, 2, request->redirect_uri);
  linkage_statement_bind_text (statement, 3, request->challenge);
  linkage_statement_bind_int (statement, 4, portal_store_get_now (store) + CODE_SECONDS);
  if (!linkage_statement_run (statement, error))
    return NULL;

  return g_steal_pointer (&code);
}

static gboolean
insert_refresh_token (PortalStore *store, const char *hash, const char *grant_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO refresh_tokens (hash, grant_id, expires_at) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, grant_id);
  linkage_statement_bind_int (statement, 2, portal_store_get_now (store) + REFRESH_SECONDS);

  return linkage_statement_run (statement, error);
}

static PortalTokenPair *
issue (PortalStore *store, const char *grant_id, const char *user_id, const char *scope, GError **error)
{
  g_autoptr (PortalTokenPair) pair = g_new0 (PortalTokenPair, 1);
  g_autofree char *refresh_hash = NULL;
  PortalTokenOrigin origin = { .grant_id = grant_id };

  pair->refresh_token = portal_secret_new_token ();
  pair->lifetime = ACCESS_SECONDS;
  portal_scope_parse (scope, &pair->scope);
  refresh_hash = portal_secret_hash (pair->refresh_token);
  if (!insert_refresh_token (store, refresh_hash, grant_id, error))
    return NULL;

  origin.refresh_hash = refresh_hash;
  origin.expires_at = portal_store_get_now (store) + ACCESS_SECONDS;
  pair->access_token = portal_tokens_create (store, user_id, &origin, error);

  return pair->access_token != NULL ? g_steal_pointer (&pair) : NULL;
}

/**
 * portal_grants_redeem_code:
 * @store: a store outside a transaction
 * @code: what came back through the browser
 * @client_id: who shows it
 * @redirect_uri: where it came back to
 * @verifier: PKCE's secret (RFC 7636, 4.5)
 * @error: return location for an error of PORTAL_ERROR_INVALID_GRANT or LINKAGE_DATABASE_ERROR
 *
 * Changes a code into tokens. A code that comes a second time ends the sign-in (RFC 6749, 4.1.2).
 *
 * Returns: (transfer full) (nullable): the tokens, NULL on error
 */
PortalTokenPair *
portal_grants_redeem_code (PortalStore *store,
                           const char *code,
                           const char *client_id,
                           const char *redirect_uri,
                           const char *verifier,
                           GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (PortalTokenPair) pair = NULL;
  g_autofree char *hash = NULL;
  const char *grant_id;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (code != NULL && client_id != NULL && redirect_uri != NULL && verifier != NULL, NULL);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return NULL;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT grant_id, user_id, scope, client_id, redirect_uri, challenge, expires_at, "
                                     "used_at FROM codes JOIN grants ON grants.id = grant_id "
                                     "WHERE hash = ? AND revoked_at IS NULL",
                                     error);
  if (statement == NULL)
    return NULL;
  hash = portal_secret_hash (code);
  linkage_statement_bind_text (statement, 0, hash);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_DONE)
    refuse (error, "no such code");
  if (step != LINKAGE_STEP_ROW)
    return NULL;

  grant_id = linkage_statement_get_text (statement, 0);
  if (!linkage_statement_is_null (statement, 7))
    {
      end_for_reuse (transaction, grant_id, error);
      return NULL;
    }
  if (linkage_statement_get_int (statement, 6) <= portal_store_get_now (store) ||
      g_strcmp0 (linkage_statement_get_text (statement, 3), client_id) != 0 ||
      g_strcmp0 (linkage_statement_get_text (statement, 4), redirect_uri) != 0 ||
      !linkage_pkce_verify (linkage_statement_get_text (statement, 5), verifier))
    {
      refuse (error, "too late, or not for this client");
      return NULL;
    }

  pair = issue (store, grant_id, linkage_statement_get_text (statement, 1), linkage_statement_get_text (statement, 2),
                error);
  if (pair == NULL || !run_with_text (store, "UPDATE codes SET used_at = ?2 WHERE hash = ?1", hash, error) ||
      !portal_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&pair);
}

static gboolean
set_successor (PortalStore *store, const char *hash, const PortalTokenPair *pair, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *successor = portal_secret_hash (pair->refresh_token);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE refresh_tokens SET successor = ? WHERE hash = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, successor);
  linkage_statement_bind_text (statement, 1, hash);

  return linkage_statement_run (statement, error);
}

/* The client never showed what it was given in exchange last time: that answer was lost on its way. */
static gboolean
drop_successor (PortalTransaction *transaction, const char *successor, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  portal_transaction_note_change (transaction);
  if (!run_with_text (transaction, "UPDATE tokens SET revoked_at = ?2 WHERE refresh_hash = ?1", successor, error))
    return FALSE;

  statement =
    linkage_statement_get (portal_store_get_database (transaction), "DELETE FROM refresh_tokens WHERE hash = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, successor);

  return linkage_statement_run (statement, error);
}

/**
 * portal_grants_refresh:
 * @store: a store outside a transaction
 * @refresh_token: what the client was given
 * @client_id: who shows it
 * @error: return location for an error of PORTAL_ERROR_INVALID_GRANT or LINKAGE_DATABASE_ERROR
 *
 * Changes a refresh token into new tokens (RFC 6749, 6), and the refresh token itself into another one (RFC 9700,
 * 4.14.2). It may be shown again for as long as nothing that came for it has been shown, since an answer can be lost;
 * after that it ends the sign-in.
 *
 * Returns: (transfer full) (nullable): the tokens, NULL on error
 */
PortalTokenPair *
portal_grants_refresh (PortalStore *store, const char *refresh_token, const char *client_id, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (PortalTokenPair) pair = NULL;
  g_autofree char *hash = NULL;
  const char *grant_id;
  const char *successor;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (refresh_token != NULL && client_id != NULL, NULL);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return NULL;
  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT old.grant_id, user_id, scope, old.successor, new.confirmed_at "
                           "FROM refresh_tokens AS old JOIN grants ON grants.id = old.grant_id "
                           "LEFT JOIN refresh_tokens AS new ON new.hash = old.successor "
                           "WHERE old.hash = ? AND client_id = ? AND revoked_at IS NULL AND old.expires_at > ?",
                           error);
  if (statement == NULL)
    return NULL;
  hash = portal_secret_hash (refresh_token);
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, client_id);
  linkage_statement_bind_int (statement, 2, portal_store_get_now (store));
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_DONE)
    refuse (error, "no such refresh token, or too old");
  if (step != LINKAGE_STEP_ROW)
    return NULL;

  grant_id = linkage_statement_get_text (statement, 0);
  successor = linkage_statement_get_text (statement, 3);
  if (!linkage_statement_is_null (statement, 4))
    {
      end_for_reuse (transaction, grant_id, error);
      return NULL;
    }
  if (successor != NULL && !drop_successor (transaction, successor, error))
    return NULL;

  pair = issue (store, grant_id, linkage_statement_get_text (statement, 1), linkage_statement_get_text (statement, 2),
                error);
  if (pair == NULL || !portal_grants_confirm (store, hash, error) || !set_successor (store, hash, pair, error) ||
      !portal_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&pair);
}

/**
 * portal_grants_confirm:
 * @store: a store in a transaction
 * @refresh_hash: the hash of a refresh token
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Notes that the client has it, as it has shown it or what came with it.
 *
 * Returns: whether it was written
 */
gboolean
portal_grants_confirm (PortalStore *store, const char *refresh_hash, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (refresh_hash != NULL, FALSE);

  return run_with_text (store, "UPDATE refresh_tokens SET confirmed_at = ?2 WHERE hash = ?1 AND confirmed_at IS NULL",
                        refresh_hash, error);
}

/**
 * portal_grants_revoke_token:
 * @store: a store outside a transaction
 * @token: an access or a refresh token
 * @client_id: who shows it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Ends the sign-in of which the token came (RFC 7009, 2.1). One that is unknown, or somebody else's, is no error.
 *
 * Returns: whether the token is not valid any more, or never was
 */
gboolean
portal_grants_revoke_token (PortalStore *store, const char *token, const char *client_id, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL && client_id != NULL, FALSE);

  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return FALSE;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT id FROM grants WHERE client_id = ?2 AND id IN "
                                     "(SELECT grant_id FROM refresh_tokens WHERE hash = ?1 "
                                     "UNION ALL SELECT grant_id FROM tokens WHERE hash = ?1)",
                                     error);
  if (statement == NULL)
    return FALSE;
  hash = portal_secret_hash (token);
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, client_id);
  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  return end_grant (transaction, linkage_statement_get_text (statement, 0), error) &&
         portal_transaction_commit (transaction, error);
}

/**
 * portal_grants_revoke_of_user:
 * @store: a store in a transaction
 * @user_id: a user
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Ends all sign-ins of a user.
 *
 * Returns: whether it was written
 */
gboolean
portal_grants_revoke_of_user (PortalStore *store, const char *user_id, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (user_id != NULL, FALSE);

  portal_transaction_note_change (store);

  return run_with_text (store, "UPDATE grants SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL", user_id,
                        error) &&
         run_with_text (store,
                        "UPDATE tokens SET revoked_at = ?2 "
                        "WHERE user_id = ?1 AND grant_id IS NOT NULL AND revoked_at IS NULL",
                        user_id, error);
}

static gboolean
delete_before (PortalStore *store, const char *sql, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (portal_store_get_database (store), sql, error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store) - DAY);

  return linkage_statement_run (statement, error);
}

/**
 * portal_grants_purge:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Forgets the codes and tokens that ran out a day ago, and sign-ins of which nothing is left.
 *
 * Returns: whether it was written
 */
gboolean
portal_grants_purge (PortalStore *store, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  return delete_before (store, "DELETE FROM codes WHERE expires_at < ?", error) &&
         delete_before (store, "DELETE FROM refresh_tokens WHERE expires_at < ?", error) &&
         delete_before (store, "DELETE FROM tokens WHERE expires_at < ?", error) &&
         delete_before (store,
                        "DELETE FROM grants WHERE created_at < ? "
                        "AND NOT EXISTS (SELECT 1 FROM codes WHERE grant_id = grants.id) "
                        "AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE grant_id = grants.id)",
                        error);
}
