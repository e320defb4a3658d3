/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-account-table.h"
#include "linkage-reading.h"
#include "linkage-store-companion.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"

struct _LinkageStore
{
  GObject parent_instance;

  char *path;                    /* (owned) */
  char *set_aside;               /* (owned) (nullable) */
  LinkageStoreBackup *restored;  /* (owned) (nullable) */
  LinkageStoreLock *lock;        /* (owned) (nullable): null once closed */
  LinkageDatabase *database;     /* (owned) (nullable): read-only, the main thread's; null once closed */
  LinkageDatabaseThread *reader; /* (owned): where orders are computed */
  LinkageDatabaseThread *writer; /* (owned) */
  gboolean found_corrupt;        /* a read or a write said so: the file is to be checked when it is opened next */

  /* What the file says, as it was after the latest write. */
  LinkageReading reading;
  LinkageAccountInfo *info; /* (owned) (nullable) */
  gint64 clock_offset;      /* seconds; may be ahead of the file */
};

enum
{
  ROWS_CHANGED,
  ACCOUNT_CHANGED,
  OUTBOX_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageStore, linkage_store, G_TYPE_OBJECT)

static gboolean
reload (LinkageStore *self, GError **error)
{
  LinkageDatabase *database = linkage_store_get_database (self, error);
  g_auto (LinkageReading) reading = { 0 };
  LinkageAccountInfo *info = NULL;
  LinkageReading former;

  if (database == NULL || !linkage_reading_load (&reading, database, error) ||
      !linkage_account_table_read (database, &info, error))
    return FALSE;

  former = self->reading;
  self->reading = reading;
  reading = former;
  g_clear_pointer (&self->info, linkage_account_info_unref);
  self->info = info;

  return TRUE;
}

typedef struct
{
  GTask *task; /* (owned): the caller's */
  LinkageStoreWriteFunc func;
  LinkageStoreEffects effects;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_object_unref (write->task);
  g_hash_table_unref (write->effects.rows);
  g_free (write);
}

static gboolean
run_write (LinkageDatabase *database, gpointer data, GError **error)
{
  Write *write = data;

  return write->func (database, g_task_get_task_data (write->task), &write->effects, error);
}

static void
emit_rows_changed (LinkageStore *self, GHashTable *rows)
{
  g_autofree LinkageChangedRow *changed = g_new0 (LinkageChangedRow, g_hash_table_size (rows));
  g_autoptr (GVariant) variant = NULL;
  GHashTableIter iter;
  gpointer row_id;
  gpointer gone;
  gsize n_changed = 0;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &row_id, &gone))
    changed[n_changed++] = (LinkageChangedRow){ *(gint64 *)row_id, GPOINTER_TO_INT (gone) != 0, { 0 } };
  variant = g_variant_new_fixed_array (G_VARIANT_TYPE ("(xb)"), changed, n_changed, sizeof *changed);
  g_variant_ref_sink (variant);

  g_signal_emit (self, signals[ROWS_CHANGED], 0, variant);
}

static void
tell (LinkageStore *self, const LinkageStoreEffects *effects)
{
  g_autoptr (GError) error = NULL;

  if (effects->account_changed && !reload (self, &error))
    g_info ("Reading what was written: %s", error->message);

  if (g_hash_table_size (effects->rows) > 0)
    emit_rows_changed (self, effects->rows);
  if (effects->outbox_changed)
    g_signal_emit (self, signals[OUTBOX_CHANGED], 0);
  if (effects->account_changed)
    g_signal_emit (self, signals[ACCOUNT_CHANGED], 0);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageStore *self = LINKAGE_STORE (source);
  Write *write = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      tell (self, &write->effects);
      g_task_return_boolean (write->task, TRUE);
      return;
    }

  linkage_store_fail (self, &error);
  g_task_return_error (write->task, error);
}

