/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-companion.h"

#include "linkage-by-hand.h"
#include "linkage-change-table.h"
#include "linkage-connection-table.h"
#include "linkage-copy-table.h"
#include "linkage-local-table.h"
#include "linkage-reading.h"
#include "linkage-row-history.h"
#include "linkage-statement.h"
#include "linkage-store-private.h"

/* Rows that are read at once. */
#define CHUNK 500

typedef struct
{
  LinkageCopy *copy;    /* (owned) */
  GHashTable *headings; /* (owned) (nullable) */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  linkage_copy_unref (import->copy);
  g_clear_pointer (&import->headings, g_hash_table_unref);
  g_free (import);
}

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
           const LinkageConnectionRecord *record,
           LinkageStoreEffects *effects,
           GError **error)
{
  g_autoptr (LinkageConnection) written = linkage_connection_copy (connection);
  gint64 row_id;

  written->revision = 1;
  if (!linkage_connection_table_write (database, written, record, 0, &row_id, error) ||
      !linkage_copy_table_keep_new (database, row_id, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

static LinkageConnection *
read_row (LinkageDatabase *database, gint64 row_id, GError **error)
{
  g_autoptr (GArray) rows = linkage_connection_table_read (database, &row_id, 1, error);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error_literal (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no such row");
      return NULL;
    }

  return linkage_connection_ref (g_array_index (rows, LinkageStoredConnection, 0).connection);
}

static gboolean
write_changed (LinkageDatabase *database,
               const LinkageConnection *connection,
               const LinkageConnectionRecord *record,
               gint64 number,
               LinkageStoreEffects *effects,
               GError **error)
{
  g_autoptr (LinkageConnection) former = NULL;
  g_autoptr (LinkageConnection) written = NULL;
  gint64 row_id;

  /* The plan was made from what the row was then. */
  if (!record->is_shown || record->revision != connection->revision)
    {
      g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE, "%s was changed meanwhile",
                   connection->id);
      return FALSE;
    }

  former = read_row (database, record->row_id, error);
  if (former == NULL)
    return FALSE;

  written = linkage_connection_copy (connection);
  written->revision++;
  if (!linkage_copy_table_keep_former (database, record->row_id, TRUE, error) ||
      !linkage_connection_table_write (database, written, record, 0, &row_id, error) ||
      !record_changes (database, former, written, row_id, written->seen_at, number, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

static gboolean
write_rows (LinkageDatabase *database,
            const GPtrArray *connections,
            gint64 number,
            LinkageStoreEffects *effects,
            GError **error)
{
  for (guint i = 0; i < connections->len; i++)
    {
      const LinkageConnection *connection = g_ptr_array_index (connections, i);
      LinkageConnectionRecord record;

      if (!linkage_connection_table_look_up (database, connection->id, &record, error))
        return FALSE;
      if (record.exists ? !write_changed (database, connection, &record, number, effects, error)
                        : !write_new (database, connection, &record, effects, error))
        return FALSE;
    }

  return TRUE;
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

/* Rows that were seen again as they were, or that a whole table did not have. */
static gboolean
mark_rows (LinkageDatabase *database,
           const GPtrArray *ids,
           const LinkageCopy *copy,
           gint64 number,
           gboolean missing,
           LinkageStoreEffects *effects,
           GError **error)
{
  g_autoptr (LinkageRowChange) change =
    linkage_row_change_new (LINKAGE_ROW_CHANGE_MISSING, copy->copied_at, number, NULL, "missing");

  for (guint i = 0; i < ids->len; i++)
    {
      LinkageConnectionRecord record;

      if (!linkage_connection_table_look_up (database, g_ptr_array_index (ids, i), &record, error))
        return FALSE;
      if (!record.is_shown)
        continue;
      if (!linkage_copy_table_keep_former (database, record.row_id, FALSE, error) ||
          !mark (database, record.row_id, missing ? 0 : copy->copied_at, missing, error) ||
          (missing && !linkage_change_table_add (database, record.row_id, change, error)))
        return FALSE;
      linkage_store_effects_add_row (effects, record.row_id, FALSE);
    }

  return TRUE;
}

static gboolean
update_reading (LinkageDatabase *database, LinkageStoreEffects *effects, GError **error)
{
  effects->account_changed = TRUE;

  return linkage_database_execute (database,
                                   "UPDATE reading SET updated_at = (SELECT coalesce (max (copied_at), 0) FROM copy),"
                                   " total = (SELECT count (*) FROM connection WHERE removed = 0)",
                                   error);
}

static gboolean
write_all (LinkageDatabase *database, const Import *import, LinkageStoreEffects *effects, GError **error)
{
  const LinkageCopy *copy = import->copy;
  gint64 number;

  return linkage_copy_table_begin (database, copy, linkage_store_get_now (), &number, error) &&
         write_rows (database, copy->written, number, effects, error) &&
         mark_rows (database, copy->unchanged, copy, number, FALSE, effects, error) &&
         mark_rows (database, copy->missing, copy, number, TRUE, effects, error) &&
         linkage_copy_table_end (database, number, error) &&
         (import->headings == NULL || linkage_local_table_remember_headings (database, import->headings, error)) &&
         update_reading (database, effects, error);
}

/* Rows come in no order of the indexes: pages that do not fit into the cache would be written many times over. */
static gboolean
write_copy (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  gboolean success;

  if (!linkage_database_execute (database, "PRAGMA cache_size=-131072", error))
    return FALSE;

  success = write_all (database, data, effects, error);
  linkage_database_execute (database, "PRAGMA cache_size=-2000", success ? error : NULL);

  return success;
}

static void
on_backup_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageStore *self = LINKAGE_STORE (source);
  GError *error = NULL;

  if (!linkage_store_make_backup_finish (self, result, &error))
    g_task_return_error (task, error);
  else
    linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_copy);
}

/**
 * linkage_store_apply_copy_async:
 * @copy: what a person brought; a reference is taken
 * @headings: (nullable) (element-type utf8 utf8): headings that were mapped by hand; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Makes a backup, then writes what was brought in one transaction, with what it changes of each row's history. It fails
 * with TOO_LATE, and nothing is written, when a row is not any more what @copy was made from.
 */
void
linkage_store_apply_copy_async (LinkageStore *self,
                                LinkageCopy *copy,
                                GHashTable *headings,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Import *import = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (copy != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  import = g_new0 (Import, 1);
  import->copy = linkage_copy_ref (copy);
  import->headings = headings != NULL ? g_hash_table_ref (headings) : NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_apply_copy_async);
  g_task_set_task_data (task, import, import_free);
  linkage_store_make_backup_async (self, cancellable, on_backup_made, g_object_ref (task));
}

/* What was done by hand since is done once more to what the row was. */
static gboolean
replay (LinkageDatabase *database, const LinkageStoredConnection *stored, const LinkageUndoRecord *undo, GError **error)
{
  g_autoptr (GPtrArray) changes = linkage_change_table_list (database, stored->row_id, undo->last_change, error);
  g_autoptr (LinkageConnection) row = NULL;
  LinkageConnectionRecord record;
  gint64 row_id;

  if (changes == NULL || !linkage_connection_table_look_up (database, stored->connection->id, &record, error))
    return FALSE;

  row = linkage_connection_copy (stored->connection);
  for (guint i = 0; i < changes->len; i++)
    {
      LinkageConnection *next = linkage_by_hand_replay (row, g_ptr_array_index (changes, i));

      if (next == NULL)
        continue;
      linkage_connection_unref (row);
      row = next;
    }
  row->revision = record.revision + 1;

  return linkage_connection_table_write (database, row, &record, 0, &row_id, error);
}

static gboolean
replay_all (LinkageDatabase *database, GArray *row_ids, const LinkageUndoRecord *undo, GError **error)
{
  for (guint first = 0; first < row_ids->len; first += CHUNK)
    {
      g_autoptr (GArray) rows = linkage_connection_table_read (database, &g_array_index (row_ids, gint64, first),
                                                               MIN (CHUNK, row_ids->len - first), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          if (!replay (database, &g_array_index (rows, LinkageStoredConnection, i), undo, error))
            return FALSE;
        }
    }

  return TRUE;
}

static void
add_effects (LinkageStoreEffects *effects, GArray *row_ids, gboolean gone)
{
  for (guint i = 0; i < row_ids->len; i++)
    linkage_store_effects_add_row (effects, g_array_index (row_ids, gint64, i), gone);
}

static gboolean
write_undo (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  g_autoptr (GArray) gone = NULL;
  g_autoptr (GArray) seen = NULL;
  g_autoptr (GArray) written = NULL;
  LinkageUndoRecord undo;

  if (!linkage_copy_table_find_undo (database, &undo, error))
    return FALSE;
  if (undo.number == 0)
    {
      g_set_error_literal (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is nothing to take back");
      return FALSE;
    }

  gone = linkage_copy_table_bury_new (database, &undo, error);
  seen = gone != NULL ? linkage_copy_table_restore_seen (database, error) : NULL;
  written = seen != NULL ? linkage_copy_table_restore_written (database, error) : NULL;
  if (written == NULL || !replay_all (database, written, &undo, error) ||
      !linkage_change_table_forget_copy (database, undo.number, error) ||
      !linkage_copy_table_forget (database, undo.number, error))
    return FALSE;

  add_effects (effects, seen, FALSE);
  add_effects (effects, gone, TRUE);

  return update_reading (database, effects, error);
}

/**
 * linkage_store_undo_copy_async:
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Takes the latest copy back: its rows are what they were before it, but what was done by hand since is done once more
 * to them. A new row of which something was written by hand stays. It fails with NOT_FOUND when the latest copy was
 * taken back already.
 */
void
linkage_store_undo_copy_async (LinkageStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_undo_copy_async);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, task, write_undo);
}

/**
 * linkage_store_companion_finish:
 *
 * Ends what any of the functions that write to a companion's store began.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: TOO_LATE or NOT_FOUND as they say, FULL, BUSY, CORRUPT or FAILED,
 *   when nothing was written; or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_companion_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_store_get_latest_copy:
 * @copy: (out) (transfer full) (nullable): what was brought last, without its rows; %NULL: nothing was yet
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_get_latest_copy (LinkageStore *self, LinkageCopy **copy, GError **error)
{
  LinkageDatabase *database = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (copy != NULL, FALSE);

  *copy = NULL;
  database = linkage_store_get_database (self, error);
  if (database != NULL && linkage_copy_table_read_latest (database, copy, error))
    return TRUE;

  linkage_store_fail (self, error);

  return FALSE;
}
