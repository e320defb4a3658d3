/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-copy.h"
#include "linkage-import-row.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_IMPORT_NEW,
  LINKAGE_IMPORT_CHANGED,
  LINKAGE_IMPORT_UNCHANGED,
  LINKAGE_IMPORT_NOT_UNDERSTOOD,
} LinkageImportKind;

#define LINKAGE_IMPORT_N_KINDS 4

/* What an import would do with one row. */
typedef struct
{
  LinkageImportKind kind;
  LinkageImportReason reason;  /* why it was not understood */
  LinkageImportRow *row;       /* (owned) */
  LinkageConnection *existing; /* (owned) (nullable): the request of ours that it speaks of */
  LinkageConnection *result;   /* (owned) (nullable): what that becomes; null when nothing is understood */
} LinkageImportChange;

/* What an import would do: made before anything is saved, shown to the person, then applied as it is. */
#define LINKAGE_TYPE_IMPORT_PLAN (linkage_import_plan_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportPlan, linkage_import_plan, LINKAGE, IMPORT_PLAN, GObject)

LinkageImportPlan *linkage_import_plan_new (LinkageImportTable *table,
                                            const LinkageImportMapping *mapping,
                                            GPtrArray *connections,
                                            GTimeZone *time_zone,
                                            gint64 copied_at,
                                            GCancellable *cancellable,
                                            GError **error);
LinkageImportTable *linkage_import_plan_get_table (LinkageImportPlan *self);           /* (transfer none) */
const LinkageImportMapping *linkage_import_plan_get_mapping (LinkageImportPlan *self); /* (transfer none) */
guint linkage_import_plan_get_n_changes (LinkageImportPlan *self);
const LinkageImportChange *linkage_import_plan_get_change (LinkageImportPlan *self, guint position);
guint linkage_import_plan_count (LinkageImportPlan *self, LinkageImportKind kind);
/* (transfer none) (element-type LinkageConnection): rows of ours that the table does not have */
GPtrArray *linkage_import_plan_get_missing (LinkageImportPlan *self);
/* An ambiguous row is this request of ours, or a new one (null): as the person says. */
void linkage_import_plan_resolve (LinkageImportPlan *self, guint position, LinkageConnection *existing);
/* (transfer container) (element-type LinkageConnection): which of ours an ambiguous row may mean */
GPtrArray *linkage_import_plan_get_candidates (LinkageImportPlan *self, guint position);
/* (transfer full): what is to be saved. mark_missing: the table was the whole one */
LinkageCopy *linkage_import_plan_make_copy (LinkageImportPlan *self, gboolean mark_missing);
gint64 linkage_import_plan_get_copied_at (LinkageImportPlan *self);

G_END_DECLS
