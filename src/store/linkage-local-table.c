/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-local-table.h"

#include "linkage-statement.h"
#include "linkage-text.h"

/*
 * linkage_local_table_remember_headings:
 * @headings: (element-type utf8 utf8): folded headings to the names of fields
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_local_table_remember_headings (LinkageDatabase *database, GHashTable *headings, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "INSERT OR REPLACE INTO heading VALUES (?, ?)", error);
  GHashTableIter iter;
  gpointer heading;
  gpointer field;

  if (statement == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, headings);
  while (g_hash_table_iter_next (&iter, &heading, &field))
    {
      linkage_statement_bind_text (statement, 0, heading);
      linkage_statement_bind_text (statement, 1, field);
      if (!linkage_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * linkage_local_table_read_headings:
 *
 * Returns: (transfer full) (element-type utf8 utf8): folded headings to the names of fields, or %NULL with @error in
 *   LINKAGE_DATABASE_ERROR
 */
GHashTable *
linkage_local_table_read_headings (LinkageDatabase *database, GError **error)
{
  g_autoptr (GHashTable) headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT heading, field FROM heading", error);
  LinkageStep step;

  if (statement == NULL)
    return NULL;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_hash_table_insert (headings, g_strdup (linkage_statement_get_text (statement, 0)),
                         g_strdup (linkage_statement_get_text (statement, 1)));

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&headings) : NULL;
}

static gboolean
run_for_names (LinkageStatement *statement, const char *const *names, gboolean with_name, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *folded = linkage_text_fold_name (names[i]);

      if (*folded == '\0')
        continue;
      linkage_statement_bind_text (statement, 0, folded);
      if (with_name)
        linkage_statement_bind_text (statement, 1, names[i]);
      if (!linkage_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * linkage_local_table_add_to_ask:
 * @names: (array zero-terminated=1): those that are on the list already stay where they are
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_local_table_add_to_ask (LinkageDatabase *database, const char *const *names, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "INSERT OR IGNORE INTO to_ask (folded_name, name) VALUES (?, ?)", error);

  return statement != NULL && run_for_names (statement, names, TRUE, error);
}

/*
 * linkage_local_table_remove_to_ask:
 * @names: (array zero-terminated=1): those that are not on the list are no error
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_local_table_remove_to_ask (LinkageDatabase *database, const char *const *names, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "DELETE FROM to_ask WHERE folded_name = ?", error);

  return statement != NULL && run_for_names (statement, names, FALSE, error);
}

/*
 * linkage_local_table_read_to_ask:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names in the order in which they came, or %NULL with @error
 *   in LINKAGE_DATABASE_ERROR
 */
GStrv
linkage_local_table_read_to_ask (LinkageDatabase *database, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT name FROM to_ask ORDER BY position", error);
  LinkageStep step;

  if (statement == NULL)
    return NULL;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_strv_builder_add (names, linkage_statement_get_text (statement, 0));

  return step == LINKAGE_STEP_DONE ? g_strv_builder_end (names) : NULL;
}
