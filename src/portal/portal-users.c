/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-users.h"

#include <glib/gi18n.h>

#include "linkage-text.h"
#include "portal-error.h"
#include "portal-grants.h"
#include "portal-secret.h"

#define NAME_MAXIMUM 200 /* characters */

/**
 * portal_users_add:
 * @store: a store in a transaction
 * @email: by which the user signs in
 * @name: the user's name
 * @error: return location for an error of PORTAL_ERROR_INVALID, with a sentence, or LINKAGE_DATABASE_ERROR
 *
 * Makes a user who has no password and no account yet.
 *
 * Returns: (transfer full) (nullable): the user's id, NULL on error
 */
char *
portal_users_add (PortalStore *store, const char *email, const char *name, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = portal_secret_new_id ();

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (email != NULL && name != NULL, NULL);

  if (!linkage_text_is_email (email) || *name == '\0' || g_utf8_strlen (name, -1) > NAME_MAXIMUM)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID,
                           _ ("A user needs a valid e-mail address and a name"));
      return NULL;
    }

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO users (id, name, email) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, name);
  linkage_statement_bind_text (statement, 2, email);
  if (!linkage_statement_run (statement, &local_error))
    {
      if (g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CONSTRAINT))
        /* Translators: %s is an e-mail address. */
        g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("There is a user “%s” already"), email);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&id);
}

/**
 * portal_users_find:
 * @store: a store
 * @email: an e-mail address, in any case
 * @error: return location for an error of PORTAL_ERROR_NOT_FOUND, with a sentence, or LINKAGE_DATABASE_ERROR
 *
 * Returns: (transfer full) (nullable): the id of the user who signs in by it, NULL on error
 */
char *
portal_users_find (PortalStore *store, const char *email, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (email != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT id FROM users WHERE email = ? COLLATE NOCASE", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, email);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_DONE)
    /* Translators: %s is an e-mail address. */
    g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, _ ("There is no user “%s”"), email);
  if (step != LINKAGE_STEP_ROW)
    return NULL;

  return g_strdup (linkage_statement_get_text (statement, 0));
}

/**
 * portal_users_set_password:
 * @store: a store in a transaction
 * @user_id: a user
 * @password: the new password
 * @kind: how hard it is to guess
 * @error: return location for an error of PORTAL_ERROR_INVALID, with a sentence, G_FILE_ERROR or
 *   LINKAGE_DATABASE_ERROR
 *
 * Sets a password, and ends every sign-in that was made with the one before.
 *
 * Returns: whether it was written
 */
gboolean
portal_users_set_password (PortalStore *store,
                           const char *user_id,
                           const char *password,
                           PortalPasswordKind kind,
                           GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (user_id != NULL && password != NULL, FALSE);

  hash = portal_passwords_hash (password, kind, error);
  if (hash == NULL)
    return FALSE;
  statement =
    linkage_statement_get (portal_store_get_database (store), "UPDATE users SET password_hash = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, hash);
  linkage_statement_bind_text (statement, 1, user_id);

  return linkage_statement_run (statement, error) && portal_grants_revoke_of_user (store, user_id, error);
}

static gboolean
remove_member (PortalStore *store, const char *user_id, const char *account_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "DELETE FROM members WHERE user_id = ? AND account_id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, user_id);
  linkage_statement_bind_text (statement, 1, account_id);

  return linkage_statement_run (statement, error);
}

static gboolean
write_member (PortalStore *store, const char *user_id, const char *account_id, PortalRole role, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO members (user_id, account_id, role) VALUES (?, ?, ?) "
                                     "ON CONFLICT (user_id, account_id) DO UPDATE SET role = excluded.role",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, user_id);
  linkage_statement_bind_text (statement, 1, account_id);
  linkage_statement_bind_text (statement, 2, role == PORTAL_ROLE_ADMIN ? "admin" : "user");

  return linkage_statement_run (statement, error);
}

/**
 * portal_users_set_role:
 * @store: a store in a transaction
 * @user_id: a user
 * @account_id: an account
 * @role: what the user is there from now on; PORTAL_ROLE_NONE takes the user out
 * @error: return location for an error of PORTAL_ERROR_NOT_FOUND, with a sentence, or LINKAGE_DATABASE_ERROR
 *
 * Sets a role; the account's state advances, so that the user's programs learn of it.
 *
 * Returns: whether it was written
 */
gboolean
portal_users_set_role (PortalStore *store, const char *user_id, const char *account_id, PortalRole role, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (user_id != NULL && account_id != NULL, FALSE);

  if (!portal_store_advance (store, account_id, NULL, error))
    return FALSE;
  if (linkage_database_get_n_changes (portal_store_get_database (store)) == 0)
    {
      /* Translators: %s is an id. */
      g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, _ ("There is no account “%s”"), account_id);
      return FALSE;
    }

  return role == PORTAL_ROLE_NONE ? remove_member (store, user_id, account_id, error)
                                  : write_member (store, user_id, account_id, role, error);
}

/**
 * portal_users_check_password:
 * @store: a store
 * @email: what was typed as e-mail address
 * @password: what was typed as password
 * @user: (out) (transfer full) (nullable): who signed in; NULL where the two do not go together
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Takes as long for an unknown user as for a wrong password: about 90 ms.
 *
 * Returns: FALSE on error
 */
gboolean
portal_users_check_password (PortalStore *store,
                             const char *email,
                             const char *password,
                             PortalUser **user,
                             GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  const char *hash = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (email != NULL && password != NULL && user != NULL, FALSE);

  *user = NULL;
  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT id, name, email, password_hash FROM users WHERE email = ? COLLATE NOCASE", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, email);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ERROR)
    return FALSE;
  if (step == LINKAGE_STEP_ROW)
    hash = linkage_statement_get_text (statement, 3);
  if (!portal_passwords_check (password, hash))
    return TRUE;

  *user = g_new0 (PortalUser, 1);
  (*user)->id = g_strdup (linkage_statement_get_text (statement, 0));
  (*user)->name = g_strdup (linkage_statement_get_text (statement, 1));
  (*user)->email = g_strdup (linkage_statement_get_text (statement, 2));

  return TRUE;
}
