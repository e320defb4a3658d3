/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-backup.h"

G_DEFINE_BOXED_TYPE (LinkageStoreBackup, linkage_store_backup, linkage_store_backup_ref, linkage_store_backup_unref)

/**
 * linkage_store_backup_new:
 * @path: where it is
 * @made_at: Unix seconds
 * @n_rows: how many rows it has
 *
 * Returns: (transfer full): the description of a backup
 */
LinkageStoreBackup *
linkage_store_backup_new (const char *path, gint64 made_at, guint n_rows)
{
  LinkageStoreBackup *self = g_atomic_rc_box_new0 (LinkageStoreBackup);

  self->path = g_strdup (path);
  self->made_at = made_at;
  self->n_rows = n_rows;

  return self;
}

static void
clear (gpointer data)
{
  LinkageStoreBackup *self = data;

  g_free (self->path);
}

/**
 * linkage_store_backup_ref:
 * @self: a backup
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @self
 */
LinkageStoreBackup *
linkage_store_backup_ref (LinkageStoreBackup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_store_backup_unref:
 * @self: (transfer full): a backup
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_store_backup_unref (LinkageStoreBackup *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}
