/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-copy-table.h"

#include "linkage-statement.h"

/*
 * linkage_copy_table_begin:
 * @copy: what is being brought
 * @now: Unix seconds
 * @number: (out): which it is
 *
 * Adds a copy. What the rows of the one before it were is forgotten: only the latest can be taken back.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_begin (LinkageDatabase *database,
                          const LinkageCopy *copy,
                          gint64 now,
                          gint64 *number,
                          GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  if (!linkage_database_execute (database,
                                 "DELETE FROM former; DELETE FROM former_attempt;"
                                 "UPDATE copy SET can_undo = 0 WHERE can_undo",
                                 error))
    return FALSE;

  statement = linkage_statement_get (database,
                                     "INSERT INTO copy (copied_at, imported_at, n_new, n_changed, n_unchanged,"
                                     " n_not_understood, n_missing, last_change, can_undo)"
                                     " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1)",
                                     error);
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, copy->copied_at);
  linkage_statement_bind_int (statement, 1, now);
  linkage_statement_bind_int (statement, 2, copy->n_new);
  linkage_statement_bind_int (statement, 3, copy->n_changed);
  linkage_statement_bind_int (statement, 4, copy->n_unchanged);
  linkage_statement_bind_int (statement, 5, copy->n_not_understood);
  linkage_statement_bind_int (statement, 6, copy->n_missing);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  *number = linkage_database_get_last_insert_id (database);

  return TRUE;
}

static gboolean
run_with_int (LinkageDatabase *database, const char *sql, gint64 value, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, sql, error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, value);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_copy_table_end:
 *
 * Notes that all that a copy shows is written.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_end (LinkageDatabase *database, gint64 number, GError **error)
{
  return run_with_int (database,
                       "UPDATE copy SET last_change = (SELECT coalesce (max (position), 0) FROM change)"
                       " WHERE number = ?",
                       number, error);
}

/*
 * linkage_copy_table_read_latest:
 * @copy: (out) (transfer full) (nullable): %NULL where nothing was brought yet
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_read_latest (LinkageDatabase *database, LinkageCopy **copy, GError **error)
{
  enum
  {
    NUMBER,
    COPIED_AT,
    IMPORTED_AT,
    N_NEW,
    N_CHANGED,
    N_UNCHANGED,
    N_NOT_UNDERSTOOD,
    N_MISSING,
    CAN_UNDO,
  };
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT number, copied_at, imported_at, n_new, n_changed, n_unchanged, n_not_understood,"
                           " n_missing, can_undo FROM copy"
                           " ORDER BY can_undo DESC, imported_at DESC, number DESC LIMIT 1",
                           error);
  LinkageStep step;

  *copy = NULL;
  if (statement == NULL)
    return FALSE;

  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  *copy = linkage_copy_new (linkage_statement_get_int (statement, COPIED_AT));
  (*copy)->number = linkage_statement_get_int (statement, NUMBER);
  (*copy)->imported_at = linkage_statement_get_int (statement, IMPORTED_AT);
  (*copy)->n_new = linkage_statement_get_int (statement, N_NEW);
  (*copy)->n_changed = linkage_statement_get_int (statement, N_CHANGED);
  (*copy)->n_unchanged = linkage_statement_get_int (statement, N_UNCHANGED);
  (*copy)->n_not_understood = linkage_statement_get_int (statement, N_NOT_UNDERSTOOD);
  (*copy)->n_missing = linkage_statement_get_int (statement, N_MISSING);
  (*copy)->can_undo = linkage_statement_get_int (statement, CAN_UNDO) != 0;

  return TRUE;
}

/*
 * linkage_copy_table_keep_new:
 * @last_row: the last row that there was before the latest copy
 *
 * Notes that there were none of the rows behind it.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_keep_new (LinkageDatabase *database, gint64 last_row, GError **error)
{
  return run_with_int (database,
                       "INSERT INTO former (row_id, is_new, is_written)"
                       " SELECT row_id, 1, 1 FROM connection WHERE row_id > ?",
                       last_row, error);
}

/*
 * linkage_copy_table_keep_former:
 * @is_written: whether the row is about to be written anew, or only to be marked as seen or missing
 *
 * Keeps what a row is before the latest copy is applied to it.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_keep_former (LinkageDatabase *database, gint64 row_id, gboolean is_written, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "INSERT INTO former SELECT row_id, 0, ?, customer_name, origin, status, status_label,"
                           " requests_used, used_is_minimum, was_rejected, actions, seen_at, missing FROM connection"
                           " WHERE row_id = ?",
                           error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, is_written);
  linkage_statement_bind_int (statement, 1, row_id);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  return !is_written ||
         run_with_int (database, "INSERT INTO former_attempt SELECT * FROM attempt WHERE row_id = ?", row_id, error);
}

/*
 * linkage_copy_table_find_undo:
 * @record: (out caller-allocates): the latest copy
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_find_undo (LinkageDatabase *database, LinkageUndoRecord *record, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "SELECT number, last_change FROM copy WHERE can_undo ORDER BY number DESC LIMIT 1", error);
  LinkageStep step;

  *record = (LinkageUndoRecord){ 0 };
  if (statement == NULL)
    return FALSE;

  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    {
      record->number = linkage_statement_get_int (statement, 0);
      record->last_change = linkage_statement_get_int (statement, 1);
    }

  return step != LINKAGE_STEP_ERROR;
}

static GArray *
collect_row_ids (LinkageStatement *statement, GError **error)
{
  g_autoptr (GArray) row_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  LinkageStep step;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      gint64 row_id = linkage_statement_get_int (statement, 0);

      g_array_append_val (row_ids, row_id);
    }

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&row_ids) : NULL;
}

/*
 * linkage_copy_table_bury_new:
 *
 * Marks as removed what the latest copy brought, but for rows of which something was written by hand since.
 *
 * Returns: (transfer full) (element-type gint64): the rows, or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
GArray *
linkage_copy_table_bury_new (LinkageDatabase *database, const LinkageUndoRecord *record, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "UPDATE connection SET removed = 1 WHERE row_id IN"
                           " (SELECT row_id FROM former WHERE is_new) AND row_id NOT IN"
                           " (SELECT row_id FROM change WHERE position > ?) RETURNING row_id",
                           error);

  if (statement == NULL)
    return NULL;

  linkage_statement_bind_int (statement, 0, record->last_change);

  return collect_row_ids (statement, error);
}

/*
 * linkage_copy_table_restore_seen:
 *
 * Takes back when the latest copy saw its rows, and which it missed.
 *
 * Returns: (transfer full) (element-type gint64): all rows that were there before it, or %NULL with @error in
 *   LINKAGE_DATABASE_ERROR
 */
