/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-item.h"

G_BEGIN_DECLS

/* Instead of a kind: rows of all of them. */
#define LINKAGE_IMPORT_MODEL_ALL (-1)

#define LINKAGE_TYPE_IMPORT_MODEL (linkage_import_model_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportModel, linkage_import_model, LINKAGE, IMPORT_MODEL, GObject)

/* The rows of an import, of one kind or of all: a GListModel of LinkageImportItem, which are made when they are looked
 * at. It keeps what the person chose for ambiguous rows, and tells it to each new plan. */
LinkageImportModel *linkage_import_model_new (void);
LinkageImportPlan *linkage_import_model_get_plan (LinkageImportModel *self); /* (transfer none) (nullable) */
void linkage_import_model_set_plan (LinkageImportModel *self, LinkageImportPlan *plan);
int linkage_import_model_get_kind (LinkageImportModel *self);
void linkage_import_model_set_kind (LinkageImportModel *self, int kind);
/* connection_id: (nullable): null: nothing of ours; FALSE: the plan is to be made again for it */
gboolean linkage_import_model_choose (LinkageImportModel *self, guint position, const char *connection_id);
/* Takes a choice back: the plan is to be made again. */
void linkage_import_model_leave_open (LinkageImportModel *self, guint position);
/* Forgets what was chosen: another table is to come. */
void linkage_import_model_reset (LinkageImportModel *self);

G_END_DECLS