static GTask *
make_inner (LinkageStore *self, GTask *task, LinkageStoreWriteFunc func)
{
  GTask *inner = g_task_new (self, g_task_get_cancellable (task), on_written, NULL);
  Write *write = g_new0 (Write, 1);

  /* What was written is told as written, whoever has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  write->task = task;
  write->func = func;
  write->effects.rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_task_set_source_tag (inner, make_inner);
  g_task_set_task_data (inner, write, write_free);

  return inner;
}

/*
 * linkage_store_write:
 * @task: (transfer full): returned as a boolean on the main thread, after the signals
 * @func: (scope async): what to write; finds its data in the task's data
 *
 * Queues a write of one transaction.
 */
void
linkage_store_write (LinkageStore *self, LinkageDatabaseDurability durability, GTask *task, LinkageStoreWriteFunc func)
{
  linkage_database_thread_write (self->writer, durability, make_inner (self, task, func), run_write);
}

/*
 * linkage_store_work:
 * @task: (transfer full): returned as a boolean on the main thread, after the signals
 * @func: (scope async): what to do; finds its data in the task's data, and begins a transaction itself where it writes
 *
 * Queues what cannot be done within a transaction, behind the writes that wait.
 */
void
linkage_store_work (LinkageStore *self, GTask *task, LinkageStoreWriteFunc func)
{
  GTask *inner = make_inner (self, task, func);

  g_task_set_check_cancellable (inner, FALSE);
  linkage_database_thread_read (self->writer, inner, run_write);
}

/*
 * linkage_store_effects_add_row:
 * @gone: whether lists no longer show it
 *
 * Notes a row whose values, place or outbox state change; what is noted last counts.
 */
void
linkage_store_effects_add_row (LinkageStoreEffects *effects, gint64 row_id, gboolean gone)
{
  g_hash_table_insert (effects->rows, g_memdup2 (&row_id, sizeof row_id), GINT_TO_POINTER (gone));
}

/*
 * linkage_store_get_database:
 *
 * Returns: (transfer none): the main thread's read-only connection, or %NULL with @error G_IO_ERROR_CLOSED
 */
LinkageDatabase *
linkage_store_get_database (LinkageStore *self, GError **error)
{
  if (self->database == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store was closed");

  return self->database;
}

/*
 * linkage_store_fail:
 * @error: (inout) (nullable): of a read or a write; becomes one of the store
 *
 * Remembers damage, so that the file is looked through when it is opened next.
 */
void
linkage_store_fail (LinkageStore *self, GError **error)
{
  linkage_store_error_translate (error);
  if (error != NULL && g_error_matches (*error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_CORRUPT))
    self->found_corrupt = TRUE;
}

/*
 * linkage_store_get_now:
 *
 * Returns: this machine's clock, in Unix seconds, UTC
 */
gint64
linkage_store_get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/*
 * linkage_store_get_reader:
 *
 * Returns: (transfer none): a thread with a read-only connection, for reads that take long; closed with the store
 */
LinkageDatabaseThread *
linkage_store_get_reader (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return self->reader;
}

static void
linkage_store_finalize (GObject *object)
{
  LinkageStore *self = LINKAGE_STORE (object);

  /* The writing connection last: it empties the log that the others read. */
  g_clear_object (&self->reader);
  g_clear_object (&self->database);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->lock, linkage_store_lock_release);
  linkage_reading_clear (&self->reading);
  g_clear_pointer (&self->info, linkage_account_info_unref);
  g_free (self->path);
  g_free (self->set_aside);
  g_clear_pointer (&self->restored, linkage_store_backup_unref);

  G_OBJECT_CLASS (linkage_store_parent_class)->finalize (object);
}

static void
linkage_store_class_init (LinkageStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_store_finalize;

  /**
   * LinkageStore::rows-changed:
   * @rows: a #GVariant of type `a(xb)`: row ids, and whether the row is gone
   *
   * Connections have other values, another place or another state in the outbox. On the main thread, after the commit.
   */
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", LINKAGE_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_VARIANT);
  /**
   * LinkageStore::account-changed:
   *
   * The account's description, its quotas, the state or the total are others. On the main thread, after the commit.
   */
  signals[ACCOUNT_CHANGED] =
    g_signal_new ("account-changed", LINKAGE_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LinkageStore::outbox-changed:
   *
   * The outbox has other operations, or one is in another state. On the main thread, after the commit.
   */
  signals[OUTBOX_CHANGED] =
    g_signal_new ("outbox-changed", LINKAGE_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_store_init (LinkageStore *self)
{
}

typedef struct
{
  char *path; /* (owned) */
  gboolean is_companion;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_free (opening);
}

static void
open_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Opening *opening = task_data;
  GError *error = NULL;
  LinkageStoreFile *file = linkage_store_file_open (opening->path, opening->is_companion, cancellable, &error);

  if (file == NULL)
    {
      linkage_store_error_translate (&error);
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, file, (GDestroyNotify)linkage_store_file_free);
}

static void
open_async (const char *path,
            gboolean is_companion,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->is_companion = is_companion;
  g_task_set_source_tag (task, linkage_store_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * linkage_store_open_async:
 * @path: the account's file; it is made, with its folder, where there is none
 * @cancellable: (nullable): a #GCancellable
 *
 * Opens a store and locks it until it is closed. What of the file was read stays; a corrupt file is set aside, its
 * outbox and its searches are taken over as far as they can be read, and the rest is to be read from the portal again.
 */
void
linkage_store_open_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (path != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  open_async (path, FALSE, cancellable, callback, user_data);
}

/**
 * linkage_store_open_companion_async:
 * @path: the account's file; it is made, with its folder, where there is none
 * @cancellable: (nullable): a #GCancellable
 *
 * Opens a store of what a person brought, and locks it until it is closed. A backup is made before a migration. A
 * corrupt file is set aside, and the newest backup that is sound takes its place: see linkage_store_get_restored(). To
 * be ended with linkage_store_open_finish().
 */
void
linkage_store_open_companion_async (const char *path,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (path != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  open_async (path, TRUE, cancellable, callback, user_data);
}

/**
 * linkage_store_open_finish:
 *
 * Returns: (transfer full): the store, or %NULL with @error in LINKAGE_STORE_ERROR: NEWER, BUSY when another process
 *   has it, READ_ONLY, FULL, CORRUPT or FAILED; or G_IO_ERROR_CANCELLED
 */
LinkageStore *
linkage_store_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (LinkageStoreFile) file = NULL;
  g_autoptr (LinkageStore) self = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_store_open_async), NULL);

  file = g_task_propagate_pointer (G_TASK (result), error);
  if (file == NULL)
    return NULL;

  self = g_object_new (LINKAGE_TYPE_STORE, NULL);
  self->path = g_strdup (((const Opening *)g_task_get_task_data (G_TASK (result)))->path);
  self->set_aside = g_steal_pointer (&file->set_aside);
  self->restored = g_steal_pointer (&file->restored);
  self->lock = g_steal_pointer (&file->lock);
  self->database = g_steal_pointer (&file->reader);
  self->reader = linkage_database_thread_new ("linkage-order", g_steal_pointer (&file->order_reader));
  self->writer = linkage_database_thread_new ("linkage-store", g_steal_pointer (&file->writer));
  if (!reload (self, error))
    {
      linkage_store_error_translate (error);
      return NULL;
    }
  self->clock_offset = self->reading.clock_offset;

  return g_steal_pointer (&self);
}

static void
on_writer_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageStore *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!linkage_database_thread_close_finish (LINKAGE_DATABASE_THREAD (source), result, &error))
    {
      linkage_store_error_translate (&error);
      g_task_return_error (task, error);
      return;
    }

  if (!self->found_corrupt)
    linkage_store_lock_mark_closed (self->lock);
  g_clear_pointer (&self->lock, linkage_store_lock_release);
  g_task_return_boolean (task, TRUE);
}

static void
on_reader_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageStore *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!linkage_database_thread_close_finish (LINKAGE_DATABASE_THREAD (source), result, &error) ||
      !linkage_database_close (self->database, &error))
    {
      linkage_store_error_translate (&error);
      g_task_return_error (task, error);
      return;
    }

  g_clear_object (&self->database);
  linkage_database_thread_close_async (self->writer, on_writer_closed, g_steal_pointer (&task));
}

