/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-table.h"

#include <string.h>

#include "linkage-sort-keys.h"
#include "linkage-statement.h"

static void
lend_key (LinkageStatement *statement, int index, const char *key)
{
  if (key != NULL)
    linkage_statement_lend_blob (statement, index, key, strlen (key));
  else
    linkage_statement_bind_null (statement, index);
}

/*
 * linkage_connection_table_look_up:
 * @record: (out):
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_look_up (LinkageDatabase *database,
                                  const char *id,
                                  LinkageConnectionRecord *record,
                                  GError **error)
{
  enum
  {
    ROW_ID,
    REVISION,
    GENERATION,
    IS_SHOWN,
  };
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT row_id, revision, generation, removed = 0 FROM connection WHERE id = ?1"
                           " UNION ALL SELECT row_id, revision, generation, 0 FROM tombstone WHERE id = ?1",
                           error);
  LinkageStep step;

  *record = (LinkageConnectionRecord){ 0 };
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, id);
  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  record->exists = TRUE;
  record->row_id = linkage_statement_get_int (statement, ROW_ID);
  record->revision = linkage_statement_get_int (statement, REVISION);
  record->generation = linkage_statement_get_int (statement, GENERATION);
  record->is_shown = linkage_statement_get_int (statement, IS_SHOWN) != 0;

  return TRUE;
}

/*
 * linkage_connection_table_find_customer:
 * @row_id: (out): of the shown row of a customer, 0 for none
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_find_customer (LinkageDatabase *database,
                                        const char *customer_id,
                                        gint64 *row_id,
                                        GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT row_id FROM connection WHERE customer_id = ? AND removed = 0", error);
  LinkageStep step;

  *row_id = 0;
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, customer_id);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    *row_id = linkage_statement_get_int (statement, 0);

  return step != LINKAGE_STEP_ERROR;
}

/*
 * linkage_connection_table_get_last:
 * @row_id: (out): the last row that there is, 0 for none; a new one comes behind it
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_get_last (LinkageDatabase *database, gint64 *row_id, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT max (row_id) FROM connection", error);

  if (statement == NULL || linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *row_id = linkage_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
run_for_row (LinkageDatabase *database, const char *sql, gint64 row_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, sql, error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, row_id);

  return linkage_statement_run (statement, error);
}

static gboolean
write_entries (LinkageDatabase *database, gint64 row_id, const GPtrArray *entries, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  if (entries->len == 0)
    return TRUE;

  statement = linkage_statement_get (database, "INSERT INTO customer_entry VALUES (?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const LinkageCustomerEntry *entry = g_ptr_array_index (entries, i);

      linkage_statement_bind_int (statement, 0, row_id);
      linkage_statement_bind_int (statement, 1, i);
      linkage_statement_lend_text (statement, 2, entry->name);
      linkage_statement_lend_text (statement, 3, entry->reference);
      linkage_statement_lend_text (statement, 4, entry->country);
      linkage_statement_bind_int (statement, 5, entry->active);
      if (!linkage_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_attempts (LinkageDatabase *database, gint64 row_id, const GPtrArray *attempts, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < attempts->len; i++)
    {
      const LinkageAttempt *attempt = g_ptr_array_index (attempts, i);

      linkage_statement_bind_int (statement, 0, row_id);
      linkage_statement_bind_int (statement, 1, i);
      linkage_statement_bind_int (statement, 2, attempt->number);
      linkage_statement_bind_int (statement, 3, attempt->requested_at);
      linkage_statement_bind_int (statement, 4, attempt->expires_at);
      linkage_statement_bind_int (statement, 5, attempt->responded_at);
      linkage_statement_lend_text (statement, 6, linkage_status_to_string (attempt->outcome));
      linkage_statement_lend_text (statement, 7, attempt->contact_email);
      linkage_statement_lend_text (statement, 8, attempt->requested_by);
      linkage_statement_lend_text (statement, 9, attempt->comment);
      if (!linkage_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static void
bind_sort_columns (LinkageStatement *statement,
                   int first,
                   const LinkageConnection *connection,
                   const LinkageSortKeys *keys)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);

  linkage_statement_lend_text (statement, first, keys->filter_text);
  lend_key (statement, first + 1, keys->customer != NULL ? keys->customer : "");
  linkage_statement_bind_int (statement, first + 2, linkage_sort_keys_get_actions_rank (connection->actions));
  linkage_statement_bind_int (statement, first + 3, linkage_sort_keys_get_status_rank (connection->status));
  linkage_statement_lend_text (statement, first + 4, keys->email);
  if (latest != NULL && latest->requested_at != 0)
    linkage_statement_bind_int (statement, first + 5, latest->requested_at);
  else
    linkage_statement_bind_null (statement, first + 5);
  lend_key (statement, first + 6, keys->comments);
}

/* row_id: (inout): 0 for a row that there never was */
static gboolean
write_row (LinkageDatabase *database,
           const LinkageConnection *connection,
           const LinkageSortKeys *keys,
           gint64 revision,
           gint64 generation,
           gint64 *row_id,
           GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database,
    "INSERT INTO connection (row_id, id, revision, generation, customer_id, customer_name, customer_country,"
    " accepts_requests, origin, status, status_label, requests_used, was_rejected, actions, seen_at, missing,"
    " used_is_minimum, filter_text, sort_customer, sort_actions, sort_status, sort_email, sort_date, sort_comments)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET (revision, generation, removed, removed_at, customer_id, customer_name, "
    "customer_country,"
    " accepts_requests, origin, status, status_label, requests_used, was_rejected, actions, seen_at, missing,"
    " used_is_minimum, filter_text, sort_customer, sort_actions, sort_status, sort_email, sort_date, sort_comments) ="
    " (excluded.revision, excluded.generation, 0, NULL, excluded.customer_id, excluded.customer_name,"
    " excluded.customer_country, excluded.accepts_requests, excluded.origin, excluded.status, excluded.status_label,"
    " excluded.requests_used, excluded.was_rejected, excluded.actions, excluded.seen_at, excluded.missing,"
    " excluded.used_is_minimum, excluded.filter_text, excluded.sort_customer, excluded.sort_actions,"
    " excluded.sort_status, excluded.sort_email, excluded.sort_date, excluded.sort_comments)",
    error);

  if (statement == NULL)
    return FALSE;

  if (*row_id != 0)
    linkage_statement_bind_int (statement, 0, *row_id);
  linkage_statement_lend_text (statement, 1, connection->id);
  linkage_statement_bind_int (statement, 2, revision);
  linkage_statement_bind_int (statement, 3, generation);
  linkage_statement_lend_text (statement, 4, connection->customer->id);
  linkage_statement_lend_text (statement, 5, connection->customer->name);
  linkage_statement_lend_text (statement, 6, connection->customer->country);
  linkage_statement_bind_int (statement, 7, connection->customer->accepts_requests);
  linkage_statement_lend_text (statement, 8, linkage_origin_to_string (connection->origin));
  linkage_statement_lend_text (statement, 9, linkage_status_to_string (connection->status));
  linkage_statement_lend_text (statement, 10, connection->status_label);
  linkage_statement_bind_int (statement, 11, connection->requests_used);
  linkage_statement_bind_int (statement, 12, connection->was_rejected);
  linkage_statement_bind_int (statement, 13, connection->actions);
  linkage_statement_bind_int (statement, 14, connection->seen_at);
  linkage_statement_bind_int (statement, 15, connection->is_missing);
  linkage_statement_bind_int (statement, 16, connection->requests_used_is_minimum);
  bind_sort_columns (statement, 17, connection, keys);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  if (*row_id == 0)
    *row_id = linkage_database_get_last_insert_id (database);

  return TRUE;
}

