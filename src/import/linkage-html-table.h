/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-table.h"

G_BEGIN_DECLS

/* A table while its page is read, cell by cell. */
typedef struct _LinkageHtmlTable LinkageHtmlTable;

LinkageHtmlTable *linkage_html_table_new (void);
/* (transfer full): what was read; self is gone */
LinkageImportTable *linkage_html_table_finish (LinkageHtmlTable *self);

void linkage_html_table_begin_row (LinkageHtmlTable *self);
gboolean linkage_html_table_end_row (LinkageHtmlTable *self, GError **error);
void linkage_html_table_begin_cell (LinkageHtmlTable *self, guint columns, guint rows);
void linkage_html_table_end_cell (LinkageHtmlTable *self);

/* In a cell. length: bytes; spoken: it is for screen readers, not to be seen */
void linkage_html_table_append_text (LinkageHtmlTable *self, const char *text, gsize length, gboolean spoken);
void linkage_html_table_append_break (LinkageHtmlTable *self);
/* How much was said in the cell up to now. */
gsize linkage_html_table_get_said (const LinkageHtmlTable *self);

G_END_DECLS
