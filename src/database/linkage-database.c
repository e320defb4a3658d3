/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-database"

#include "config.h"

#include "linkage-database.h"

#include "linkage-database-private.h"
#include "linkage-statement.h"

#define SLOW_STATEMENT 50 /* milliseconds, told in development builds */
/* Instructions of SQLite's machine between two looks at the cancellable: some tens of microseconds. */
#define PROGRESS_STEPS 2000
/* Pages of the log from which on they are copied into the file: as many as SQLite takes itself. */
#define LOG_PAGES 1000

struct _LinkageDatabase
{
  GObject parent_instance;

  sqlite3 *handle;           /* (owned) (nullable): null once closed */
  GHashTable *idle;          /* (owned): literal → (owned) sqlite3_stmt that nobody uses at the moment */
  GCancellable *cancellable; /* (owned) (nullable) */
  LinkageDatabaseDurability durability;
  int n_logged; /* pages in the log after the latest commit, where that is watched here */
};

G_DEFINE_QUARK (linkage - database - error - quark, linkage_database_error)
G_DEFINE_FINAL_TYPE (LinkageDatabase, linkage_database, G_TYPE_OBJECT)

static int
code_from_result (int result)
{
  /* The file beside a log could not be made longer: that is how a full disk shows itself first. */
  if (result == SQLITE_IOERR_SHMSIZE)
    return LINKAGE_DATABASE_ERROR_FULL;

  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return LINKAGE_DATABASE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return LINKAGE_DATABASE_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return LINKAGE_DATABASE_ERROR_CORRUPT;
    case SQLITE_FULL:
      return LINKAGE_DATABASE_ERROR_FULL;
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return LINKAGE_DATABASE_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN:
      return LINKAGE_DATABASE_ERROR_CANNOT_OPEN;
    default:
      return LINKAGE_DATABASE_ERROR_FAILED;
    }
}

/**
 * linkage_database_check:
 * @result: what a function of SQLite returned
 *
 * For those who use the handle.
 *
 * Returns: %TRUE when @result is no error; else @error is set in LINKAGE_DATABASE_ERROR, or to G_IO_ERROR_CANCELLED
 */
gboolean
linkage_database_check (LinkageDatabase *self, int result, GError **error)
{
  const char *message;

  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;

  if ((result & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The query was cancelled");
      return FALSE;
    }

  message = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result);
  g_set_error (error, LINKAGE_DATABASE_ERROR, code_from_result (result), "%s (%d)", message, result);

  return FALSE;
}

