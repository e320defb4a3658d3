/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_DATABASE_ERROR_FAILED,
  LINKAGE_DATABASE_ERROR_BUSY,
  LINKAGE_DATABASE_ERROR_CONSTRAINT,
  LINKAGE_DATABASE_ERROR_CORRUPT,
  LINKAGE_DATABASE_ERROR_FULL,
  LINKAGE_DATABASE_ERROR_READ_ONLY,
  LINKAGE_DATABASE_ERROR_CANNOT_OPEN,
  LINKAGE_DATABASE_ERROR_NEWER,
} LinkageDatabaseError;

#define LINKAGE_DATABASE_ERROR (linkage_database_error_quark ())
GQuark linkage_database_error_quark (void);

/* One connection to one SQLite file. Used by one thread at a time. */
#define LINKAGE_TYPE_DATABASE (linkage_database_get_type ())
G_DECLARE_FINAL_TYPE (LinkageDatabase, linkage_database, LINKAGE, DATABASE, GObject)

typedef enum
{
  LINKAGE_DATABASE_OPEN_DEFAULT = 0,
  LINKAGE_DATABASE_OPEN_READ_ONLY = 1 << 0,
} LinkageDatabaseOpenFlags;

LinkageDatabase *linkage_database_open (const char *path,
                                        gint32 application_id,
                                        LinkageDatabaseOpenFlags flags,
                                        GCancellable *cancellable,
                                        GError **error);
/* migrations: a resource folder with 0001-….sql, 0002-….sql, … */
gboolean
linkage_database_migrate (LinkageDatabase *self, const char *migrations, GCancellable *cancellable, GError **error);
gboolean linkage_database_close (LinkageDatabase *self, GError **error);
sqlite3 *linkage_database_get_handle (LinkageDatabase *self);
gboolean linkage_database_check (LinkageDatabase *self, int result, GError **error);
int linkage_database_get_version (LinkageDatabase *self, GError **error);
gboolean linkage_database_execute (LinkageDatabase *self, const char *sql, GError **error);
gint64 linkage_database_get_last_insert_id (LinkageDatabase *self);
gint64 linkage_database_get_n_changes (LinkageDatabase *self);
/* The cancellable that interrupts the statements that run from now on; NULL: none. */
void linkage_database_set_cancellable (LinkageDatabase *self, GCancellable *cancellable);

typedef enum
{
  LINKAGE_DATABASE_DURABLE,    /* synchronous=FULL: the person's work */
  LINKAGE_DATABASE_REPEATABLE, /* NORMAL: what the portal can give again */
} LinkageDatabaseDurability;

gboolean linkage_database_begin (LinkageDatabase *self, LinkageDatabaseDurability durability, GError **error);
gboolean linkage_database_commit (LinkageDatabase *self, GError **error);
void linkage_database_rollback (LinkageDatabase *self);
gboolean linkage_database_in_transaction (LinkageDatabase *self);

G_END_DECLS
