/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_COLUMN_ROW (linkage_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportColumnRow, linkage_import_column_row, LINKAGE, IMPORT_COLUMN_ROW, GtkWidget)

/* One column of a table, with a drop-down of what it holds.
 *
 * Property: field (a LinkageImportField, read only; it changes when the person chooses). */
GtkWidget *linkage_import_column_row_new (guint column);
void linkage_import_column_row_show (LinkageImportColumnRow *self,
                                     const char *heading,
                                     const char *sample,
                                     LinkageImportField field);
LinkageImportField linkage_import_column_row_get_field (LinkageImportColumnRow *self);

G_END_DECLS