GArray *
linkage_copy_table_restore_seen (LinkageDatabase *database, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "UPDATE connection SET (seen_at, missing) = (former.seen_at, former.missing) FROM former"
                           " WHERE former.row_id = connection.row_id AND NOT former.is_new"
                           " RETURNING connection.row_id",
                           error);

  return statement != NULL ? collect_row_ids (statement, error) : NULL;
}

/*
 * linkage_copy_table_restore_written:
 *
 * Takes back what the latest copy wrote over; the keys by which rows are sorted are to be made anew.
 *
 * Returns: (transfer full) (element-type gint64): the rows, or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
GArray *
linkage_copy_table_restore_written (LinkageDatabase *database, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  if (!linkage_database_execute (
        database,
        "DELETE FROM attempt WHERE row_id IN (SELECT row_id FROM former WHERE is_written AND NOT is_new);"
        "INSERT INTO attempt SELECT * FROM former_attempt",
        error))
    return NULL;

  statement = linkage_statement_get (
    database,
    "UPDATE connection SET (customer_name, origin, status, status_label, requests_used, used_is_minimum, was_rejected,"
    " actions) = (former.customer_name, former.origin, former.status, former.status_label, former.requests_used,"
    " former.used_is_minimum, former.was_rejected, former.actions) FROM former"
    " WHERE former.row_id = connection.row_id AND former.is_written AND NOT former.is_new RETURNING connection.row_id",
    error);

  return statement != NULL ? collect_row_ids (statement, error) : NULL;
}

/*
 * linkage_copy_table_forget:
 *
 * Forgets a copy that was taken back.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_table_forget (LinkageDatabase *database, gint64 number, GError **error)
{
  return run_with_int (database, "DELETE FROM copy WHERE number = ?", number, error) &&
         linkage_database_execute (database, "DELETE FROM former; DELETE FROM former_attempt", error);
}
