/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-backup-file.h"
#include "linkage-connection-indexes.h"
#include "linkage-connection-table.h"
#include "linkage-outbox-table.h"
#include "linkage-reading.h"
#include "linkage-sort-keys.h"
#include "linkage-statement.h"
#include "linkage-store-private.h"
#include "linkage-store-rescue.h"
#include "linkage-store-resources.h"

#define MIGRATIONS "/io/github/linkage_app/Linkage/store/migrations"

static gboolean
quick_check (LinkageDatabase *database, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "PRAGMA quick_check (1)", error);
  const char *verdict;

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  verdict = linkage_statement_get_text (statement, 0);
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;

  g_set_error_literal (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT, verdict);

  return FALSE;
}

static gboolean
rebuild_keys (LinkageDatabase *database, GError **error)
{
  g_autofree char *collation = linkage_sort_keys_get_collation ();
  g_auto (LinkageReading) reading = { 0 };

  if (!linkage_reading_load (&reading, database, error))
    return FALSE;

  if (g_strcmp0 (reading.collation, collation) == 0)
    return TRUE;

  g_free (reading.collation);
  reading.collation = g_steal_pointer (&collation);

  return linkage_connection_table_rebuild_keys (database, error) && linkage_reading_save (&reading, database, error);
}

/* What waits for nobody showing rows of this file any more. */
static gboolean
tidy (LinkageDatabase *database, GError **error)
{
  if (linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, error) &&
      linkage_connection_table_purge_all (database, error) &&
      linkage_outbox_table_clamp (database, linkage_store_get_now (), error) && rebuild_keys (database, error) &&
      linkage_database_commit (database, error))
    return TRUE;

  linkage_database_rollback (database);

  return FALSE;
}

/* What an import that was cut off had still to do. Without them all is there and only slower: no reason to refuse a
 * file where the disk is full. */
static gboolean
complete_indexes (LinkageDatabase *database, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (linkage_database_begin (database, LINKAGE_DATABASE_REPEATABLE, &local_error) &&
      linkage_connection_indexes_create (database, &local_error) && linkage_database_commit (database, &local_error))
    return TRUE;

  linkage_database_rollback (database);
  if (g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FULL))
    {
      g_message ("Orders take longer than they need to: %s", local_error->message);
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* A file that a migration is about to write to, and that nobody could give again. */
static gboolean
keep_former_version (LinkageDatabase *database, const char *path, GError **error)
{
  g_auto (GStrv) steps = g_resources_enumerate_children (MIGRATIONS, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  int version = steps != NULL ? linkage_database_get_version (database, error) : -1;

  if (version <= 0 || (guint)version >= g_strv_length (steps))
    return version >= 0;

  return linkage_backup_file_make (path, database, error);
}

/*
 * linkage_store_file_open_writer:
 * @check: whether to look through the whole file for damage
 * @is_companion: whether to make a backup before a migration
 *
 * Returns: (transfer full): a connection to a file in the newest version, or %NULL with @error in
 *   LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
LinkageDatabase *
linkage_store_file_open_writer (const char *path,
                                gboolean check,
                                gboolean is_companion,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (LinkageDatabase) database = NULL;
  gboolean success;

  database =
    linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_DEFAULT, cancellable, error);
  if (database == NULL)
    return NULL;

  /* Out of a static library the linker takes the resource only when somebody names it. */
  linkage_store_get_resource ();

  /* Before a migration writes to it. */
  linkage_database_set_cancellable (database, cancellable);
  success = !check || quick_check (database, error);
  linkage_database_set_cancellable (database, NULL);
  if (!success || (is_companion && !keep_former_version (database, path, error)) ||
      !linkage_database_migrate (database, MIGRATIONS, cancellable, error))
    return NULL;

  linkage_database_set_cancellable (database, cancellable);
  success = tidy (database, error) && complete_indexes (database, error);
  linkage_database_set_cancellable (database, NULL);

  return success ? g_steal_pointer (&database) : NULL;
}

/* Of a portal's file the portal gives again what cannot be read; a companion's has its backups. */
static gboolean
replace (LinkageStoreFile *self, const char *path, gboolean is_companion, GCancellable *cancellable, GError **error)
{
  if (is_companion)
    self->restored = linkage_backup_file_replace (path, &self->set_aside, cancellable, error);
  else
    self->set_aside = linkage_store_rescue_replace (path, cancellable, error);

  return is_companion ? self->restored != NULL : self->set_aside != NULL;
}

static gboolean
resume (const char *path, gboolean is_companion, GError **error)
{
  return is_companion ? linkage_backup_file_resume (path, error) : linkage_store_rescue_resume (path, error);
}

static gboolean
open_or_replace (LinkageStoreFile *self,
                 const char *path,
                 gboolean is_companion,
                 GCancellable *cancellable,
                 GError **error)
{
  gboolean check = linkage_store_lock_was_left_open (self->lock);
  g_autoptr (GError) local_error = NULL;

  if (!resume (path, is_companion, error))
    return FALSE;

  self->writer = linkage_store_file_open_writer (path, check, is_companion, cancellable, &local_error);
  if (self->writer != NULL)
    return TRUE;

  if (!g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_message ("%s is damaged and is set aside: %s", path, local_error->message);
  if (!replace (self, path, is_companion, cancellable, error))
    return FALSE;

  self->writer = linkage_store_file_open_writer (path, FALSE, is_companion, cancellable, error);

  return self->writer != NULL;
}

static LinkageDatabase *
open_reader (const char *path, GCancellable *cancellable, GError **error)
{
  return linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, cancellable,
                                error);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  linkage_store_error_set_from_errno (error, folder, errno);

  return FALSE;
}

/*
 * linkage_store_file_open:
 * @is_companion: whether a person brought what is in it, so that it has backups
 *
 * Opens a store's file, made where there is none, for this process alone. A corrupt one is set aside and a new one, or
 * a backup, takes its place. Blocks: not for the main thread.
 *
 * Returns: (transfer full): the file, or %NULL with @error in LINKAGE_STORE_ERROR or LINKAGE_DATABASE_ERROR, or
 *   G_IO_ERROR_CANCELLED
 */
LinkageStoreFile *
linkage_store_file_open (const char *path, gboolean is_companion, GCancellable *cancellable, GError **error)
{
  g_autoptr (LinkageStoreFile) self = g_new0 (LinkageStoreFile, 1);

  if (!make_folder (path, error))
    return NULL;

  self->lock = linkage_store_lock_acquire (path, error);
  if (self->lock == NULL || !open_or_replace (self, path, is_companion, cancellable, error))
    return NULL;

  self->reader = open_reader (path, cancellable, error);
  if (self->reader == NULL)
    return NULL;

  self->order_reader = open_reader (path, cancellable, error);
  if (self->order_reader == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/*
 * linkage_store_file_free:
 * @self: (transfer full)
 *
 * Closes the connections that nobody took, the writing one last: it empties the log. Then the lock goes.
 */
void
linkage_store_file_free (LinkageStoreFile *self)
{
  g_clear_object (&self->order_reader);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->lock, linkage_store_lock_release);
  g_free (self->set_aside);
  g_clear_pointer (&self->restored, linkage_store_backup_unref);
  g_free (self);
}
