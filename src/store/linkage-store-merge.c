/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-merge.h"

#include "linkage-backup-file.h"
#include "linkage-connection-table.h"
#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"

/* A row of the other account in its own file. */
#define GOING_ROW "(SELECT row_id FROM going.connection WHERE id = ?2 AND removed = 0)"

typedef struct
{
  char *path;                   /* (owned): the store's file */
  char *going_path;             /* (owned): that of the account that goes */
  char *going_id;               /* (owned): its local id */
  LinkageCompanionMerge *merge; /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->going_path);
  g_free (job->going_id);
  linkage_companion_merge_unref (job->merge);
  g_free (job);
}

static gboolean
read_number (LinkageDatabase *database, const char *sql, const char *text, gint64 *number, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, sql, error);

  if (statement == NULL)
    return FALSE;
  if (text != NULL)
    linkage_statement_bind_text (statement, 0, text);

  switch (linkage_statement_step (statement, error))
    {
    case LINKAGE_STEP_ROW:
      *number = linkage_statement_get_int (statement, 0);
      return TRUE;
    case LINKAGE_STEP_DONE:
      *number = -1;
      return TRUE;
    case LINKAGE_STEP_ERROR:
    default:
      return FALSE;
    }
}

static gboolean
set_too_late (const char *id, GError **error)
{
  g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE, "%s was changed meanwhile", id);

  return FALSE;
}

/* Whether a row is what the merge was made from. connection: (nullable) */
static gboolean
check_row (LinkageDatabase *database,
           const char *sql,
           const LinkageConnection *connection,
           gint64 *n_rows,
           GError **error)
{
  gint64 revision;

  if (connection == NULL)
    return TRUE;
  if (!read_number (database, sql, connection->id, &revision, error))
    return FALSE;

  (*n_rows)++;

  return revision == connection->revision || set_too_late (connection->id, error);
}

/* Rows may have come since, too. */
static gboolean
check (LinkageDatabase *database, const Job *job, GError **error)
{
  gint64 n_stays = 0;
  gint64 n_goes = 0;
  gint64 n_rows = 0;
  gint64 n_going_rows = 0;

  for (guint i = 0; i < job->merge->pairs->len; i++)
    {
      const LinkageMergePair *pair = g_ptr_array_index (job->merge->pairs, i);

      if (!check_row (database, "SELECT revision FROM main.connection WHERE id = ? AND removed = 0", pair->stays,
                      &n_stays, error) ||
          !check_row (database, "SELECT revision FROM going.connection WHERE id = ? AND removed = 0", pair->goes,
                      &n_goes, error))
        return FALSE;
    }
  if (!read_number (database, "SELECT count (*) FROM main.connection WHERE removed = 0", NULL, &n_rows, error) ||
      !read_number (database, "SELECT count (*) FROM going.connection WHERE removed = 0", NULL, &n_going_rows, error))
    return FALSE;

  return (n_rows == n_stays && n_going_rows == n_goes) || set_too_late (job->going_id, error);
}

/* What both say of the customer, in the order in which it came about, behind what was there: first_copy comes before
 * the numbers that the other account's copies have here. */
static gboolean
join_history (LinkageDatabase *database,
              gint64 row_id,
              const char *going_row,
              gint64 last_change,
              gint64 first_copy,
              GError **error)
{
  g_autoptr (LinkageStatement) add = linkage_statement_get (
    database,
    "INSERT INTO main.change (row_id, copy, at, kind, former, present) SELECT ?1, copy, at, kind, former, present FROM"
    " (SELECT 0 AS side, position, copy, at, kind, former, present FROM main.change WHERE row_id = ?1 UNION ALL"
    " SELECT 1, position, iif (copy > 0, copy + ?3, copy), at, kind, former, present FROM going.change"
    " WHERE row_id = " GOING_ROW ") ORDER BY at, side, position",
    error);
  g_autoptr (LinkageStatement) forget =
    linkage_statement_get (database, "DELETE FROM main.change WHERE row_id = ? AND position <= ?", error);

  if (add == NULL || forget == NULL)
    return FALSE;

  linkage_statement_bind_int (add, 0, row_id);
  linkage_statement_bind_text (add, 1, going_row);
  linkage_statement_bind_int (add, 2, first_copy);
  linkage_statement_bind_int (forget, 0, row_id);
  linkage_statement_bind_int (forget, 1, last_change);

  return linkage_statement_run (add, error) && linkage_statement_run (forget, error);
}

