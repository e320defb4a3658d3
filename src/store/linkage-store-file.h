/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"
#include "linkage-store-backup.h"
#include "linkage-store-lock.h"

G_BEGIN_DECLS

/* A store's file, opened: locked, migrated, tidied, with the three connections that a store works with. */
typedef struct
{
  LinkageStoreLock *lock;        /* (owned) */
  LinkageDatabase *writer;       /* (owned) */
  LinkageDatabase *reader;       /* (owned): for the main thread */
  LinkageDatabase *order_reader; /* (owned): for the thread that computes orders */
  char *set_aside;               /* (owned) (nullable): where a corrupt file went */
  LinkageStoreBackup *restored;  /* (owned) (nullable): of a companion's, what took its place */
} LinkageStoreFile;

LinkageStoreFile *
linkage_store_file_open (const char *path, gboolean is_companion, GCancellable *cancellable, GError **error);
void linkage_store_file_free (LinkageStoreFile *self);
LinkageDatabase *linkage_store_file_open_writer (const char *path,
                                                 gboolean check,
                                                 gboolean is_companion,
                                                 GCancellable *cancellable,
                                                 GError **error);

#define LINKAGE_STORE_APPLICATION_ID 0x4c6e6b53

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageStoreFile, linkage_store_file_free)

G_END_DECLS