static gboolean
forget_tombstone (LinkageDatabase *database, const char *id, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "DELETE FROM tombstone WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, id);

  return linkage_statement_run (statement, error);
}

/* What a connection was before it is written anew. */
static gboolean
forget_former (LinkageDatabase *database, const char *id, gint64 row_id, GError **error)
{
  return run_for_row (database, "DELETE FROM customer_entry WHERE row_id = ?", row_id, error) &&
         run_for_row (database, "DELETE FROM attempt WHERE row_id = ?", row_id, error) &&
         forget_tombstone (database, id, error);
}

/*
 * linkage_connection_table_write_with_keys:
 * @keys: of @connection
 * @record: what linkage_connection_table_look_up() found
 * @revision: what it is written with, whatever @connection says
 * @row_id: (out): the row that it has
 *
 * Writes a whole connection; one that was marked as removed is there again.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_write_with_keys (LinkageDatabase *database,
                                          const LinkageConnection *connection,
                                          const LinkageSortKeys *keys,
                                          const LinkageConnectionRecord *record,
                                          gint64 revision,
                                          gint64 generation,
                                          gint64 *row_id,
                                          GError **error)
{
  *row_id = record->row_id;
  if (record->exists && !forget_former (database, connection->id, record->row_id, error))
    return FALSE;

  return write_row (database, connection, keys, revision, generation, row_id, error) &&
         write_entries (database, *row_id, connection->customer->entries, error) &&
         write_attempts (database, *row_id, connection->attempts, error);
}

/*
 * linkage_connection_table_write:
 *
 * Makes the keys of a connection and writes it as linkage_connection_table_write_with_keys() does.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_write (LinkageDatabase *database,
                                const LinkageConnection *connection,
                                const LinkageConnectionRecord *record,
                                gint64 generation,
                                gint64 *row_id,
                                GError **error)
{
  g_auto (LinkageSortKeys) keys = { NULL };

  linkage_sort_keys_init (&keys, connection);

  return linkage_connection_table_write_with_keys (database, connection, &keys, record, connection->revision,
                                                   generation, row_id, error);
}

/*
 * linkage_connection_table_mark_seen:
 *
 * Notes that a reading from the beginning has met a row.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_mark_seen (LinkageDatabase *database, gint64 row_id, gint64 generation, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "UPDATE connection SET generation = ? WHERE row_id = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, generation);
  linkage_statement_bind_int (statement, 1, row_id);

  return linkage_statement_run (statement, error);
}

/* What had any attempt is kept for reading, and when it went; only once, however often it is said. */
#define KEEP_IF_ASKED                                                                                                  \
  "removed_at = iif (generation >= ? AND EXISTS (SELECT 1 FROM attempt WHERE attempt.row_id = connection.row_id),"     \
  " coalesce (removed_at, ?), NULL)"

