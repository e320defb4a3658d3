/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-copy-writer.h"

#include "linkage-change-table.h"
#include "linkage-connection-table.h"
#include "linkage-copy-table.h"
#include "linkage-row-history.h"
#include "linkage-sort-key-feed.h"
#include "linkage-statement.h"
#include "linkage-store-error.h"

/* Rows that are read at once. */
#define CHUNK 500

static gboolean
record_changes (LinkageDatabase *database,
                const LinkageConnection *former,
                const LinkageConnection *present,
                gint64 row_id,
                gint64 copied_at,
                gint64 number,
                GError **error)
{
  g_autoptr (GPtrArray) changes = linkage_row_history_compare (former, present, copied_at, number);

  for (guint i = 0; i < changes->len; i++)
    {
      if (!linkage_change_table_add (database, row_id, g_ptr_array_index (changes, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_new (LinkageDatabase *database,
           const LinkageConnection *connection,
           const LinkageSortKeys *keys,
           const LinkageConnectionRecord *record,
           LinkageStoreEffects *effects,
           GError **error)
{
  gint64 row_id;

  if (!linkage_connection_table_write_with_keys (database, connection, keys, record, 1, 0, &row_id, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

static gboolean
write_changed (LinkageDatabase *database,
               const LinkageConnection *connection,
               const LinkageSortKeys *keys,
               const LinkageConnection *former,
               const LinkageConnectionRecord *record,
               gint64 number,
               LinkageStoreEffects *effects,
               GError **error)
{
  gint64 row_id;

  /* The plan was made from what the row was then. */
  if (!record->is_shown || former == NULL || former->revision != connection->revision)
    {
      g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE, "%s was changed meanwhile",
                   connection->id);
      return FALSE;
    }

  if (!linkage_copy_table_keep_former (database, record->row_id, TRUE, error) ||
      !linkage_connection_table_write_with_keys (database, connection, keys, record, connection->revision + 1, 0,
                                                 &row_id, error) ||
      !record_changes (database, former, connection, row_id, connection->seen_at, number, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

/* What of some rows is there already. formers: (element-type gint64 LinkageConnection): by their row ids */
static gboolean
read_formers (LinkageDatabase *database,
              const LinkageConnectionRecord *records,
              guint n_records,
              GHashTable *formers,
              GError **error)
{
  gint64 row_ids[CHUNK];
  g_autoptr (GArray) rows = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < n_records; i++)
    {
      if (records[i].exists && records[i].row_id != 0)
        row_ids[n_rows++] = records[i].row_id;
    }

  rows = linkage_connection_table_read (database, row_ids, n_rows, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LinkageStoredConnection *stored = &g_array_index (rows, LinkageStoredConnection, i);

      g_hash_table_insert (formers, g_memdup2 (&stored->row_id, sizeof stored->row_id),
                           linkage_connection_ref (stored->connection));
    }

  return rows != NULL;
}

static gboolean
look_up (LinkageDatabase *database,
         gpointer *connections,
         guint n_connections,
         LinkageConnectionRecord *records,
         GError **error)
{
  for (guint i = 0; i < n_connections; i++)
    {
      const LinkageConnection *connection = connections[i];

      if (!linkage_connection_table_look_up (database, connection->id, &records[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_chunk (LinkageDatabase *database,
             gpointer *connections,
             guint n_connections,
             gboolean is_first,
             LinkageSortKeyFeed *feed,
             gint64 number,
             LinkageStoreEffects *effects,
             GError **error)
{
  LinkageConnectionRecord records[CHUNK] = { { 0 } };
  g_autoptr (GHashTable) formers =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)linkage_connection_unref);

  if (!is_first && (!look_up (database, connections, n_connections, records, error) ||
                    !read_formers (database, records, n_connections, formers, error)))
    return FALSE;

  for (guint i = 0; i < n_connections; i++)
    {
      const LinkageConnection *former = g_hash_table_lookup (formers, &records[i].row_id);
      const LinkageSortKeys *keys = linkage_sort_key_feed_get_next (feed);

      if (records[i].exists
            ? !write_changed (database, connections[i], keys, former, &records[i], number, effects, error)
            : !write_new (database, connections[i], keys, &records[i], effects, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * linkage_copy_writer_write:
 * @connections: (element-type LinkageConnection): new rows, and changed ones with the revision that they are known in
 * @number: which copy it is
 * @is_first: whether no row was ever there, so that all are new
 *
 * Writes rows with what is different in their history, and keeps what they were.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR, or LINKAGE_STORE_ERROR: TOO_LATE when a row was changed since
 */
gboolean
linkage_copy_writer_write (LinkageDatabase *database,
                           const GPtrArray *connections,
                           gint64 number,
                           gboolean is_first,
                           LinkageStoreEffects *effects,
                           GError **error)
{
  g_autoptr (LinkageSortKeyFeed) feed = NULL;
  gint64 last_row;

  if (!linkage_connection_table_get_last (database, &last_row, error))
    return FALSE;

  feed = linkage_sort_key_feed_new (connections);
  for (guint first = 0; first < connections->len; first += CHUNK)
    {
      if (!write_chunk (database, connections->pdata + first, MIN (CHUNK, connections->len - first), is_first, feed,
                        number, effects, error))
        return FALSE;
    }

  return linkage_copy_table_keep_new (database, last_row, error);
}

static gboolean
mark (LinkageDatabase *database, gint64 row_id, gint64 seen_at, gboolean missing, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "UPDATE connection SET seen_at = max (seen_at, ?), missing = ? WHERE row_id = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, seen_at);
  linkage_statement_bind_int (statement, 1, missing);
  linkage_statement_bind_int (statement, 2, row_id);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_copy_writer_mark:
 * @ids: (element-type utf8): of rows
 * @copied_at: when the copy was made, Unix seconds
 * @number: which copy it is
 * @missing: whether a whole table did not have them; else they were seen again as they were
 *
 * Notes which rows a copy has nothing new of. One that is there no more is no error.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_copy_writer_mark (LinkageDatabase *database,
                          const GPtrArray *ids,
                          gint64 copied_at,
                          gint64 number,
                          gboolean missing,
                          LinkageStoreEffects *effects,
                          GError **error)
{
  g_autoptr (LinkageRowChange) change =
    linkage_row_change_new (LINKAGE_ROW_CHANGE_MISSING, copied_at, number, NULL, "missing");

  for (guint i = 0; i < ids->len; i++)
    {
      LinkageConnectionRecord record;

      if (!linkage_connection_table_look_up (database, g_ptr_array_index (ids, i), &record, error))
        return FALSE;
      if (!record.is_shown)
        continue;
      if (!linkage_copy_table_keep_former (database, record.row_id, FALSE, error) ||
          !mark (database, record.row_id, missing ? 0 : copied_at, missing, error) ||
          (missing && !linkage_change_table_add (database, record.row_id, change, error)))
        return FALSE;
      linkage_store_effects_add_row (effects, record.row_id, FALSE);
    }

  return TRUE;
}
