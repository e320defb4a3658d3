/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-merge-partners.h"

#define DOMAIN(email) "lower (substr (" email ", instr (" email ", '@') + 1))"

/* Where anyone has an address: who shares one of these domains shares no company. */
#define PUBLIC_DOMAINS                                                                                                 \
  "('126.com', '163.com', 'aol.com', 'free.fr', 'freenet.de', 'gmail.com', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.de', "  \
  "'gmx.net', 'googlemail.com', 'hotmail.com', 'hotmail.co.uk', 'hotmail.de', 'hotmail.fr', 'icloud.com', "            \
  "'laposte.net',"                                                                                                     \
  " 'libero.it', 'live.com', 'mail.com', 'mail.ru', 'mailbox.org', 'me.com', 'msn.com', 'naver.com', 'orange.fr', "    \
  "'outlook.com', 'outlook.de', 'outlook.fr', 'posteo.de', 'proton.me', 'protonmail.com', 'qq.com', 't-online.de', "   \
  "'uol.com.br', 'web.de', 'yahoo.co.jp', 'yahoo.co.uk', 'yahoo.com', 'yahoo.de', 'yahoo.fr', 'yandex.ru', "           \
  "'zoho.com')"

/**
 * portal_merge_partner_free:
 * @partner: (transfer full): an account
 */
void
portal_merge_partner_free (PortalMergePartner *partner)
{
  g_free (partner->id);
  g_free (partner->name);
  g_free (partner);
}

static void
free_partner (gpointer partner)
{
  portal_merge_partner_free (partner);
}

/* Of a statement with an id and a name in each row. */
static GPtrArray *
read_partners (LinkageStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) partners = g_ptr_array_new_with_free_func (free_partner);
  LinkageStep step;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      PortalMergePartner *partner = g_new0 (PortalMergePartner, 1);

      partner->id = g_strdup (linkage_statement_get_text (statement, 0));
      partner->name = g_strdup (linkage_statement_get_text (statement, 1));
      g_ptr_array_add (partners, partner);
    }

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&partners) : NULL;
}

/**
 * portal_merge_partners_suggest:
 * @store: a store
 * @account_id: an account
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Looks for accounts that have people at the same company: by the domains of their e-mail addresses, those of public
 * mail providers left out. Neither of the two has switched suggestions off.
 *
 * Returns: (transfer full) (element-type PortalMergePartner) (nullable): by name, at most 20; NULL on error
 */
GPtrArray *
portal_merge_partners_suggest (PortalStore *store, const char *account_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "SELECT DISTINCT other.id, other.name FROM accounts AS own "
    "JOIN members AS ours ON ours.account_id = own.id JOIN users AS us ON us.id = ours.user_id "
    "JOIN users AS them ON " DOMAIN ("them.email") " = " DOMAIN (
      "us.email") " "
                  "JOIN members AS theirs ON theirs.user_id = them.id "
                  "JOIN accounts AS other ON other.id = theirs.account_id AND other.id <> own.id "
                  "WHERE own.id = ? AND own.suggests_merges AND other.suggests_merges AND other.merged_into IS NULL "
                  "AND " DOMAIN ("us.email") " NOT IN " PUBLIC_DOMAINS " ORDER BY other.name, other.id LIMIT 20",
    error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, account_id);

  return read_partners (statement, error);
}

/**
 * portal_merge_partners_find:
 * @store: a store
 * @email: the address of an admin
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: (transfer full) (element-type PortalMergePartner) (nullable): the accounts where that is an admin's address,
 *   at most two; NULL on error
 */
GPtrArray *
portal_merge_partners_find (PortalStore *store, const char *email, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (email != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT accounts.id, accounts.name FROM users "
                                     "JOIN members ON user_id = users.id AND role = 'admin' "
                                     "JOIN accounts ON accounts.id = account_id AND merged_into IS NULL "
                                     "WHERE email = ? COLLATE NOCASE ORDER BY accounts.id LIMIT 2",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, email);

  return read_partners (statement, error);
}

static gboolean
read_flag (PortalStore *store, const char *sql, const char *account_id, gboolean *flag, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (portal_store_get_database (store), sql, error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  step = linkage_statement_step (statement, error);
  *flag = step == LINKAGE_STEP_ROW && linkage_statement_get_int (statement, 0) != 0;

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_merge_partners_exists:
 * @store: a store
 * @account_id: what may be the id of an account
 * @exists: (out): whether it is one, and was not merged into another
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_merge_partners_exists (PortalStore *store, const char *account_id, gboolean *exists, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && exists != NULL, FALSE);

  return read_flag (store, "SELECT merged_into IS NULL FROM accounts WHERE id = ?", account_id, exists, error);
}

/**
 * portal_merge_partners_get_enabled:
 * @store: a store
 * @account_id: an account
 * @enabled: (out): whether it gets suggestions, and is one for others
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_merge_partners_get_enabled (PortalStore *store, const char *account_id, gboolean *enabled, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && enabled != NULL, FALSE);

  return read_flag (store, "SELECT suggests_merges FROM accounts WHERE id = ?", account_id, enabled, error);
}

/**
 * portal_merge_partners_set_enabled:
 * @store: a store in a transaction
 * @account_id: an account
 * @enabled: whether it gets suggestions, and is one for others
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
portal_merge_partners_set_enabled (PortalStore *store, const char *account_id, gboolean enabled, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE accounts SET suggests_merges = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, enabled);
  linkage_statement_bind_text (statement, 1, account_id);

  return linkage_statement_run (statement, error) && portal_store_advance (store, account_id, NULL, error);
}
