/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-rescue.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-connection-table.h"
#include "linkage-outbox-table.h"
#include "linkage-removed-connection.h"
#include "linkage-removed-table.h"
#include "linkage-search-table.h"
#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"

/* A file under this name is whole and takes the place of the corrupt one, whatever of that is still there. */
#define RESCUED ".rescued"

/* How many removed rows are read at once. */
#define AT_ONCE 500

/* The files that SQLite keeps together; the first is the database. */
static const char *const suffixes[] = { "", "-wal", "-shm" };

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  linkage_store_error_set_from_errno (error, from, errno);

  return FALSE;
}

static gboolean
move_all (const char *from, const char *to, GError **error)
{
  /* The database last: as long as it is at its place, nothing was replaced. */
  for (guint i = G_N_ELEMENTS (suffixes); i > 0; i--)
    {
      g_autofree char *old_path = g_strconcat (from, suffixes[i - 1], NULL);
      g_autofree char *new_path = g_strconcat (to, suffixes[i - 1], NULL);

      if (!move (old_path, new_path, error))
        return FALSE;
    }

  return TRUE;
}

static void
delete_all (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

static char *
make_aside_path (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.corrupt-%s", path, date);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.corrupt-%s-%u", path, date, i);
    }

  return g_steal_pointer (&aside);
}

static gboolean
rescue_outbox (LinkageDatabase *from, LinkageDatabase *to, GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);
  g_autoptr (GError) damage = NULL;

  if (!linkage_outbox_table_read (from, linkage_store_get_now (), operations, NULL, &damage))
    g_message ("The outbox could be read up to its row %u: %s", operations->len, damage->message);

  for (guint i = 0; i < operations->len; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (linkage_outbox_table_add (to, g_ptr_array_index (operations, i), &local_error) ||
          g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CONSTRAINT))
        continue;

      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
rescue_searches (LinkageDatabase *from, LinkageDatabase *to, GError **error)
{
  enum
  {
    KEY,
    NAME,
    ID,
  };
  g_autoptr (GError) damage = NULL;
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (from, "SELECT key, name, id FROM search ORDER BY position", &damage);

  while (statement != NULL && linkage_statement_step (statement, &damage) == LINKAGE_STEP_ROW)
    {
      const char *key = linkage_statement_get_text (statement, KEY);
      const char *name = linkage_statement_get_text (statement, NAME);
      const char *id = linkage_statement_get_text (statement, ID);
      gboolean begun;

      if (key == NULL || name == NULL)
        continue;

      if (id != NULL ? !linkage_search_table_answer (to, key, name, id, error)
                     : !linkage_search_table_begin (to, key, name, &begun, error))
        return FALSE;
    }
  if (damage != NULL)
    g_message ("Not all searches could be read: %s", damage->message);

  return TRUE;
}

static gboolean
write_removed (LinkageDatabase *to, const LinkageRemovedConnection *removed, GError **error)
{
  const LinkageConnection *connection = removed->connection;
  const LinkageRemoval removal = { .at = removed->removed_at };
  LinkageConnectionRecord record;
  gint64 row_id;

  return linkage_connection_table_look_up (to, connection->id, &record, error) &&
         linkage_connection_table_write (to, connection, &record, 0, &row_id, error) &&
         linkage_connection_table_bury (to, connection->id, &record, connection->revision, 0, &removal, error);
}

static gboolean
rescue_removed (LinkageDatabase *from, LinkageDatabase *to, GError **error)
{
  guint n_read;
  guint offset = 0;

  do
    {
      g_autoptr (GError) damage = NULL;
      g_autoptr (GPtrArray) rows = linkage_removed_table_read (from, offset, AT_ONCE, &damage);

      if (rows == NULL)
        g_message ("Only %u removed rows could be read: %s", offset, damage->message);
      n_read = rows != NULL ? rows->len : 0;
      for (guint i = 0; i < n_read; i++)
        {
          if (!write_removed (to, g_ptr_array_index (rows, i), error))
            return FALSE;
        }
      offset += n_read;
    }
  while (n_read == AT_ONCE);

  return TRUE;
}

/* As much as can be read of what the portal cannot give again. */
static gboolean
rescue (const char *path, LinkageDatabase *to, GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (LinkageDatabase) from = NULL;

  from = linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &damage);
  if (from == NULL)
    {
      g_message ("Nothing could be read: %s", damage->message);
      return TRUE;
    }

  if (linkage_database_begin (to, LINKAGE_DATABASE_DURABLE, error) && rescue_outbox (from, to, error) &&
      rescue_searches (from, to, error) && rescue_removed (from, to, error) && linkage_database_commit (to, error))
    return TRUE;

  linkage_database_rollback (to);

  return FALSE;
}

/*
 * linkage_store_rescue_set_aside:
 * @path: a corrupt file that nobody has open
 *
 * Moves a file, and what SQLite keeps beside it, out of the way.
 *
 * Returns: (transfer full): where it is, or %NULL with @error in LINKAGE_STORE_ERROR
 */
char *
linkage_store_rescue_set_aside (const char *path, GError **error)
{
  g_autofree char *aside = make_aside_path (path);

  return move_all (path, aside, error) ? g_steal_pointer (&aside) : NULL;
}

/*
 * linkage_store_rescue_replace:
 * @path: a corrupt file that nobody has open
 *
 * Makes a new file with the outbox, the searches and the removed rows of the old one, as far as they can be read, sets
 * the old one aside, and puts the new one in its place. When this fails, the old file is where it was.
 *
 * Returns: (transfer full): where the old file is, or %NULL with @error in LINKAGE_STORE_ERROR or
 *   LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
char *
linkage_store_rescue_replace (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autofree char *rescued = g_strconcat (path, RESCUED, NULL);
  g_autofree char *aside = make_aside_path (path);
  g_autoptr (LinkageDatabase) fresh = NULL;

  delete_all (new_path);
  fresh = linkage_store_file_open_writer (new_path, FALSE, FALSE, cancellable, error);
  if (fresh == NULL || !rescue (path, fresh, error) || !linkage_database_close (fresh, error))
    {
      g_clear_object (&fresh);
      delete_all (new_path);
      return NULL;
    }

  if (!move (new_path, rescued, error) || !move_all (path, aside, error) || !move (rescued, path, error))
    return NULL;

  return g_steal_pointer (&aside);
}

/*
 * linkage_store_rescue_resume:
 *
 * Ends a replacement that was interrupted once the new file was whole. What is left of the old one goes aside before:
 * a log that lies beside a database is taken for its own.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR
 */
gboolean
linkage_store_rescue_resume (const char *path, GError **error)
{
  g_autofree char *rescued = g_strconcat (path, RESCUED, NULL);
  g_autofree char *aside = NULL;

  if (!g_file_test (rescued, G_FILE_TEST_EXISTS))
    return TRUE;

  aside = make_aside_path (path);
  return move_all (path, aside, error) && move (rescued, path, error);
}
