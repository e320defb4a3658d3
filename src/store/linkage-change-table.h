/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"
#include "linkage-row-change.h"

G_BEGIN_DECLS

/* The table change. Every function belongs to the thread of its connection. */
gboolean
linkage_change_table_add (LinkageDatabase *database, gint64 row_id, const LinkageRowChange *change, GError **error);
GPtrArray *linkage_change_table_list (LinkageDatabase *database, gint64 row_id, gint64 since, GError **error);
gboolean linkage_change_table_forget_copy (LinkageDatabase *database, gint64 copy, GError **error);

G_END_DECLS
