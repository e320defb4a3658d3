/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_STORE_BACKUP (linkage_store_backup_get_type ())

/* A copy of a store's file beside it; immutable once shared. */
typedef struct
{
  char *path;     /* (owned) */
  gint64 made_at; /* Unix seconds */
  guint n_rows;   /* that it has */
} LinkageStoreBackup;

GType linkage_store_backup_get_type (void);
LinkageStoreBackup *linkage_store_backup_new (const char *path, gint64 made_at, guint n_rows);
LinkageStoreBackup *linkage_store_backup_ref (LinkageStoreBackup *self);
void linkage_store_backup_unref (LinkageStoreBackup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageStoreBackup, linkage_store_backup_unref)

G_END_DECLS