static int
on_progress (gpointer user_data)
{
  LinkageDatabase *self = user_data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/*
 * linkage_database_query_int:
 * @sql: a literal that gives one number
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_database_query_int (LinkageDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (self, sql, error);

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  *value = linkage_statement_get_int (statement, 0);

  return TRUE;
}

/*
 * linkage_database_set_pragma:
 * @set: sets it
 * @get: a literal that reads it
 * @expected: what is to be read afterwards
 *
 * A PRAGMA that SQLite does not know or does not grant is no error to it: only reading it back tells.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_database_set_pragma (LinkageDatabase *self, const char *set, const char *get, gint64 expected, GError **error)
{
  gint64 value = -1;

  if (!linkage_database_execute (self, set, error) || !linkage_database_query_int (self, get, &value, error))
    return FALSE;

  if (value == expected)
    return TRUE;

  g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED, "“%s” had no effect", set);

  return FALSE;
}

static void
linkage_database_finalize (GObject *object)
{
  LinkageDatabase *self = LINKAGE_DATABASE (object);

  g_hash_table_unref (self->idle);
  if (self->handle != NULL)
    sqlite3_close (self->handle);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (linkage_database_parent_class)->finalize (object);
}

static void
linkage_database_class_init (LinkageDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_database_finalize;
}

static void
linkage_database_init (LinkageDatabase *self)
{
  self->idle = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)sqlite3_finalize);
  self->durability = LINKAGE_DATABASE_DURABLE;
}

#if DEVELOPMENT
static int
on_profile (unsigned int kind, gpointer user_data, gpointer prepared, gpointer duration)
{
  gint64 milliseconds = *(sqlite3_int64 *)duration / 1000000;

  if (milliseconds >= SLOW_STATEMENT)
    g_debug ("%" G_GINT64_FORMAT " ms: %s", milliseconds, sqlite3_sql (prepared));

  return 0;
}
#endif

/* SQLite keeps account of the memory it takes, under a lock of the whole process, for a sum that nobody asks for. */
static void
stop_counting_memory (void)
{
  static gsize is_done = 0;

  if (!g_once_init_enter (&is_done))
    return;

  if (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK)
    g_debug ("SQLite was in use before, and counts its memory");
  g_once_init_leave (&is_done, 1);
}

/*
 * linkage_database_connect:
 * @flags: of sqlite3_open_v2()
 *
 * Returns: (transfer full): a connection that nothing was asked of yet, or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
LinkageDatabase *
linkage_database_connect (const char *path, int flags, GError **error)
{
  g_autoptr (LinkageDatabase) self = g_object_new (LINKAGE_TYPE_DATABASE, NULL);

  stop_counting_memory ();
  if (!linkage_database_check (self, sqlite3_open_v2 (path, &self->handle, flags, NULL), error))
    return NULL;

#if DEVELOPMENT
  sqlite3_trace_v2 (self->handle, SQLITE_TRACE_PROFILE, on_profile, NULL);
#endif

  return g_steal_pointer (&self);
}

/**
 * linkage_database_close:
 *
 * Closes the connection; what a transaction had not committed is rolled back. Closing twice is allowed.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR: BUSY while a statement is still in use
 */
gboolean
linkage_database_close (LinkageDatabase *self, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);

  if (self->handle == NULL)
    return TRUE;

  linkage_database_rollback (self);
  g_hash_table_remove_all (self->idle);
  if (!linkage_database_check (self, sqlite3_close (self->handle), error))
    return FALSE;

  self->handle = NULL;

  return TRUE;
}

/**
 * linkage_database_get_handle:
 *
 * Returns: (transfer none) (nullable): SQLite's own object, %NULL once closed
 */
sqlite3 *
linkage_database_get_handle (LinkageDatabase *self)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), NULL);

  return self->handle;
}

/**
 * linkage_database_get_version:
 *
 * Returns: the number of the last migration that was applied, 0 for a new file, -1 with @error set
 */
int
linkage_database_get_version (LinkageDatabase *self, GError **error)
{
  gint64 version = -1;

  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), -1);

  if (!linkage_database_query_int (self, "PRAGMA user_version", &version, error))
    return -1;

  return (int)version;
}

/**
 * linkage_database_execute:
 * @sql: one or several statements of the program's own; values are bound in a statement, never printed into this
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean
linkage_database_execute (LinkageDatabase *self, const char *sql, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_return_val_if_fail (self->handle != NULL, FALSE);

  return linkage_database_check (self, sqlite3_exec (self->handle, sql, NULL, NULL, NULL), error);
}

/**
 * linkage_database_get_last_insert_id:
 *
 * Returns: the row id of the latest INSERT of this connection
 */
gint64
linkage_database_get_last_insert_id (LinkageDatabase *self)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), 0);

  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * linkage_database_get_n_changes:
 *
 * Returns: how many rows the latest INSERT, UPDATE or DELETE changed
 */
gint64
linkage_database_get_n_changes (LinkageDatabase *self)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), 0);

  return sqlite3_changes64 (self->handle);
}

/**
 * linkage_database_set_cancellable:
 * @cancellable: (nullable): interrupts what runs from now on; commit and rollback are never interrupted
 *
 * The cancellable may be cancelled in any thread.
 */
void
linkage_database_set_cancellable (LinkageDatabase *self, GCancellable *cancellable)
{
  g_return_if_fail (LINKAGE_IS_DATABASE (self));

  if (!g_set_object (&self->cancellable, cancellable) || self->handle == NULL)
    return;

  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, cancellable != NULL ? on_progress : NULL, self);
}

