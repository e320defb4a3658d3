/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-import-model.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_CHANGES (linkage_import_changes_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportChanges, linkage_import_changes, LINKAGE, IMPORT_CHANGES, GtkWidget)

/* The rows of an import, and over them toggles that show one kind of rows only.
 *
 * Signals: ::chosen () — the plan changed, as the person told what an ambiguous row means;
 *  ::outdated () — so much that the plan is to be made again. */
LinkageImportPlan *linkage_import_changes_get_plan (LinkageImportChanges *self); /* (transfer none) (nullable) */
void linkage_import_changes_set_plan (LinkageImportChanges *self, LinkageImportPlan *plan);
void linkage_import_changes_reset (LinkageImportChanges *self);

G_END_DECLS
