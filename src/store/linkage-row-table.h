/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection-row.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* The row objects of a list: those that somebody holds, by id, and the values of the pages read last, out of which more
 * can be made. Holds no row alive. Main thread only. */
typedef struct _LinkageRowTable LinkageRowTable;

LinkageRowTable *linkage_row_table_new (LinkageStore *store);
void linkage_row_table_free (LinkageRowTable *self);
LinkageConnectionRow *linkage_row_table_get (LinkageRowTable *self, gint64 row_id);
LinkageConnectionRow *
linkage_row_table_read (LinkageRowTable *self, const gint64 *page, guint n_rows, gint64 row_id, GError **error);
gboolean linkage_row_table_update (LinkageRowTable *self, const gint64 *row_ids, guint n_rows, GError **error);
guint linkage_row_table_get_n_alive (LinkageRowTable *self);
guint64 linkage_row_table_get_n_made (LinkageRowTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageRowTable, linkage_row_table_free)

G_END_DECLS
