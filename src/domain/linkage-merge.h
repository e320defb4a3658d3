/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_MERGE_STAYS,        /* a row of the account that stays */
  LINKAGE_MERGE_COMES_OVER,   /* a row of the merged account alone */
  LINKAGE_MERGE_CONSOLIDATED, /* both had one */
  LINKAGE_MERGE_REMOVED,      /* the survivor was rejected or expired */
} LinkageMergeFate;

typedef struct
{
  LinkageMergeFate fate;
  gboolean from_b;     /* the survivor's latest attempt, origin and e-mail are B's */
  guint requests_used; /* remembered for removed rows too */
  gboolean was_rejected;
} LinkageMergeOutcome;

void
linkage_merge_pair (const LinkageConnection *a, const LinkageConnection *b, gint64 now, LinkageMergeOutcome *outcome);
guint linkage_merge_searches_left (guint left_a, guint left_b);

G_END_DECLS
