/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-import-item.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_CHANGE_ROW (linkage_import_change_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportChangeRow, linkage_import_change_row, LINKAGE, IMPORT_CHANGE_ROW, GtkWidget)

/* One row of an import in a preview. What an ambiguous one means goes to the actions `import.choose` (position in the
 * plan, id of a connection or nothing) and `import.leave-open` (position). */
GtkWidget *linkage_import_change_row_new (void);
/* item: (nullable) */
void linkage_import_change_row_set_item (LinkageImportChangeRow *self, LinkageImportItem *item);

G_END_DECLS
