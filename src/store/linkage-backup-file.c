/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-backup-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"
#include "linkage-store-rescue.h"

#define N_BACKUPS 5
#define RESTORED ".restored"

static char *
make_path (const char *path, guint number)
{
  return g_strdup_printf ("%s.backup-%u", path, number);
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  linkage_store_error_set_from_errno (error, from, errno);

  return FALSE;
}

/* The oldest goes, each other is one older, the new one is the first. */
static gboolean
rotate (const char *path, const char *made, GError **error)
{
  g_autofree char *first = make_path (path, 1);

  for (guint number = N_BACKUPS; number > 1; number--)
    {
      g_autofree char *from = make_path (path, number - 1);
      g_autofree char *to = make_path (path, number);

      if (!move (from, to, error))
        return FALSE;
    }

  return move (made, first, error);
}

static gboolean
copy_pages (LinkageDatabase *from, LinkageDatabase *to, GError **error)
{
  sqlite3 *target = linkage_database_get_handle (to);
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", linkage_database_get_handle (from), "main");
  int result = SQLITE_ERROR;

  if (backup != NULL)
    {
      sqlite3_backup_step (backup, -1);
      result = sqlite3_backup_finish (backup);
    }

  return linkage_database_check (to, result, error);
}

/* A backup is one file: it is not in WAL mode, which would need others beside it. */
static gboolean
copy_database (LinkageDatabase *database, const char *to, GError **error)
{
  g_autoptr (LinkageDatabase) target = NULL;

  g_unlink (to);
  target = linkage_database_open (to, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, error);

  return target != NULL && copy_pages (database, target, error) &&
         linkage_database_execute (target, "PRAGMA journal_mode=DELETE", error) &&
         linkage_database_close (target, error);
}

/*
 * linkage_backup_file_make:
 * @path: the store's file
 * @database: a connection to it that has no transaction open
 *
 * Makes a backup; of six the oldest goes.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, when the others are as they were
 */
gboolean
linkage_backup_file_make (const char *path, LinkageDatabase *database, GError **error)
{
  g_autofree char *made = g_strconcat (path, ".backup-new", NULL);

  if (copy_database (database, made, error))
    return rotate (path, made, error);

  linkage_store_error_translate (error);
  g_unlink (made);

  return FALSE;
}

static gboolean
count_rows (LinkageDatabase *database, guint *n_rows, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT count (*) FROM connection WHERE removed = 0", error);

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  *n_rows = linkage_statement_get_int (statement, 0);

  return TRUE;
}

static LinkageStoreBackup *
describe (const char *path, GError **error)
{
  g_autoptr (LinkageDatabase) database =
    linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, error);
  GStatBuf info = { 0 };
  guint n_rows = 0;

  if (database == NULL || !count_rows (database, &n_rows, error))
    return NULL;

  g_stat (path, &info);

  return linkage_store_backup_new (path, info.st_mtime, n_rows);
}

/*
 * linkage_backup_file_list:
 * @path: the store's file
 *
 * Returns: (transfer full) (element-type LinkageStoreBackup): those that can be read, newest first
 */
GPtrArray *
linkage_backup_file_list (const char *path)
{
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_store_backup_unref);

  for (guint number = 1; number <= N_BACKUPS; number++)
    {
      g_autofree char *name = make_path (path, number);
      g_autoptr (GError) error = NULL;
      LinkageStoreBackup *backup = NULL;

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        continue;
      backup = describe (name, &error);
      if (backup != NULL)
        g_ptr_array_add (backups, backup);
      else
        g_info ("%s cannot be read: %s", name, error->message);
    }

  return backups;
}

/*
 * linkage_backup_file_copy_to:
 * @backup: a backup
 * @path: where its copy goes
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR
 */
gboolean
linkage_backup_file_copy_to (const char *backup, const char *path, GError **error)
{
  g_autoptr (LinkageDatabase) database =
    linkage_database_open (backup, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, error);

  if (database != NULL && copy_database (database, path, error))
    return TRUE;

  linkage_store_error_translate (error);

  return FALSE;
}

/* Migrates it too, so that what takes the file's place is known to open. */
static gboolean
is_sound (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LinkageDatabase) database = linkage_store_file_open_writer (path, TRUE, FALSE, cancellable, error);

  return database != NULL && linkage_database_close (database, error);
}

/* (transfer full): @backup, of which a sound copy is at @copy now; %NULL with @error in LINKAGE_STORE_ERROR, or
 * G_IO_ERROR_CANCELLED */
static LinkageStoreBackup *
copy_sound (const char *backup, const char *copy, GCancellable *cancellable, GError **error)
{
  g_autoptr (LinkageStoreBackup) described = describe (backup, error);

  if (described != NULL && linkage_backup_file_copy_to (backup, copy, error) && is_sound (copy, cancellable, error))
    return g_steal_pointer (&described);

  linkage_store_error_translate (error);
  g_unlink (copy);

  return NULL;
}

/* Copies the newest backup that is sound. One that only cannot be copied at the moment, as on a full disk, is not
 * passed over. restored: (out) (nullable): which one; null where there is none */
static gboolean
copy_newest (const char *path,
             const char *copy,
             LinkageStoreBackup **restored,
             GCancellable *cancellable,
             GError **error)
{
  *restored = NULL;
  for (guint number = 1; number <= N_BACKUPS && *restored == NULL; number++)
    {
      g_autofree char *backup = make_path (path, number);
      g_autoptr (GError) local_error = NULL;

      if (!g_file_test (backup, G_FILE_TEST_EXISTS))
        continue;

      *restored = copy_sound (backup, copy, cancellable, &local_error);
      if (*restored != NULL)
        continue;

      if (!g_error_matches (local_error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_message ("%s is damaged too: %s", backup, local_error->message);
    }

  return TRUE;
}

/*
 * linkage_backup_file_replace:
 * @path: the store's file, which is damaged and nobody has open
 * @set_aside: (out) (transfer full): where the damaged file is
 *
 * Sets a damaged file aside and puts a copy of the newest backup that is sound in its place. When this fails, the
 * damaged file is where it was.
 *
 * Returns: (transfer full): the backup; its path is empty where there is none, and nothing is at @path then; or %NULL
 *   with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CANCELLED
 */
LinkageStoreBackup *
linkage_backup_file_replace (const char *path, char **set_aside, GCancellable *cancellable, GError **error)
{
  g_autofree char *copy = g_strconcat (path, RESTORED, NULL);
  g_autoptr (LinkageStoreBackup) restored = NULL;

  if (!copy_newest (path, copy, &restored, cancellable, error))
    return NULL;

  *set_aside = linkage_store_rescue_set_aside (path, error);
  if (*set_aside == NULL || !move (copy, path, error))
    return NULL;

  return restored != NULL ? g_steal_pointer (&restored) : linkage_store_backup_new ("", 0, 0);
}

/*
 * linkage_backup_file_resume:
 *
 * Ends a replacement that was interrupted after the damaged file was set aside.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR
 */
gboolean
linkage_backup_file_resume (const char *path, GError **error)
{
  g_autofree char *copy = g_strconcat (path, RESTORED, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || move (copy, path, error);
}
