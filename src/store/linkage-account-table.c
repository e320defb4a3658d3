/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-account-table.h"

#include "linkage-statement.h"

#define COLUMNS                                                                                                        \
  "id, name, user_name, user_email, is_admin, epoch, searches_limit, searches_used, invitation_email, support_name,"   \
  " support_email, confirmation_text, page, revision"
#define MERGED_COLUMNS "merged_into_id, merged_into_name"

/* The order of COLUMNS, MERGED_COLUMNS. */
enum
{
  ID,
  NAME,
  USER_NAME,
  USER_EMAIL,
  IS_ADMIN,
  EPOCH,
  SEARCHES_LIMIT,
  SEARCHES_USED,
  INVITATION_EMAIL,
  SUPPORT_NAME,
  SUPPORT_EMAIL,
  CONFIRMATION_TEXT,
  PAGE,
  REVISION,
  MERGED_INTO_ID,
  MERGED_INTO_NAME,
};

/*
 * linkage_account_table_read:
 * @info: (out) (transfer full) (nullable): %NULL before the portal's first answer
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_account_table_read (LinkageDatabase *database, LinkageAccountInfo **info, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT " COLUMNS ", " MERGED_COLUMNS " FROM account", error);
  LinkageStep step;

  *info = NULL;
  if (statement == NULL)
    return FALSE;

  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  *info =
    linkage_account_info_new (linkage_statement_get_text (statement, ID), linkage_statement_get_text (statement, NAME));
  (*info)->user_name = g_strdup (linkage_statement_get_text (statement, USER_NAME));
  (*info)->user_email = g_strdup (linkage_statement_get_text (statement, USER_EMAIL));
  (*info)->is_admin = linkage_statement_get_int (statement, IS_ADMIN) != 0;
  g_free ((*info)->epoch);
  (*info)->epoch = g_strdup (linkage_statement_get_text (statement, EPOCH));
  (*info)->searches_limit = linkage_statement_get_int (statement, SEARCHES_LIMIT);
  (*info)->searches_used = linkage_statement_get_int (statement, SEARCHES_USED);
  (*info)->invitation_email = g_strdup (linkage_statement_get_text (statement, INVITATION_EMAIL));
  (*info)->support_name = g_strdup (linkage_statement_get_text (statement, SUPPORT_NAME));
  (*info)->support_email = g_strdup (linkage_statement_get_text (statement, SUPPORT_EMAIL));
  (*info)->confirmation_text = g_strdup (linkage_statement_get_text (statement, CONFIRMATION_TEXT));
  (*info)->page = g_strdup (linkage_statement_get_text (statement, PAGE));
  (*info)->revision = linkage_statement_get_int (statement, REVISION);
  (*info)->merged_into_id = g_strdup (linkage_statement_get_text (statement, MERGED_INTO_ID));
  (*info)->merged_into_name = g_strdup (linkage_statement_get_text (statement, MERGED_INTO_NAME));

  return TRUE;
}

/*
 * linkage_account_table_write:
 *
 * Writes what an answer says of the account. Answers do not say that it was merged: see
 * linkage_account_table_set_merged_into().
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_account_table_write (LinkageDatabase *database, const LinkageAccountInfo *info, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database,
    "INSERT INTO account (" COLUMNS ", one) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (one) DO UPDATE SET (" COLUMNS ") = (excluded.id, excluded.name, excluded.user_name,"
    " excluded.user_email, excluded.is_admin, excluded.epoch, excluded.searches_limit, excluded.searches_used,"
    " excluded.invitation_email, excluded.support_name, excluded.support_email, excluded.confirmation_text,"
    " excluded.page, excluded.revision)",
    error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, ID, info->id);
  linkage_statement_bind_text (statement, NAME, info->name);
  linkage_statement_bind_text (statement, USER_NAME, info->user_name);
  linkage_statement_bind_text (statement, USER_EMAIL, info->user_email);
  linkage_statement_bind_int (statement, IS_ADMIN, info->is_admin);
  linkage_statement_bind_text (statement, EPOCH, info->epoch);
  linkage_statement_bind_int (statement, SEARCHES_LIMIT, info->searches_limit);
  linkage_statement_bind_int (statement, SEARCHES_USED, info->searches_used);
  linkage_statement_bind_text (statement, INVITATION_EMAIL, info->invitation_email);
  linkage_statement_bind_text (statement, SUPPORT_NAME, info->support_name);
  linkage_statement_bind_text (statement, SUPPORT_EMAIL, info->support_email);
  linkage_statement_bind_text (statement, CONFIRMATION_TEXT, info->confirmation_text);
  linkage_statement_bind_text (statement, PAGE, info->page);
  linkage_statement_bind_int (statement, REVISION, info->revision);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_account_table_set_merged_into:
 * @id: (nullable): the account that this one became part of; %NULL: it is there
 * @name: (nullable): with @id
 *
 * Before the portal's first answer there is nothing to be noted.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_account_table_set_merged_into (LinkageDatabase *database, const char *id, const char *name, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "UPDATE account SET (" MERGED_COLUMNS ") = (?, ?)", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, name);

  return linkage_statement_run (statement, error);
}
