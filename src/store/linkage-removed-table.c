/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-removed-table.h"

#include "linkage-connection-table.h"
#include "linkage-removed-connection.h"
#include "linkage-statement.h"

typedef struct
{
  gint64 row_id;
  gint64 removed_at;
} Removal;

/*
 * linkage_removed_table_count:
 * @n_rows: (out): how many rows are removed and kept
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_removed_table_count (LinkageDatabase *database, guint *n_rows, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT count (*) FROM connection WHERE removed_at IS NOT NULL", error);

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  *n_rows = (guint)linkage_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
read_removals (LinkageDatabase *database, guint offset, guint limit, GArray *removals, GError **error)
{
  enum
  {
    ROW_ID,
    REMOVED_AT,
  };
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT row_id, removed_at FROM connection WHERE removed_at IS NOT NULL"
                           " ORDER BY removed_at DESC, row_id DESC LIMIT ? OFFSET ?",
                           error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, limit);
  linkage_statement_bind_int (statement, 1, offset);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      Removal removal = { linkage_statement_get_int (statement, ROW_ID),
                          linkage_statement_get_int (statement, REMOVED_AT) };

      g_array_append_val (removals, removal);
    }

  return step == LINKAGE_STEP_DONE;
}

static LinkageConnection *
find (GArray *rows, gint64 row_id)
{
  guint low = 0;
  guint high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      LinkageStoredConnection *stored = &g_array_index (rows, LinkageStoredConnection, middle);

      if (stored->row_id == row_id)
        return stored->connection;
      if (stored->row_id < row_id)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

static GPtrArray *
join (GArray *removals, GArray *rows)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_removed_connection_unref);

  for (guint i = 0; i < removals->len; i++)
    {
      const Removal *removal = &g_array_index (removals, Removal, i);
      LinkageConnection *connection = find (rows, removal->row_id);

      if (connection == NULL)
        continue;

      connection->actions = LINKAGE_ACTIONS_NONE;
      g_ptr_array_add (joined, linkage_removed_connection_new (connection, removal->removed_at));
    }

  return joined;
}

/*
 * linkage_removed_table_read:
 *
 * Reads rows that are removed and kept. To be called inside a transaction, so that the tables agree.
 *
 * Returns: (transfer full) (element-type LinkageRemovedConnection): those that went last first, or %NULL with @error in
 *   LINKAGE_DATABASE_ERROR
 */
GPtrArray *
linkage_removed_table_read (LinkageDatabase *database, guint offset, guint limit, GError **error)
{
  g_autoptr (GArray) removals = g_array_new (FALSE, FALSE, sizeof (Removal));
  g_autoptr (GArray) row_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = NULL;

  if (!read_removals (database, offset, limit, removals, error))
    return NULL;

  for (guint i = 0; i < removals->len; i++)
    g_array_append_val (row_ids, g_array_index (removals, Removal, i).row_id);
  rows = linkage_connection_table_read (database, (const gint64 *)(gpointer)row_ids->data, row_ids->len, error);

  return rows != NULL ? join (removals, rows) : NULL;
}

/*
 * linkage_removed_table_forget_all:
 *
 * Keeps none of them any longer: they go with what else is removed.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_removed_table_forget_all (LinkageDatabase *database, GError **error)
{
  return linkage_database_execute (database, "UPDATE connection SET removed_at = NULL WHERE removed_at IS NOT NULL",
                                   error);
}