/* Ids are made for all accounts alike, but a person may have copied an account's files. */
static gboolean
give_new_id (LinkageDatabase *database, LinkageConnection *row, LinkageConnectionRecord *record, GError **error)
{
  g_free (row->id);
  row->id = g_uuid_string_random ();

  return linkage_connection_table_look_up (database, row->id, record, error);
}

/* A row that is removed is written first, so that what is kept of it is all that is known. */
static gboolean
write_pair (LinkageDatabase *database,
            const LinkageMergePair *pair,
            gint64 last_change,
            gint64 first_copy,
            LinkageStoreEffects *effects,
            GError **error)
{
  LinkageRemoval removal = { .at = linkage_store_get_now () };
  gboolean is_removed = pair->outcome.fate == LINKAGE_MERGE_REMOVED;
  g_autoptr (LinkageConnection) row = linkage_merge_pair_make_row (pair, linkage_store_get_now ());
  LinkageConnectionRecord record;
  gint64 row_id;

  if (pair->goes == NULL && !is_removed)
    return TRUE;
  if (!linkage_connection_table_look_up (database, row->id, &record, error) ||
      (pair->stays == NULL && record.exists && !give_new_id (database, row, &record, error)))
    return FALSE;

  row->revision = MAX (record.revision, row->revision) + 1;
  if (!linkage_connection_table_write (database, row, &record, 0, &row_id, error) ||
      (pair->goes != NULL && !join_history (database, row_id, pair->goes->id, last_change, first_copy, error)) ||
      (is_removed && !linkage_connection_table_bury (database, row->id, &record, row->revision, 0, &removal, error)))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, is_removed);

  return TRUE;
}

/* No import can be taken back over a merge: its rows are not any more what they were after it. */
static gboolean
write_others (LinkageDatabase *database, const Job *job, gint64 first_copy, GError **error)
{
  static const char sql[] = "DELETE FROM main.former; DELETE FROM main.former_attempt;"
                            "UPDATE main.copy SET can_undo = 0 WHERE can_undo;"
                            "INSERT OR IGNORE INTO main.heading SELECT heading, field FROM going.heading;"
                            "INSERT OR IGNORE INTO main.to_ask (name, folded_name)"
                            " SELECT name, folded_name FROM going.to_ask ORDER BY position;";
  g_autoptr (LinkageStatement) copies = NULL;
  g_autoptr (LinkageStatement) searches = NULL;
  g_autoptr (LinkageStatement) gone = NULL;

  if (!linkage_database_execute (database, sql, error))
    return FALSE;

  copies = linkage_statement_get (database,
                                  "INSERT INTO main.copy SELECT number + ?, copied_at, imported_at, n_new, n_changed,"
                                  " n_unchanged, n_not_understood, n_missing, 0, 0 FROM going.copy",
                                  error);
  searches = linkage_statement_get (
    database, "UPDATE main.account SET searches_used = max (searches_limit - ?, searches_used)", error);
  gone = linkage_statement_get (database, "INSERT OR REPLACE INTO main.tombstone VALUES (?, 0, 0, NULL)", error);
  if (copies == NULL || searches == NULL || gone == NULL)
    return FALSE;

  linkage_statement_bind_int (copies, 0, first_copy);
  linkage_statement_bind_int (searches, 0, job->merge->searches_left);
  linkage_statement_bind_text (gone, 0, job->going_id);

  return linkage_statement_run (copies, error) && linkage_statement_run (searches, error) &&
         linkage_statement_run (gone, error) &&
         linkage_database_execute (
           database,
           "UPDATE main.reading SET updated_at = (SELECT coalesce (max (copied_at), 0)"
           " FROM main.copy), total = (SELECT count (*) FROM main.connection WHERE removed = 0)",
           error);
}

