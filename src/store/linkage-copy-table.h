/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-copy.h"
#include "linkage-database.h"

G_BEGIN_DECLS

/* The tables copy, former and former_attempt. Every function belongs to the thread of its connection. */

/* Of the latest copy, for taking it back. */
typedef struct
{
  gint64 number;      /* 0: there is none that can be taken back */
  gint64 last_change; /* position of the last change of its own */
} LinkageUndoRecord;

gboolean linkage_copy_table_begin (LinkageDatabase *database,
                                   const LinkageCopy *copy,
                                   gint64 now,
                                   gint64 *number,
                                   GError **error);
gboolean linkage_copy_table_end (LinkageDatabase *database, gint64 number, GError **error);
gboolean linkage_copy_table_read_latest (LinkageDatabase *database, LinkageCopy **copy, GError **error);

gboolean linkage_copy_table_keep_new (LinkageDatabase *database, gint64 last_row, GError **error);
gboolean linkage_copy_table_keep_former (LinkageDatabase *database, gint64 row_id, gboolean is_written, GError **error);

gboolean linkage_copy_table_find_undo (LinkageDatabase *database, LinkageUndoRecord *record, GError **error);
GArray *linkage_copy_table_bury_new (LinkageDatabase *database, const LinkageUndoRecord *record, GError **error);
GArray *linkage_copy_table_restore_seen (LinkageDatabase *database, GError **error);
GArray *linkage_copy_table_restore_written (LinkageDatabase *database, GError **error);
gboolean linkage_copy_table_forget (LinkageDatabase *database, gint64 number, GError **error);

G_END_DECLS
