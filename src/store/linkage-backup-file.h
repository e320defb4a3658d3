/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"
#include "linkage-store-backup.h"

G_BEGIN_DECLS

/* Backups of a store beside its file, FILE.backup-1 (the newest) to FILE.backup-5. Blocks: for threads. */
gboolean linkage_backup_file_make (const char *path, LinkageDatabase *database, GError **error);
GPtrArray *linkage_backup_file_list (const char *path);
LinkageStoreBackup *
linkage_backup_file_replace (const char *path, char **set_aside, GCancellable *cancellable, GError **error);
gboolean linkage_backup_file_resume (const char *path, GError **error);
gboolean linkage_backup_file_copy_to (const char *backup, const char *path, GError **error);

G_END_DECLS
