/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* Rows of the table connection that are removed and kept. Every function belongs to the thread of its connection. */
gboolean linkage_removed_table_count (LinkageDatabase *database, guint *n_rows, GError **error);
GPtrArray *linkage_removed_table_read (LinkageDatabase *database, guint offset, guint limit, GError **error);
gboolean linkage_removed_table_forget_all (LinkageDatabase *database, GError **error);

G_END_DECLS