static void
bind_removal (LinkageStatement *statement, const LinkageRemoval *removal)
{
  linkage_statement_bind_int (statement, 0, removal->kept_since);
  linkage_statement_bind_int (statement, 1, removal->at);
}

/*
 * linkage_connection_table_bury:
 * @record: what linkage_connection_table_look_up() found
 *
 * Marks a connection as removed and remembers the revision in which it was.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_bury (LinkageDatabase *database,
                               const char *id,
                               const LinkageConnectionRecord *record,
                               gint64 revision,
                               gint64 generation,
                               const LinkageRemoval *removal,
                               GError **error)
{
  g_autoptr (LinkageStatement) mark = linkage_statement_get (
    database, "UPDATE connection SET " KEEP_IF_ASKED ", removed = 1, revision = ?, generation = ? WHERE id = ?", error);
  g_autoptr (LinkageStatement) remember = NULL;

  if (mark == NULL)
    return FALSE;

  bind_removal (mark, removal);
  linkage_statement_bind_int (mark, 2, revision);
  linkage_statement_bind_int (mark, 3, generation);
  linkage_statement_bind_text (mark, 4, id);
  if (!linkage_statement_run (mark, error))
    return FALSE;
  if (linkage_database_get_n_changes (database) > 0)
    return TRUE;

  remember = linkage_statement_get (database, "INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?, ?)", error);
  if (remember == NULL)
    return FALSE;

  linkage_statement_bind_text (remember, 0, id);
  linkage_statement_bind_int (remember, 1, revision);
  linkage_statement_bind_int (remember, 2, generation);
  if (record->row_id != 0)
    linkage_statement_bind_int (remember, 3, record->row_id);

  return linkage_statement_run (remember, error);
}

/*
 * linkage_connection_table_bury_unseen:
 *
 * Marks as removed what was last seen before @generation.
 *
 * Returns: (transfer full) (element-type gint64): the ids of the rows, or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
GArray *
linkage_connection_table_bury_unseen (LinkageDatabase *database,
                                      gint64 generation,
                                      const LinkageRemoval *removal,
                                      GError **error)
{
  g_autoptr (GArray) row_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database,
    "UPDATE connection SET " KEEP_IF_ASKED ", removed = 1 WHERE removed = 0 AND generation < ? RETURNING row_id",
    error);
  LinkageStep step;

  if (statement == NULL)
    return NULL;

  bind_removal (statement, removal);
  linkage_statement_bind_int (statement, 2, generation);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      gint64 row_id = linkage_statement_get_int (statement, 0);

      g_array_append_val (row_ids, row_id);
    }

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&row_ids) : NULL;
}

/*
 * linkage_connection_table_purge:
 *
 * Deletes a row that is marked as removed and not kept; any other stays. Its id and revision are remembered.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_purge (LinkageDatabase *database, gint64 row_id, GError **error)
{
  return run_for_row (database,
                      "INSERT OR REPLACE INTO tombstone SELECT id, revision, generation, row_id FROM connection"
                      " WHERE removed = 1 AND removed_at IS NULL AND row_id = ?",
                      row_id, error) &&
         run_for_row (database, "DELETE FROM connection WHERE removed = 1 AND removed_at IS NULL AND row_id = ?",
                      row_id, error);
}

/*
 * linkage_connection_table_purge_all:
 *
 * Deletes all rows that are marked as removed and not kept, when nobody can be showing one.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_table_purge_all (LinkageDatabase *database, GError **error)
{
  return linkage_database_execute (
    database,
    "INSERT OR REPLACE INTO tombstone SELECT id, revision, generation, row_id FROM connection WHERE removed = 1"
    " AND removed_at IS NULL;"
    "DELETE FROM connection WHERE removed = 1 AND removed_at IS NULL",
    error);
}

/*
 * linkage_connection_table_rebuild_keys:
 *
 * Makes all keys of texts anew, for another collation.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean
linkage_connection_table_rebuild_keys (LinkageDatabase *database, GError **error)
{
  enum
  {
    ROW_ID,
    NAME,
    COMMENT,
  };
  g_autoptr (LinkageStatement) select = linkage_statement_get (
    database,
    "SELECT row_id, customer_name, (SELECT comment FROM attempt WHERE attempt.row_id = connection.row_id"
    " ORDER BY position DESC LIMIT 1) FROM connection ORDER BY row_id",
    error);
  g_autoptr (LinkageStatement) update = linkage_statement_get (
    database, "UPDATE connection SET sort_customer = ?, sort_comments = ? WHERE row_id = ?", error);
  LinkageStep step;

  if (select == NULL || update == NULL)
    return FALSE;

  while ((step = linkage_statement_step (select, error)) == LINKAGE_STEP_ROW)
    {
      g_autofree char *name = linkage_sort_keys_make_text_key (linkage_statement_get_text (select, NAME));
      g_autofree char *comment = linkage_sort_keys_make_text_key (linkage_statement_get_text (select, COMMENT));

      lend_key (update, 0, name != NULL ? name : "");
      lend_key (update, 1, comment);
      linkage_statement_bind_int (update, 2, linkage_statement_get_int (select, ROW_ID));
      if (!linkage_statement_run (update, error))
        return FALSE;
    }

  return step == LINKAGE_STEP_DONE;
}
