/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-error.h"

G_BEGIN_DECLS

#define LINKAGE_IMPORT_MAX_BYTES (64 * 1024 * 1024)
#define LINKAGE_IMPORT_MAX_ROWS 200000
#define LINKAGE_IMPORT_MAX_COLUMNS 64
#define LINKAGE_IMPORT_SAMPLE_ROWS 50 /* what a column holds is told by the first of them */

/* The cells of a table as text, whatever it was read from. Immutable once it is read. */
typedef struct _LinkageImportTable LinkageImportTable;

#define LINKAGE_TYPE_IMPORT_TABLE (linkage_import_table_get_type ())
GType linkage_import_table_get_type (void);

LinkageImportTable *linkage_import_table_new (void);
LinkageImportTable *linkage_import_table_ref (LinkageImportTable *self);
void linkage_import_table_unref (LinkageImportTable *self);
gboolean linkage_import_table_begin_row (LinkageImportTable *self, GError **error);
gboolean linkage_import_table_add_cell (LinkageImportTable *self, const char *text, gssize length, GError **error);
guint linkage_import_table_get_n_rows (const LinkageImportTable *self);
guint linkage_import_table_get_n_cells (const LinkageImportTable *self, guint row);
guint linkage_import_table_get_n_columns (const LinkageImportTable *self);
const char *linkage_import_table_get_cell (const LinkageImportTable *self, guint row, guint column);
gboolean linkage_import_table_is_row_empty (const LinkageImportTable *self, guint row);
gboolean linkage_import_table_may_hold_names (const LinkageImportTable *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageImportTable, linkage_import_table_unref)

G_END_DECLS
