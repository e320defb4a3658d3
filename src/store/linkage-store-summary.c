/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-summary.h"

#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"

static gboolean
count_rows (LinkageDatabase *database, LinkageStoreSummary *summary, GError **error)
{
  enum
  {
    CONNECTIONS,
    REMOVED,
    CHANGES,
    COPIES,
    TO_ASK,
    SEARCHES,
    UNANSWERED,
  };
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT (SELECT count (*) FROM connection WHERE removed = 0),"
                           " (SELECT count (*) FROM connection WHERE removed_at IS NOT NULL),"
                           " (SELECT count (*) FROM change), (SELECT count (*) FROM copy),"
                           " (SELECT count (*) FROM to_ask), (SELECT count (*) FROM search),"
                           " (SELECT count (*) FROM outbox WHERE state <> 'refused')",
                           error);

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  summary->n_connections = (guint64)linkage_statement_get_int (statement, CONNECTIONS);
  summary->n_removed = (guint64)linkage_statement_get_int (statement, REMOVED);
  summary->n_changes = (guint64)linkage_statement_get_int (statement, CHANGES);
  summary->n_copies = (guint64)linkage_statement_get_int (statement, COPIES);
  summary->n_to_ask = (guint64)linkage_statement_get_int (statement, TO_ASK);
  summary->n_searches = (guint64)linkage_statement_get_int (statement, SEARCHES);
  summary->n_unanswered = (guint64)linkage_statement_get_int (statement, UNANSWERED);

  return TRUE;
}

static void
count_files (const char *path, LinkageStoreSummary *summary)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *backup = g_strconcat (base, ".backup-", NULL);
  g_autofree char *set_aside = g_strconcat (base, ".corrupt-", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, backup))
        summary->n_backups++;
      else if (g_str_has_prefix (name, set_aside) && !g_str_has_suffix (name, "-wal") &&
               !g_str_has_suffix (name, "-shm"))
        summary->n_set_aside++;
    }
}

/**
 * linkage_store_summary_read:
 * @path: the file of a store that is open in this process
 * @summary: (out caller-allocates): what is kept
 * @cancellable: (nullable): a #GCancellable
 *
 * Counts what is kept in a store and beside it. Blocks.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean
linkage_store_summary_read (const char *path, LinkageStoreSummary *summary, GCancellable *cancellable, GError **error)
{
  g_autoptr (LinkageDatabase) database = NULL;

  g_return_val_if_fail (path != NULL && summary != NULL, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  *summary = (LinkageStoreSummary){ 0 };
  database =
    linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, cancellable, error);
  if (database != NULL)
    linkage_database_set_cancellable (database, cancellable);
  if (database == NULL || !count_rows (database, summary, error))
    {
      linkage_store_error_translate (error);
      return FALSE;
    }

  count_files (path, summary);

  return TRUE;
}
