/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* A thread that owns a connection and does one job after another, in the order in which they were given to it. */
#define LINKAGE_TYPE_DATABASE_THREAD (linkage_database_thread_get_type ())
G_DECLARE_FINAL_TYPE (LinkageDatabaseThread, linkage_database_thread, LINKAGE, DATABASE_THREAD, GObject)

/* A job: runs in the thread, touches only the connection and its own data (the task's data), puts its results there. */
typedef gboolean (*LinkageDatabaseJob) (LinkageDatabase *database, gpointer data, GError **error);

LinkageDatabaseThread *linkage_database_thread_new (const char *name, LinkageDatabase *database);
/* A job that reads: dropped when the task's cancellable is cancelled before it began, interrupted while it runs. */
void linkage_database_thread_read (LinkageDatabaseThread *self, GTask *task, LinkageDatabaseJob job);
/* A job that writes, in one transaction of its own. Once begun it runs to its end. */
void linkage_database_thread_write (LinkageDatabaseThread *self,
                                    LinkageDatabaseDurability durability,
                                    GTask *task,
                                    LinkageDatabaseJob job);
void
linkage_database_thread_close_async (LinkageDatabaseThread *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_database_thread_close_finish (LinkageDatabaseThread *self, GAsyncResult *result, GError **error);

G_END_DECLS