static gboolean
write_all (LinkageDatabase *database, const Job *job, LinkageStoreEffects *effects, GError **error)
{
  gint64 last_change = 0;
  gint64 first_copy = 0;

  if (!check (database, job, error) ||
      !read_number (database, "SELECT coalesce (max (position), 0) FROM main.change", NULL, &last_change, error) ||
      !read_number (database, "SELECT coalesce (max (seq), 0) FROM main.sqlite_sequence WHERE name = 'copy'", NULL,
                    &first_copy, error))
    return FALSE;

  for (guint i = 0; i < job->merge->pairs->len; i++)
    {
      if (!write_pair (database, g_ptr_array_index (job->merge->pairs, i), last_change, first_copy, effects, error))
        return FALSE;
    }
  effects->account_changed = TRUE;

  return write_others (database, job, first_copy, error);
}

static gboolean
write_in_one (LinkageDatabase *database, const Job *job, LinkageStoreEffects *effects, GError **error)
{
  if (linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, error) && write_all (database, job, effects, error) &&
      linkage_database_commit (database, error))
    return TRUE;

  linkage_database_rollback (database);

  return FALSE;
}

static gboolean
attach (LinkageDatabase *database, const char *path, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "ATTACH ? AS going", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, path);

  return linkage_statement_run (statement, error);
}

static gboolean
merge (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Job *job = data;
  gboolean success;

  if (!linkage_backup_file_make (job->path, database, error) || !attach (database, job->going_path, error))
    return FALSE;

  success = write_in_one (database, job, effects, error);
  linkage_database_execute (database, "DETACH going", success ? error : NULL);

  return success;
}

/**
 * linkage_store_merge_async:
 * @self: the store of the account that stays
 * @plan: what the merge does; a reference is taken
 * @going: the store of the account that goes, which is only read
 * @going_id: that account's local id
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Makes a backup, then writes all that another account has into this one, in one transaction: its rows with their
 * history, its copies, headings and customers to ask. What is removed is only marked. It fails with TOO_LATE, and
 * nothing is written, when a row of either is not any more what @plan was made from. To be ended with
 * linkage_store_companion_finish().
 */
void
linkage_store_merge_async (LinkageStore *self,
                           LinkageCompanionMerge *plan,
                           LinkageStore *going,
                           const char *going_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (LINKAGE_IS_STORE (self) && LINKAGE_IS_STORE (going) && self != going);
  g_return_if_fail (plan != NULL && going_id != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  job = g_new0 (Job, 1);
  job->path = g_strdup (linkage_store_get_path (self));
  job->going_path = g_strdup (linkage_store_get_path (going));
  job->going_id = g_strdup (going_id);
  job->merge = linkage_companion_merge_ref (plan);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_merge_async);
  g_task_set_task_data (task, job, job_free);
  linkage_store_work (self, task, merge);
}

/**
 * linkage_store_look_for_merged:
 * @path: the file of a store that is not open
 * @going_id: the local id of another account
 * @is_merged: (out): whether that one was merged into it
 * @error: return location for an error of LINKAGE_STORE_ERROR: BUSY when another process has it open
 *
 * Finds out, after a sudden end, whether a merge was written. Blocks.
 *
 * Returns: whether it is known
 */
gboolean
linkage_store_look_for_merged (const char *path, const char *going_id, gboolean *is_merged, GError **error)
{
  g_autoptr (LinkageStoreLock) lock = NULL;
  g_autoptr (LinkageDatabase) database = NULL;
  gint64 found = -1;

  g_return_val_if_fail (path != NULL && going_id != NULL && is_merged != NULL, FALSE);

  lock = linkage_store_lock_acquire (path, error);
  if (lock == NULL)
    return FALSE;

  database = linkage_store_file_open_writer (path, FALSE, TRUE, NULL, error);
  if (database == NULL ||
      !read_number (database, "SELECT count (*) FROM tombstone WHERE id = ?", going_id, &found, error) ||
      !linkage_database_close (database, error))
    {
      linkage_store_error_translate (error);
      return FALSE;
    }

  *is_merged = found > 0;

  return TRUE;
}
