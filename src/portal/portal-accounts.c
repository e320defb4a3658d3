/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-accounts.h"

#include "portal-error.h"
#include "portal-json.h"

/**
 * portal_accounts_get_role:
 * @store: a store
 * @account_id: an account, which need not exist
 * @user_id: a user
 * @role: (out): what the user is in it; nothing once it was merged into another account
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_accounts_get_role (PortalStore *store,
                          const char *account_id,
                          const char *user_id,
                          PortalRole *role,
                          GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && user_id != NULL && role != NULL, FALSE);

  *role = PORTAL_ROLE_NONE;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT role FROM members JOIN accounts ON id = account_id "
                                     "WHERE user_id = ? AND account_id = ? AND merged_into IS NULL",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, user_id);
  linkage_statement_bind_text (statement, 1, account_id);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    *role = g_str_equal (linkage_statement_get_text (statement, 0), "admin") ? PORTAL_ROLE_ADMIN : PORTAL_ROLE_USER;

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_accounts_find_merged:
 * @store: a store
 * @account_id: an account, which need not exist
 * @user_id: a user
 * @into_id: (out) (transfer full) (nullable): into which account it was merged; NULL where it was not, or the user was
 *   none of it
 * @into_name: (out) (transfer full) (nullable): what that one is called
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_accounts_find_merged (PortalStore *store,
                             const char *account_id,
                             const char *user_id,
                             char **into_id,
                             char **into_name,
                             GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && user_id != NULL, FALSE);
  g_return_val_if_fail (into_id != NULL && into_name != NULL, FALSE);

  *into_id = NULL;
  *into_name = NULL;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT stays.id, stays.name FROM members "
                                     "JOIN accounts AS goes ON goes.id = account_id "
                                     "JOIN accounts AS stays ON stays.id = goes.merged_into "
                                     "WHERE user_id = ? AND account_id = ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, user_id);
  linkage_statement_bind_text (statement, 1, account_id);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    {
      *into_id = g_strdup (linkage_statement_get_text (statement, 0));
      *into_name = g_strdup (linkage_statement_get_text (statement, 1));
    }

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_accounts_list:
 * @store: a store
 * @user_id: a user
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the ids of the user's accounts, at most 100, NULL on error
 */
GPtrArray *
portal_accounts_list (PortalStore *store, const char *user_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT account_id FROM members JOIN accounts ON id = account_id "
                                     "WHERE user_id = ? AND merged_into IS NULL ORDER BY account_id LIMIT 100",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, user_id);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (ids, g_strdup (linkage_statement_get_text (statement, 0)));

  return step == LINKAGE_STEP_ERROR ? NULL : g_steal_pointer (&ids);
}

/**
 * portal_accounts_load:
 * @store: a store
 * @account_id: an account
 * @user: who reads it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the account as @user sees it, NULL on error
 */
LinkageAccountInfo *
portal_accounts_load (PortalStore *store, const char *account_id, const PortalUser *user, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageAccountInfo *info;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && user != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT name, invitation_email, support_name, support_email, confirmation_text, "
                                     "searches_limit, searches_used, role = 'admin', position "
                                     "FROM accounts JOIN members ON account_id = id WHERE id = ? AND user_id = ?",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, account_id);
  linkage_statement_bind_text (statement, 1, user->id);
  if (!portal_store_find_row (statement, "no such account", error))
    return NULL;

  info = linkage_account_info_new (account_id, linkage_statement_get_text (statement, 0));
  info->user_name = g_strdup (user->name);
  info->user_email = g_strdup (user->email);
  g_free (info->epoch);
  info->epoch = g_strdup (portal_store_get_epoch (store));
  info->invitation_email = g_strdup (linkage_statement_get_text (statement, 1));
  info->support_name = g_strdup (linkage_statement_get_text (statement, 2));
  info->support_email = g_strdup (linkage_statement_get_text (statement, 3));
  info->confirmation_text = g_strdup (linkage_statement_get_text (statement, 4));
  info->searches_limit = (guint)linkage_statement_get_int (statement, 5);
  info->searches_used = (guint)linkage_statement_get_int (statement, 6);
  info->is_admin = linkage_statement_get_int (statement, 7) != 0;
  info->revision = linkage_statement_get_int (statement, 8);

  return info;
}

/**
 * portal_accounts_get_log:
 * @store: a store
 * @account_id: an account
 * @log: (out caller-allocates): where its change log begins and ends
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: FALSE on error
 */
gboolean
portal_accounts_get_log (PortalStore *store, const char *account_id, PortalLog *log, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && log != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT position, horizon, total FROM accounts WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  if (!portal_store_find_row (statement, "no such account", error))
    return FALSE;

  log->position = linkage_statement_get_int (statement, 0);
  log->horizon = linkage_statement_get_int (statement, 1);
  log->total = (guint)linkage_statement_get_int (statement, 2);

  return TRUE;
}

/**
 * portal_accounts_set_searches_used:
 * @store: a store in a transaction
 * @account_id: an account
 * @used: how many searches it has used: one more after a search, 0 when support resets it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Sets the persistent counter; the account block is part of the change log.
 *
 * Returns: whether it was written
 */
gboolean
portal_accounts_set_searches_used (PortalStore *store, const char *account_id, guint used, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE accounts SET searches_used = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, used);
  linkage_statement_bind_text (statement, 1, account_id);
  if (!linkage_statement_run (statement, error))
    return FALSE;
  if (linkage_database_get_n_changes (portal_store_get_database (store)) == 0)
    {
      g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, "no account “%s”", account_id);
      return FALSE;
    }

  return portal_store_advance (store, account_id, NULL, error);
}

/**
 * portal_account_add_json:
 * @builder: a builder that expects a value
 * @info: an account
 *
 * Adds the account as `Account` of data/openapi.yaml.
 */
void
portal_account_add_json (JsonBuilder *builder, const LinkageAccountInfo *info)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (info != NULL);

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", info->id);
  portal_json_add_string (builder, "name", info->name);
  portal_json_add_string (builder, "role", info->is_admin ? "admin" : "user");
  json_builder_set_member_name (builder, "user");
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "name", info->user_name);
  portal_json_add_string (builder, "email", info->user_email);
  json_builder_end_object (builder);
  portal_json_add_string (builder, "epoch", info->epoch);
  portal_json_add_int (builder, "revision", info->revision);
  json_builder_set_member_name (builder, "searches");
  json_builder_begin_object (builder);
  portal_json_add_int (builder, "limit", info->searches_limit);
  portal_json_add_int (builder, "used", info->searches_used);
  json_builder_end_object (builder);
  portal_json_add_string (builder, "invitation-email", info->invitation_email);
  json_builder_set_member_name (builder, "support");
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "name", info->support_name);
  portal_json_add_string (builder, "email", info->support_email);
  json_builder_end_object (builder);
  portal_json_add_string (builder, "confirmation-text", info->confirmation_text);
  json_builder_end_object (builder);
}
