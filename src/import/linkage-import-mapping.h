/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-date.h"
#include "linkage-import-field.h"
#include "linkage-import-table.h"

G_BEGIN_DECLS

/* What each column of a table holds, and how its dates are to be read. A plain value. */
typedef struct
{
  LinkageImportField fields[LINKAGE_IMPORT_MAX_COLUMNS];
  guint n_columns;
  guint first_row; /* the first one below the headings */
  LinkageDateOrder date_order;
  gboolean date_order_is_certain; /* the dates themselves allow no other */
} LinkageImportMapping;

gboolean
linkage_import_mapping_guess (LinkageImportMapping *self, const LinkageImportTable *table, GHashTable *remembered);
gboolean linkage_import_mapping_is_usable (const LinkageImportMapping *self);
int linkage_import_mapping_find (const LinkageImportMapping *self, LinkageImportField field);
void linkage_import_mapping_guess_date_order (LinkageImportMapping *self, const LinkageImportTable *table);
void linkage_import_mapping_assign (LinkageImportMapping *self, guint column, LinkageImportField field);

G_END_DECLS
