/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-merge.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* What one account has with a customer. */
typedef struct
{
  char *id; /* (owned) (nullable): null where there never was a row */
  gint64 revision;
  gboolean is_shown; /* else only what was used is remembered */
  LinkageOrigin origin;
  LinkageStatus status;
  guint requests_used;
  gboolean was_rejected;
  gint64 requested_at; /* of the latest attempt, 0: none */
} PortalMergeSide;

/* What a merge makes of one customer's rows. */
typedef struct
{
  char *customer_id;   /* (owned) */
  char *customer_name; /* (owned) */
  PortalMergeSide stays;
  PortalMergeSide goes;
  LinkageMergeOutcome outcome;
} PortalMergeEntry;

typedef struct
{
  char *stays;         /* (owned): an account */
  char *goes;          /* (owned): the account that is merged into it */
  GPtrArray *entries;  /* (owned) (element-type PortalMergeEntry): by the customers' names */
  GPtrArray *memories; /* (owned) (element-type PortalMergeEntry): of customers that no table shows */
  guint counts[LINKAGE_MERGE_REMOVED + 1];
  guint searches_left;
  char *state; /* (owned): another one as soon as the merge would do anything else */
} PortalMergePlan;

PortalMergePlan *portal_merge_plan_new (PortalStore *store, const char *stays, const char *goes, GError **error);
void portal_merge_plan_free (PortalMergePlan *plan);
const PortalMergeSide *portal_merge_entry_get_survivor (const PortalMergeEntry *entry);
void portal_merge_plan_add_json (JsonBuilder *builder, const PortalMergePlan *plan, guint offset, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalMergePlan, portal_merge_plan_free)

G_END_DECLS
