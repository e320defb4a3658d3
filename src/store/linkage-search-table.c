/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-search-table.h"

#include "linkage-statement.h"
#include "linkage-text.h"

/*
 * linkage_search_table_begin:
 * @begun: (out): %FALSE when the same name was sent with another key and is not answered; the same key begins again
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_begin (LinkageDatabase *database,
                            const char *key,
                            const char *name,
                            gboolean *begun,
                            GError **error)
{
  g_autofree char *folded_name = linkage_text_fold_name (name);
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "INSERT INTO search (key, name, folded_name) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
                           " (SELECT 1 FROM search WHERE folded_name = ?3 AND id IS NULL AND key <> ?1)"
                           " ON CONFLICT (key) DO UPDATE SET name = excluded.name, folded_name = excluded.folded_name",
                           error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, key);
  linkage_statement_bind_text (statement, 1, name);
  linkage_statement_bind_text (statement, 2, folded_name);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  *begun = linkage_database_get_n_changes (database) > 0;

  return TRUE;
}

/*
 * linkage_search_table_answer:
 * @id: the search's on the portal
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_answer (LinkageDatabase *database,
                             const char *key,
                             const char *name,
                             const char *id,
                             GError **error)
{
  g_autofree char *folded_name = linkage_text_fold_name (name);
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "INSERT INTO search (key, name, folded_name, id) VALUES (?, ?, ?, ?)"
                           " ON CONFLICT (key) DO UPDATE SET id = excluded.id",
                           error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, key);
  linkage_statement_bind_text (statement, 1, name);
  linkage_statement_bind_text (statement, 2, folded_name);
  linkage_statement_bind_text (statement, 3, id);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_search_table_forget:
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_forget (LinkageDatabase *database, const char *key, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "DELETE FROM search WHERE key = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, key);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_search_table_forget_all:
 *
 * Forgets all searches: a portal in another epoch knows none of them, and would count them anew.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_forget_all (LinkageDatabase *database, GError **error)
{
  return linkage_database_execute (database, "DELETE FROM search", error);
}

/*
 * linkage_search_table_find_answered:
 * @id: (out) (transfer full) (nullable): the latest search of the same folded name, %NULL for none
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_find_answered (LinkageDatabase *database, const char *name, char **id, GError **error)
{
  g_autofree char *folded_name = linkage_text_fold_name (name);
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "SELECT id FROM search WHERE folded_name = ? AND id IS NOT NULL ORDER BY position DESC LIMIT 1", error);
  LinkageStep step;

  *id = NULL;
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, folded_name);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    *id = g_strdup (linkage_statement_get_text (statement, 0));

  return step != LINKAGE_STEP_ERROR;
}

/*
 * linkage_search_table_find_unanswered:
 * @like: (nullable): a name as typed, of whose folded form it is to be; %NULL for any
 * @key: (out) (transfer full) (nullable): of the oldest, %NULL for none
 * @name: (out) (transfer full) (nullable): as it was typed
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_search_table_find_unanswered (LinkageDatabase *database,
                                      const char *like,
                                      char **key,
                                      char **name,
                                      GError **error)
{
  g_autofree char *folded_name = like != NULL ? linkage_text_fold_name (like) : NULL;
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT key, name FROM search WHERE id IS NULL AND (?1 IS NULL OR folded_name = ?1)"
                           " ORDER BY position LIMIT 1",
                           error);
  LinkageStep step;

  *key = NULL;
  *name = NULL;
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, folded_name);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    {
      *key = g_strdup (linkage_statement_get_text (statement, 0));
      *name = g_strdup (linkage_statement_get_text (statement, 1));
    }

  return step != LINKAGE_STEP_ERROR;
}
