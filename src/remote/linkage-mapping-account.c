/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-account.h"

#include "linkage-mapping-limits.h"

static gboolean
read_user (const LinkageJsonReader *reader, LinkageAccountInfo *account, GError **error)
{
  LinkageJsonReader user;

  return linkage_json_reader_enter (reader, "user", &user, error) &&
         linkage_json_reader_read_text (&user, "name", LINKAGE_MAX_NAME, &account->user_name, error) &&
         linkage_json_reader_read_text (&user, "email", LINKAGE_MAX_EMAIL, &account->user_email, error);
}

static gboolean
read_searches (const LinkageJsonReader *reader, LinkageAccountInfo *account, GError **error)
{
  LinkageJsonReader searches;

  return linkage_json_reader_enter (reader, "searches", &searches, error) &&
         linkage_json_reader_read_count (&searches, "limit", 0, G_MAXINT, &account->searches_limit, error) &&
         linkage_json_reader_read_count (&searches, "used", 0, G_MAXINT, &account->searches_used, error);
}

static gboolean
read_support (const LinkageJsonReader *reader, LinkageAccountInfo *account, GError **error)
{
  LinkageJsonReader support;

  return linkage_json_reader_enter (reader, "support", &support, error) &&
         linkage_json_reader_read_nullable_text (&support, "name", LINKAGE_MAX_NAME, &account->support_name, error) &&
         linkage_json_reader_read_nullable_text (&support, "email", LINKAGE_MAX_EMAIL, &account->support_email, error);
}

/* A role that is not known gives no right. */
static gboolean
read_role (const LinkageJsonReader *reader, LinkageAccountInfo *account, GError **error)
{
  g_autofree char *role = NULL;

  if (!linkage_json_reader_read_text (reader, "role", LINKAGE_MAX_WORD, &role, error))
    return FALSE;

  account->is_admin = g_str_equal (role, "admin");

  return TRUE;
}

/**
 * linkage_mapping_read_account_name:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads which account, or which customer, something speaks of.
 *
 * Returns: (transfer full) (nullable) (type LinkageAccountInfo): an account of which no more is known than id and name,
 *   or %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_account_name (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error) ||
      !linkage_json_reader_read_text (reader, "name", LINKAGE_MAX_NAME, &name, error))
    return NULL;

  return linkage_account_info_new (id, name);
}

/**
 * linkage_mapping_read_account:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads an account's description.
 *
 * Returns: (transfer full) (nullable) (type LinkageAccountInfo): the account, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_account (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageAccountInfo) account = linkage_mapping_read_account_name (reader, error);

  if (account == NULL)
    return NULL;

  if (!linkage_json_reader_read_id (reader, "epoch", &account->epoch, error) ||
      !linkage_json_reader_read_integer (reader, "revision", 0, G_MAXINT64, &account->revision, error) ||
      !read_role (reader, account, error) || !read_user (reader, account, error) ||
      !read_searches (reader, account, error) || !read_support (reader, account, error) ||
      !linkage_json_reader_read_nullable_text (reader, "invitation-email", LINKAGE_MAX_EMAIL,
                                               &account->invitation_email, error) ||
      !linkage_json_reader_read_nullable_text (reader, "confirmation-text", LINKAGE_MAX_PARAGRAPH,
                                               &account->confirmation_text, error))
    return NULL;

  return g_steal_pointer (&account);
}

/**
 * linkage_mapping_read_accounts:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a list of accounts.
 *
 * Returns: (transfer full) (nullable) (type GPtrArray) (element-type LinkageAccountInfo): the accounts, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_accounts (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_account_info_unref);

  if (!linkage_json_reader_read_items (reader, LINKAGE_MAX_ACCOUNTS, linkage_mapping_read_account, accounts, error))
    return NULL;

  return g_steal_pointer (&accounts);
}
