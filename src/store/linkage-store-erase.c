/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-erase.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-lock.h"
#include "linkage-store-private.h"

#define LOCK ".lock"

static gboolean
keep_log (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  int persist = 1;

  sqlite3_file_control (linkage_database_get_handle (database), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);

  return TRUE;
}

/**
 * linkage_store_keep_log:
 * @self: a store that is about to be closed and erased
 *
 * Has closing leave the log, which it would remove as it is, for linkage_store_erase() to overwrite.
 */
void
linkage_store_keep_log (LinkageStore *self)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_STORE (self));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, linkage_store_keep_log);
  linkage_store_work (self, task, keep_log);
}

/* (transfer full) (element-type utf8) (nullable) */
static GPtrArray *
list_tables (LinkageDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", error);
  LinkageStep step;

  if (statement == NULL)
    return NULL;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (tables, g_strdup (linkage_statement_get_text (statement, 0)));

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&tables) : NULL;
}

static gboolean
delete_rows (LinkageDatabase *database, GPtrArray *tables, GError **error)
{
  for (guint i = 0; i < tables->len; i++)
    {
      char *sql = sqlite3_mprintf ("DELETE FROM \"%w\"", (const char *)g_ptr_array_index (tables, i));
      gboolean success = linkage_database_execute (database, sql, error);

      sqlite3_free (sql);
      if (!success)
        return FALSE;
    }

  return TRUE;
}

/* Connections that write overwrite what they delete: see linkage_database_open(). Not by cascades, which would go row
 * by row. */
static gboolean
empty (LinkageDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) tables = NULL;

  if (!linkage_database_execute (database, "PRAGMA foreign_keys=OFF", error))
    return FALSE;

  tables = list_tables (database, error);
  if (tables == NULL || !linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, error))
    return FALSE;

  if (delete_rows (database, tables, error) && linkage_database_commit (database, error))
    return linkage_database_execute (database, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", error);

  linkage_database_rollback (database);

  return FALSE;
}

/* One that is damaged, of a newer version or has no room to be emptied in is overwritten with the other files. */
static void
empty_database (const char *path)
{
  g_autoptr (LinkageDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return;

  database = linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, &error);
  if (database == NULL || !empty (database, &error) || !linkage_database_close (database, &error))
    g_info ("The store to be erased cannot be emptied: %s", error->message);
}

static gboolean
overwrite (int fd, off_t length)
{
  static const char zeros[64 * 1024];
  off_t offset = 0;

  while (offset < length)
    {
      size_t size = (size_t)MIN (length - offset, (off_t)sizeof zeros);
      ssize_t written = pwrite (fd, zeros, size, offset);

      if (written < 0 && errno != EINTR)
        return FALSE;
      offset += MAX (written, 0);
    }

  return fsync (fd) == 0;
}

/* A file that may not be written may have been made so by its owner. */
static int
open_to_overwrite (const char *path)
{
  const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int fd = g_open (path, flags, 0);

  if (fd < 0 && errno == EACCES && g_chmod (path, 0600) == 0)
    fd = g_open (path, flags, 0);

  return fd;
}

/**
 * linkage_store_erase_file:
 * @path: a file
 *
 * Overwrites a file with zeros and removes it. A link is removed and not followed; a file that is not there is no
 * error. Where a file system writes elsewhere than in place there is no more that a program can do. Blocks.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: READ_ONLY or FAILED
 */
gboolean
linkage_store_erase_file (const char *path, GError **error)
{
  GStatBuf info;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_lstat (path, &info) != 0 && errno == ENOENT)
    return TRUE;

  fd = open_to_overwrite (path);
  if (fd >= 0)
    {
      /* On a full disk that writes elsewhere only removing helps. */
      gboolean done = fstat (fd, &info) == 0 && (!S_ISREG (info.st_mode) || overwrite (fd, info.st_size));
      int saved_errno = errno;

      close (fd);
      if (!done && saved_errno != ENOSPC)
        {
          linkage_store_error_set_from_errno (error, path, saved_errno);
          return FALSE;
        }
    }
  else if (errno != ELOOP)
    {
      linkage_store_error_set_from_errno (error, path, errno);
      return FALSE;
    }

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  linkage_store_error_set_from_errno (error, path, errno);

  return FALSE;
}

/* The log, backups, what was set aside and what is left of an interrupted restoration; not the store, nor the lock. */
static gboolean
erase_beside (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *lock = g_strconcat (base, LOCK, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, base) && !g_str_equal (name, base) && !g_str_equal (name, lock))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));

  for (guint i = 0; i < names->len; i++)
    if (!linkage_store_erase_file (g_ptr_array_index (names, i), error))
      return FALSE;

  return TRUE;
}

/**
 * linkage_store_erase:
 * @path: the file of a store that nobody has open
 *
 * Empties a store, overwrites its file and all that lies beside it under its name, and removes them. What an earlier
 * call left is taken for its rest. Blocks.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: BUSY when another process has it, READ_ONLY, FULL or FAILED; what
 *   is there then is to be erased again
 */
gboolean
linkage_store_erase (const char *path, GError **error)
{
  g_autoptr (LinkageStoreLock) lock = NULL;
  g_autofree char *lock_path = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  lock = linkage_store_lock_acquire (path, error);
  if (lock == NULL)
    return FALSE;

  /* Once more afterwards, as emptying has a log of its own. */
  if (!erase_beside (path, error))
    return FALSE;
  empty_database (path);
  if (!erase_beside (path, error) || !linkage_store_erase_file (path, error))
    return FALSE;

  lock_path = g_strconcat (path, LOCK, NULL);

  return linkage_store_erase_file (lock_path, error);
}
