/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-file.h"

#include <errno.h>
#include <glib/gstdio.h>

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

/*
 * linkage_store_file_open_writer:
 * @check: whether to look through the whole file for damage
 *
 * Returns: (transfer full): a connection to a file in the newest version, or %NULL with @error in
 *   LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
LinkageDatabase *
linkage_store_file_open_writer (const char *path, gboolean check, GCancellable *cancellable, GError **error)
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
  if (!success || !linkage_database_migrate (database, MIGRATIONS, cancellable, error))
    return NULL;

  linkage_database_set_cancellable (database, cancellable);
  success = tidy (database, error);
  linkage_database_set_cancellable (database, NULL);

  return success ? g_steal_pointer (&database) : NULL;
}

static gboolean
open_or_replace (LinkageStoreFile *self, const char *path, GCancellable *cancellable, GError **error)
{
  gboolean check = linkage_store_lock_was_left_open (self->lock);
  g_autoptr (GError) local_error = NULL;

  if (!linkage_store_rescue_resume (path, error))
    return FALSE;

  self->writer = linkage_store_file_open_writer (path, check, cancellable, &local_error);
  if (self->writer != NULL)
    return TRUE;

  if (!g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_message ("%s is damaged and is set aside: %s", path, local_error->message);
  self->set_aside = linkage_store_rescue_replace (path, cancellable, error);
  if (self->set_aside == NULL)
    return FALSE;

  self->writer = linkage_store_file_open_writer (path, FALSE, cancellable, error);

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
 *
 * Opens a store's file, made where there is none, for this process alone. A corrupt one is set aside and a new one
 * takes its place. Blocks: not for the main thread.
 *
 * Returns: (transfer full): the file, or %NULL with @error in LINKAGE_STORE_ERROR or LINKAGE_DATABASE_ERROR, or
 *   G_IO_ERROR_CANCELLED
 */
LinkageStoreFile *
linkage_store_file_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LinkageStoreFile) self = g_new0 (LinkageStoreFile, 1);

  if (!make_folder (path, error))
    return NULL;

  self->lock = linkage_store_lock_acquire (path, error);
  if (self->lock == NULL || !open_or_replace (self, path, cancellable, error))
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
  g_free (self);
}
