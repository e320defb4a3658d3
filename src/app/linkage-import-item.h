/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_ITEM (linkage_import_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportItem, linkage_import_item, LINKAGE, IMPORT_ITEM, GObject)

/* What an import would do with one row, for a list.
 *
 * Signal: ::changed () — the person chose what an ambiguous row means, this one or another. */
LinkageImportItem *linkage_import_item_new (LinkageImportPlan *plan, guint position);
LinkageImportPlan *linkage_import_item_get_plan (LinkageImportItem *self); /* (transfer none) */
guint linkage_import_item_get_position (LinkageImportItem *self);
const LinkageImportChange *linkage_import_item_get_change (LinkageImportItem *self);
/* Whether the person has the choice of what the row means, also after it was made. */
gboolean linkage_import_item_get_has_choice (LinkageImportItem *self);
void linkage_import_item_update (LinkageImportItem *self, gboolean has_choice);
/* (transfer full) (element-type LinkageConnection): what it may mean, whatever was chosen */
GPtrArray *linkage_import_item_list_candidates (LinkageImportItem *self);

G_END_DECLS