/**
 * linkage_store_close_async:
 *
 * Takes no more writes, does all that wait, and lets the file go.
 */
void
linkage_store_close_async (LinkageStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_store_close_async);
  linkage_database_thread_close_async (self->reader, on_reader_closed, g_steal_pointer (&task));
}

/**
 * linkage_store_close_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED when it was closed before
 */
gboolean
linkage_store_close_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_store_get_sqlite_version:
 *
 * Gets the version of SQLite that keeps the stores, not the one that the program was built with.
 *
 * Returns: (transfer none): the version, as in "3.40.1"
 */
const char *
linkage_store_get_sqlite_version (void)
{
  return sqlite3_libversion ();
}

/**
 * linkage_store_get_path:
 *
 * Returns: (transfer none): the file
 */
const char *
linkage_store_get_path (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return self->path;
}

/**
 * linkage_store_get_set_aside:
 *
 * Returns: (transfer none) (nullable): where a corrupt file is since this store was opened; %NULL when it was sound
 */
const char *
linkage_store_get_set_aside (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return self->set_aside;
}

/**
 * linkage_store_get_restored:
 *
 * Returns: (transfer none) (nullable): the backup that took the place of a corrupt file when this store was opened as a
 *   companion's, so that what is newer is missing; its path is empty where there was none that could be read. %NULL
 *   when the file was sound
 */
