/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-companion.h"

#include <glib/gstdio.h>

#include "linkage-backup-file.h"
#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"

typedef struct
{
  char *path;   /* (owned): the store's file */
  char *backup; /* (owned) (nullable): what is restored; null: a backup is made */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->backup);
  g_free (job);
}

static GTask *
make_task (LinkageStore *self,
           const char *backup,
           gpointer source_tag,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (linkage_store_get_path (self));
  job->backup = g_strdup (backup);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, job_free);

  return task;
}

static gboolean
make_backup (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Job *job = data;

  return linkage_backup_file_make (job->path, database, error);
}

/*
 * linkage_store_make_backup_async:
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Copies the store as it is after all writes that wait.
 */
void
linkage_store_make_backup_async (LinkageStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = make_task (self, NULL, linkage_store_make_backup_async, cancellable, callback, user_data);

  linkage_store_work (self, task, make_backup);
}

/*
 * linkage_store_make_backup_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_make_backup_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
add_effects (LinkageDatabase *database, LinkageStoreEffects *effects, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT row_id, removed FROM connection", error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    linkage_store_effects_add_row (effects, linkage_statement_get_int (statement, 0),
                                   linkage_statement_get_int (statement, 1) != 0);
  effects->account_changed = TRUE;

  return step == LINKAGE_STEP_DONE;
}

/* Rows that the backup does not have are only marked, as lists show them still. What is told of a row goes with it. */
static gboolean
take_over (LinkageDatabase *database, LinkageStoreEffects *effects, GError **error)
{
  static const char sql[] =
    "UPDATE main.connection SET removed = 1, removed_at = NULL WHERE row_id NOT IN (SELECT row_id FROM "
    "backup.connection);"
    "DELETE FROM main.connection WHERE row_id IN (SELECT row_id FROM backup.connection);"
    "DELETE FROM main.tombstone WHERE id IN (SELECT id FROM backup.connection);"
    "DELETE FROM main.change; DELETE FROM main.former; DELETE FROM main.former_attempt; DELETE FROM main.copy;"
    "DELETE FROM main.account; DELETE FROM main.reading; DELETE FROM main.heading; DELETE FROM main.to_ask;"
    "INSERT INTO main.connection SELECT * FROM backup.connection;"
    "INSERT INTO main.customer_entry SELECT * FROM backup.customer_entry;"
    "INSERT INTO main.attempt SELECT * FROM backup.attempt;"
    "INSERT INTO main.change SELECT * FROM backup.change;"
    "INSERT INTO main.former SELECT * FROM backup.former;"
    "INSERT INTO main.former_attempt SELECT * FROM backup.former_attempt;"
    "INSERT INTO main.copy SELECT * FROM backup.copy;"
    "INSERT INTO main.account SELECT * FROM backup.account;"
    "INSERT INTO main.reading SELECT * FROM backup.reading;"
    "INSERT INTO main.heading SELECT * FROM backup.heading;"
    "INSERT INTO main.to_ask SELECT * FROM backup.to_ask;";

  if (linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, error) &&
      linkage_database_execute (database, sql, error) && add_effects (database, effects, error) &&
      linkage_database_commit (database, error))
    return TRUE;

  linkage_database_rollback (database);

  return FALSE;
}

static gboolean
attach (LinkageDatabase *database, const char *path, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "ATTACH ? AS backup", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, path);

  return linkage_statement_run (statement, error);
}

/* A copy of the backup, brought to the newest version. */
static gboolean
prepare (const char *backup, const char *copy, GError **error)
{
  g_autoptr (LinkageDatabase) database = NULL;

  if (!linkage_backup_file_copy_to (backup, copy, error))
    return FALSE;

  database = linkage_store_file_open_writer (copy, TRUE, FALSE, NULL, error);

  return database != NULL && linkage_database_close (database, error);
}

static gboolean
restore (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Job *job = data;
  g_autofree char *copy = g_strconcat (job->path, ".restoring", NULL);
  gboolean success = FALSE;

  /* Before the backup that is made first moves the others on. */
  if (prepare (job->backup, copy, error) && linkage_backup_file_make (job->path, database, error) &&
      attach (database, copy, error))
    {
      success = take_over (database, effects, error);
      linkage_database_execute (database, "DETACH backup", success ? error : NULL);
    }
  g_unlink (copy);

  return success;
}

/**
 * linkage_store_restore_async:
 * @backup: the path of one of linkage_store_list_backups()
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Makes all rows and what is said of them what they were when the backup was made, in one transaction. What there is
 * now becomes the newest backup first, so that this can be taken back too.
 */
void
linkage_store_restore_async (LinkageStore *self,
                             const char *backup,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (backup != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  linkage_store_work (self, make_task (self, backup, linkage_store_restore_async, cancellable, callback, user_data),
                      restore);
}

/**
 * linkage_store_list_backups:
 *
 * Returns: (transfer full) (element-type LinkageStoreBackup): the backups that can be read, newest first
 */
GPtrArray *
linkage_store_list_backups (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return linkage_backup_file_list (linkage_store_get_path (self));
}
