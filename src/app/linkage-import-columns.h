/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_COLUMNS (linkage_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportColumns, linkage_import_columns, LINKAGE, IMPORT_COLUMNS, GtkWidget)

/* What each column of a table holds, where its rows begin, and how its dates are read, for the person to correct.
 *
 * Signal: ::corrected () — by the person. */
void linkage_import_columns_set_table (LinkageImportColumns *self,
                                       LinkageImportTable *table,
                                       const LinkageImportMapping *mapping);
const LinkageImportMapping *linkage_import_columns_get_mapping (LinkageImportColumns *self);

G_END_DECLS