LinkageStoreBackup *
linkage_store_get_restored (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return self->restored;
}

/**
 * linkage_store_dup_state:
 *
 * Returns: (transfer full) (nullable): since when to ask the portal for changes; %NULL: from the beginning
 */
char *
linkage_store_dup_state (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return g_strdup (self->reading.state);
}

/**
 * linkage_store_get_account_info:
 *
 * Returns: (transfer full) (nullable): what the portal said last of the account; %NULL before its first answer
 */
LinkageAccountInfo *
linkage_store_get_account_info (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  return self->info != NULL ? linkage_account_info_ref (self->info) : NULL;
}

/**
 * linkage_store_get_total:
 *
 * Returns: how many rows the account has on the portal, as it said last
 */
guint
linkage_store_get_total (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), 0);

  return self->reading.total;
}

/**
 * linkage_store_get_updated_at:
 *
 * Returns: when the portal was last read to the end, Unix seconds, UTC; 0: never
 */
gint64
linkage_store_get_updated_at (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), 0);

  return self->reading.updated_at;
}

/**
 * linkage_store_get_clock_offset:
 *
 * Returns: the portal's clock minus this machine's, in seconds
 */
gint64
linkage_store_get_clock_offset (LinkageStore *self)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), 0);

  return self->clock_offset;
}

static gboolean
write_clock_offset (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  g_auto (LinkageReading) reading = { 0 };

  if (!linkage_reading_load (&reading, database, error))
    return FALSE;

  reading.clock_offset = *(gint64 *)data;

  return linkage_reading_save (&reading, database, error);
}

/**
 * linkage_store_set_clock_offset:
 * @seconds: the portal's clock minus this machine's
 *
 * Takes effect at once, and is written for the next start.
 */
void
linkage_store_set_clock_offset (LinkageStore *self, gint64 seconds)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));

  if (self->clock_offset == seconds)
    return;

  self->clock_offset = seconds;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, linkage_store_set_clock_offset);
  g_task_set_task_data (task, g_memdup2 (&seconds, sizeof seconds), g_free);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, g_steal_pointer (&task), write_clock_offset);
}
