/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-database"

#include "linkage-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "linkage-database-private.h"
#include "linkage-statement.h"

#define BUSY_TIMEOUT 2000 /* milliseconds */

static gboolean
set_write_ahead_log (LinkageDatabase *self, const char *path, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  const char *expected = g_str_equal (path, ":memory:") ? "memory" : "wal";
  const char *mode;

  statement = linkage_statement_get (self, "PRAGMA journal_mode=WAL", error);
  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  mode = linkage_statement_get_text (statement, 0);
  if (g_strcmp0 (mode, expected) == 0)
    return TRUE;

  g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED, "The journal mode stays “%s”", mode);

  return FALSE;
}

static gboolean
check_application_id (LinkageDatabase *self, gint32 application_id, LinkageDatabaseOpenFlags flags, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 found = 0;
  gint64 n_tables = 0;

  if (!linkage_database_query_int (self, "PRAGMA application_id", &found, error) ||
      !linkage_database_query_int (self, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  if (found == application_id)
    return TRUE;

  if (found != 0 || n_tables > 0)
    {
      g_set_error_literal (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CANNOT_OPEN,
                           "The file belongs to another program");
      return FALSE;
    }

  if (flags & LINKAGE_DATABASE_OPEN_READ_ONLY)
    return TRUE;

  sql = g_strdup_printf ("PRAGMA application_id=%d", application_id);

  return linkage_database_set_pragma (self, sql, "PRAGMA application_id", application_id, error);
}

static gboolean
configure (LinkageDatabase *self,
           const char *path,
           gint32 application_id,
           LinkageDatabaseOpenFlags flags,
           GError **error)
{
  gboolean read_only = (flags & LINKAGE_DATABASE_OPEN_READ_ONLY) != 0;
  sqlite3 *handle = linkage_database_get_handle (self);

  if (!linkage_database_check (self, sqlite3_busy_timeout (handle, BUSY_TIMEOUT), error) ||
      !linkage_database_check (self, sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL), error) ||
      !linkage_database_set_pragma (self, "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", 1, error) ||
      !linkage_database_set_pragma (self, "PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", 0, error))
    return FALSE;

  /* SQLite opens a file that may not be written for reading only, and says nothing. */
  if (!read_only && sqlite3_db_readonly (handle, "main") == 1)
    {
      g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_READ_ONLY, "%s may not be written", path);
      return FALSE;
    }

  /* Whose file it is comes before the first write to it. */
  if (!check_application_id (self, application_id, flags, error))
    return FALSE;

  if (read_only)
    return linkage_database_set_pragma (self, "PRAGMA query_only=ON", "PRAGMA query_only", 1, error);

  /* What is deleted is overwritten. FAST would leave it in pages that become free, which is where most of it is. */
  return set_write_ahead_log (self, path, error) &&
         linkage_database_set_pragma (self, "PRAGMA secure_delete=ON", "PRAGMA secure_delete", 1, error) &&
         linkage_database_set_pragma (self, "PRAGMA synchronous=FULL", "PRAGMA synchronous", 2, error);
}

/* The file is made here for its mode, which SQLite gives to the files beside it too. It is opened only when it is new:
 * closing a descriptor of a file that is in use drops the locks that this process holds on it. */
static gboolean
make_private (const char *path, GError **error)
{
  GStatBuf info;
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);

  if (errno == EEXIST && (g_stat (path, &info) != 0 || (info.st_mode & 0077) == 0 || g_chmod (path, 0600) == 0))
    return TRUE;

  if (errno == EROFS || errno == EACCES || errno == EPERM)
    g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_READ_ONLY, "%s: %s", path, g_strerror (errno));
  else if (errno == ENOSPC || errno == EDQUOT)
    g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FULL, "%s: %s", path, g_strerror (errno));
  else
    g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CANNOT_OPEN, "%s: %s", path, g_strerror (errno));

  return FALSE;
}

/**
 * linkage_database_open:
 * @path: a file, made with mode 0600 where there is none, or `:memory:`
 * @application_id: SQLite's application id of this kind of file; any other is refused
 * @flags: how to open
 * @cancellable: (nullable): interrupts it
 *
 * Opens a connection in WAL mode with foreign keys on and an untrusted schema, that overwrites what it deletes. With
 * %LINKAGE_DATABASE_OPEN_READ_ONLY nothing is made and nothing can be written. May block: not for the main thread,
 * except read-only on a file that is open elsewhere in the process.
 *
 * Returns: (transfer full): a connection for one thread at a time, or %NULL with @error in LINKAGE_DATABASE_ERROR:
 *   CORRUPT, CANNOT_OPEN (also another program's file), READ_ONLY, FULL, BUSY or FAILED; or G_IO_ERROR_CANCELLED
 */
LinkageDatabase *
linkage_database_open (const char *path,
                       gint32 application_id,
                       LinkageDatabaseOpenFlags flags,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (LinkageDatabase) self = NULL;
  int open_flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (flags & LINKAGE_DATABASE_OPEN_READ_ONLY)
    open_flags |= SQLITE_OPEN_READONLY;
  else
    open_flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  if ((open_flags & SQLITE_OPEN_CREATE) && !g_str_equal (path, ":memory:") && !make_private (path, error))
    return NULL;

  self = linkage_database_connect (path, open_flags, error);
  if (self == NULL)
    return NULL;

  linkage_database_set_cancellable (self, cancellable);
  if (!configure (self, path, application_id, flags, error))
    return NULL;
  linkage_database_set_cancellable (self, NULL);

  return g_steal_pointer (&self);
}
