/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-change-table.h"

#include "linkage-statement.h"

/*
 * linkage_change_table_add:
 *
 * Adds a line to a row's history.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_change_table_add (LinkageDatabase *database, gint64 row_id, const LinkageRowChange *change, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "INSERT INTO change (row_id, copy, at, kind, former, present) VALUES (?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, row_id);
  linkage_statement_bind_int (statement, 1, change->copy);
  linkage_statement_bind_int (statement, 2, change->at);
  linkage_statement_bind_text (statement, 3, linkage_row_change_kind_to_string (change->kind));
  linkage_statement_bind_text (statement, 4, change->former);
  linkage_statement_bind_text (statement, 5, change->present);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_change_table_list:
 * @since: the position of a change: only those after it; 0: all
 *
 * Returns: (transfer full) (element-type LinkageRowChange): a row's history, oldest first; those of a kind that this
 *   version does not know are left out; or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
GPtrArray *
linkage_change_table_list (LinkageDatabase *database, gint64 row_id, gint64 since, GError **error)
{
  enum
  {
    COPY,
    AT,
    KIND,
    FORMER,
    PRESENT,
  };
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_row_change_unref);
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT copy, at, kind, former, present FROM change"
                           " WHERE row_id = ? AND position > ? ORDER BY position",
                           error);
  LinkageStep step;

  if (statement == NULL)
    return NULL;

  linkage_statement_bind_int (statement, 0, row_id);
  linkage_statement_bind_int (statement, 1, since);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageRowChangeKind kind;

      if (linkage_row_change_kind_from_string (linkage_statement_get_text (statement, KIND), &kind))
        g_ptr_array_add (changes, linkage_row_change_new (kind, linkage_statement_get_int (statement, AT),
                                                          linkage_statement_get_int (statement, COPY),
                                                          linkage_statement_get_text (statement, FORMER),
                                                          linkage_statement_get_text (statement, PRESENT)));
    }

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/*
 * linkage_change_table_forget_copy:
 *
 * Takes out of all histories what a copy showed.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_change_table_forget_copy (LinkageDatabase *database, gint64 copy, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "DELETE FROM change WHERE copy = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, copy);

  return linkage_statement_run (statement, error);
}
