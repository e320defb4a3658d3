/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-database"

#include "linkage-database.h"

#include <stdlib.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static GStrv
list_steps (const char *migrations, GError **error)
{
  g_auto (GStrv) names = g_resources_enumerate_children (migrations, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (names == NULL)
    return NULL;

  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strtoull (names[i], NULL, 10) == i + 1)
        continue;
      g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED, "%s is not migration %u", names[i],
                   i + 1);
      return NULL;
    }

  return g_steal_pointer (&names);
}

static gboolean
apply_step (LinkageDatabase *self, const char *path, guint version, GError **error)
{
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%u", version);
  int found;

  if (sql == NULL || !linkage_database_begin (self, LINKAGE_DATABASE_DURABLE, error))
    return FALSE;

  /* Another process may have taken the step while this one waited for the lock. */
  found = linkage_database_get_version (self, error);
  if (found < 0)
    return FALSE;
  if ((guint)found >= version)
    return linkage_database_commit (self, error);

  /* Resource data is always followed by a zero byte. */
  return linkage_database_execute (self, g_bytes_get_data (sql, NULL), error) &&
         linkage_database_execute (self, set_version, error) && linkage_database_commit (self, error);
}

/**
 * linkage_database_migrate:
 * @migrations: a resource folder that holds `0001-….sql`, `0002-….sql` and so on, without a gap
 * @cancellable: (nullable): ends it between two steps, or within one, which is rolled back then
 *
 * Brings the tables to the newest version, one transaction for each step, so that a failure leaves a whole older
 * version behind. May block.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR: NEWER when a newer version of the program wrote the file, or
 *   why a step failed; or G_IO_ERROR_CANCELLED
 */
gboolean
linkage_database_migrate (LinkageDatabase *self, const char *migrations, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) steps = NULL;
  int version;

  g_return_val_if_fail (LINKAGE_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (migrations != NULL, FALSE);

  steps = list_steps (migrations, error);
  if (steps == NULL)
    return FALSE;

  version = linkage_database_get_version (self, error);
  if (version < 0)
    return FALSE;

  if ((guint)version > g_strv_length (steps))
    {
      g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_NEWER,
                   "The file has version %d, this program knows %u", version, g_strv_length (steps));
      return FALSE;
    }

  for (guint i = version; steps[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (migrations, "/", steps[i], NULL);
      gboolean success;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      linkage_database_set_cancellable (self, cancellable);
      success = apply_step (self, path, i + 1, error);
      linkage_database_set_cancellable (self, NULL);
      if (!success)
        {
          linkage_database_rollback (self);
          return FALSE;
        }
    }

  return TRUE;
}
