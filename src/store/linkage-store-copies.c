/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-companion.h"

#include "linkage-by-hand.h"
#include "linkage-change-table.h"
#include "linkage-connection-indexes.h"
#include "linkage-connection-table.h"
#include "linkage-copy-table.h"
#include "linkage-copy-writer.h"
#include "linkage-local-table.h"
#include "linkage-statement.h"
#include "linkage-store-private.h"

/* Rows that are read at once. */
#define CHUNK 500
/* From so many rows on, when they are most of the table, its indexes are made anew, after the rows are there. */
#define MANY_ROWS 10000

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
update_reading (LinkageDatabase *database, LinkageStoreEffects *effects, GError **error)
{
  effects->account_changed = TRUE;

  return linkage_database_execute (database,
                                   "UPDATE reading SET updated_at = (SELECT coalesce (max (copied_at), 0) FROM copy),"
                                   " total = (SELECT count (*) FROM connection WHERE removed = 0)",
                                   error);
}

static gboolean
count_rows (LinkageDatabase *database, gint64 *n_rows, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "SELECT (SELECT count (*) FROM connection) + (SELECT count (*) FROM tombstone)", error);

  if (statement == NULL || linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *n_rows = linkage_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
write_rows (LinkageDatabase *database,
            const GPtrArray *rows,
            gint64 number,
            LinkageStoreEffects *effects,
            GError **error)
{
  gint64 n_known;

  if (!count_rows (database, &n_known, error))
    return FALSE;
  if (rows->len >= MANY_ROWS && rows->len >= n_known / 2 && !linkage_connection_indexes_drop (database, error))
    return FALSE;

  return linkage_copy_writer_write (database, rows, number, n_known == 0, effects, error);
}

static gboolean
write_all (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Import *import = data;
  const LinkageCopy *copy = import->copy;
  gint64 number;

  return linkage_copy_table_begin (database, copy, linkage_store_get_now (), &number, error) &&
         write_rows (database, copy->written, number, effects, error) &&
         linkage_copy_writer_mark (database, copy->unchanged, copy->copied_at, number, FALSE, effects, error) &&
         linkage_copy_writer_mark (database, copy->missing, copy->copied_at, number, TRUE, effects, error) &&
         linkage_copy_table_end (database, number, error) &&
         (import->headings == NULL || linkage_local_table_remember_headings (database, import->headings, error)) &&
         update_reading (database, effects, error);
}

/* Rows come in no order of the indexes: pages that do not fit into the cache would be written many times over. */
static gboolean
with_large_cache (LinkageDatabase *database,
                  LinkageStoreWriteFunc func,
                  gpointer data,
                  LinkageStoreEffects *effects,
                  GError **error)
{
  gboolean success;

  if (!linkage_database_execute (database, "PRAGMA cache_size=-131072", error))
    return FALSE;

  success = func (database, data, effects, error);
  linkage_database_execute (database, "PRAGMA cache_size=-2000", success ? error : NULL);

  return success;
}

static gboolean
write_copy (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return with_large_cache (database, write_all, data, effects, error);
}

static gboolean
create_indexes (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return linkage_connection_indexes_create (database, error);
}

static gboolean
write_indexes (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return with_large_cache (database, create_indexes, data, effects, error);
}

static void
on_indexes_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_store_companion_finish (LINKAGE_STORE (source), result, &error))
    g_info ("The indexes are made when the store is opened next: %s", error->message);
}

/* Behind the transaction of the rows, which can be shown and are safe before: orders only take longer meanwhile. Where
 * this does not come to its end, opening the store makes up for it. */
static void
make_indexes (LinkageStore *self)
{
  GTask *task = g_task_new (self, NULL, on_indexes_made, NULL);

  g_task_set_source_tag (task, make_indexes);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, task, write_indexes);
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
    {
      linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_copy);
      make_indexes (self);
    }
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
take_back (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
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

static gboolean
write_undo (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return with_large_cache (database, take_back, data, effects, error);
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
