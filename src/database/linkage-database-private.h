/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

LinkageDatabase *linkage_database_connect (const char *path, int flags, GError **error);
gboolean linkage_database_query_int (LinkageDatabase *self, const char *sql, gint64 *value, GError **error);
gboolean
linkage_database_set_pragma (LinkageDatabase *self, const char *set, const char *get, gint64 expected, GError **error);
sqlite3_stmt *linkage_database_take_prepared (LinkageDatabase *self, const char *sql, GError **error);
void linkage_database_give_prepared (LinkageDatabase *self, const char *sql, sqlite3_stmt *prepared);
gboolean linkage_database_is_cancelled (LinkageDatabase *self, GError **error);
void linkage_database_defer_checkpoints (LinkageDatabase *self);
void linkage_database_checkpoint (LinkageDatabase *self);

G_END_DECLS