/* A statement that ends before SQLite looks at the cancellable must not run for somebody who has gone. */
gboolean
linkage_database_is_cancelled (LinkageDatabase *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
execute_uninterrupted (LinkageDatabase *self, const char *sql, GError **error)
{
  g_autoptr (GCancellable) cancellable = self->cancellable != NULL ? g_object_ref (self->cancellable) : NULL;
  gboolean success;

  linkage_database_set_cancellable (self, NULL);
  success = linkage_database_execute (self, sql, error);
  linkage_database_set_cancellable (self, cancellable);

  return success;
}

/**
 * linkage_database_begin:
 * @durability: whether a power cut may take the transaction back
 *
 * Begins a transaction that holds the write lock from the start.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR: BUSY when another connection keeps the lock
 */
gboolean
linkage_database_begin (LinkageDatabase *self, LinkageDatabaseDurability durability, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (!linkage_database_in_transaction (self), FALSE);

  if (durability != self->durability)
    {
      gboolean success;

      if (durability == LINKAGE_DATABASE_DURABLE)
        success = linkage_database_set_pragma (self, "PRAGMA synchronous=FULL", "PRAGMA synchronous", 2, error);
      else
        success = linkage_database_set_pragma (self, "PRAGMA synchronous=NORMAL", "PRAGMA synchronous", 1, error);
      if (!success)
        return FALSE;

      self->durability = durability;
    }

  return linkage_database_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * linkage_database_commit:
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR; the transaction may still be open and wants a rollback
 */
gboolean
linkage_database_commit (LinkageDatabase *self, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);

  return execute_uninterrupted (self, "COMMIT", error);
}

static int
on_logged (gpointer user_data, sqlite3 *handle, const char *name, int n_pages)
{
  LinkageDatabase *self = user_data;

  self->n_logged = n_pages;

  return SQLITE_OK;
}

/*
 * linkage_database_defer_checkpoints:
 *
 * From now on no commit copies a long log into the file: linkage_database_checkpoint() does, after whoever waits for
 * the commit was answered.
 */
void
linkage_database_defer_checkpoints (LinkageDatabase *self)
{
  sqlite3_wal_hook (self->handle, on_logged, self);
}

/*
 * linkage_database_checkpoint:
 *
 * Copies the log into the file if it is long. What readers still need stays there for the next time, and so does what
 * cannot be written: it is not lost.
 */
void
linkage_database_checkpoint (LinkageDatabase *self)
{
  int result;

  if (self->n_logged < LOG_PAGES)
    return;

  self->n_logged = 0;
  result = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if (result != SQLITE_OK)
    g_debug ("The log stays long: %s", sqlite3_errstr (result));
}

/**
 * linkage_database_rollback:
 *
 * Takes a transaction back. Does nothing where none is open: SQLite itself rolls back on some errors.
 */
void
linkage_database_rollback (LinkageDatabase *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LINKAGE_IS_DATABASE (self));

  if (linkage_database_in_transaction (self) && !execute_uninterrupted (self, "ROLLBACK", &error))
    g_info ("Rolling back: %s", error->message);
}

/**
 * linkage_database_in_transaction:
 *
 * Returns: whether a transaction is open on this connection
 */
gboolean
linkage_database_in_transaction (LinkageDatabase *self)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);

  return self->handle != NULL && !sqlite3_get_autocommit (self->handle);
}

/*
 * linkage_database_take_prepared:
 *
 * Returns: (transfer full): the statement, out of the cache where it is idle there; a statement that is in use already
 *   is prepared once more, so that functions may nest
 */
sqlite3_stmt *
linkage_database_take_prepared (LinkageDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *prepared = g_hash_table_lookup (self->idle, sql);
  const char *tail = NULL;
  int result;

  if (prepared != NULL)
    {
      g_hash_table_steal (self->idle, sql);
      g_assert (g_str_equal (sqlite3_sql (prepared), sql));
      return prepared;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, &tail);
  if (!linkage_database_check (self, result, error))
    return NULL;

  g_assert (prepared != NULL && *tail == '\0');

  return prepared;
}

/* prepared: (transfer full) */
void
linkage_database_give_prepared (LinkageDatabase *self, const char *sql, sqlite3_stmt *prepared)
{
  if (g_hash_table_contains (self->idle, sql))
    sqlite3_finalize (prepared);
  else
    g_hash_table_insert (self->idle, (gpointer)sql, prepared);
}
