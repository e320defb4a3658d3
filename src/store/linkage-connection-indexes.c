/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-indexes.h"

#include "linkage-statement.h"

/* names, statements: (out): what the schema says; an index that a constraint brought has no statement, and stays */
static gboolean
list (LinkageDatabase *database, GPtrArray *names, GPtrArray *statements, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database,
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'connection' AND sql IS NOT NULL", error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      g_ptr_array_add (names, g_strdup (linkage_statement_get_text (statement, 0)));
      g_ptr_array_add (statements, g_strdup (linkage_statement_get_text (statement, 1)));
    }

  return step == LINKAGE_STEP_DONE;
}

/*
 * linkage_connection_indexes_drop:
 *
 * Takes the indexes of the table away: one that is made when all rows are there is sorted once, where each row that is
 * written costs a search in every one of them. To be called, like its counterpart, in the transaction of the writes.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): what linkage_connection_indexes_create() makes them from;
 *   %NULL with @error in LINKAGE_DATABASE_ERROR
 */
GPtrArray *
linkage_connection_indexes_drop (LinkageDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);

  if (!list (database, names, statements, error))
    return NULL;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP INDEX \"%s\"", (const char *)g_ptr_array_index (names, i));

      if (!linkage_database_execute (database, sql, error))
        return NULL;
    }

  return g_steal_pointer (&statements);
}

/*
 * linkage_connection_indexes_create:
 * @statements: (element-type utf8): what linkage_connection_indexes_drop() returned
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_indexes_create (LinkageDatabase *database, GPtrArray *statements, GError **error)
{
  for (guint i = 0; i < statements->len; i++)
    {
      if (!linkage_database_execute (database, g_ptr_array_index (statements, i), error))
        return FALSE;
    }

  return TRUE;
}
