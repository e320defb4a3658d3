/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* What two accounts whose rows a person brought have with one customer, and what becomes of it. */
typedef struct
{
  LinkageConnection *stays; /* (owned) (nullable) */
  LinkageConnection *goes;  /* (owned) (nullable) */
  LinkageMergeOutcome outcome;
} LinkageMergePair;

#define LINKAGE_TYPE_COMPANION_MERGE (linkage_companion_merge_get_type ())

/* What a merge of two such accounts does; immutable. */
typedef struct
{
  GPtrArray *pairs; /* (owned) (element-type LinkageMergePair): by the customers' names */
  guint counts[LINKAGE_MERGE_REMOVED + 1];
  guint searches_left;
  char *state; /* (owned): another one as soon as the merge would do anything else */
} LinkageCompanionMerge;

GType linkage_companion_merge_get_type (void);
LinkageCompanionMerge *linkage_companion_merge_new (const GPtrArray *stays,
                                                    const GPtrArray *goes,
                                                    guint searches_left_stays,
                                                    guint searches_left_goes,
                                                    gint64 now);
LinkageCompanionMerge *linkage_companion_merge_ref (LinkageCompanionMerge *self);
void linkage_companion_merge_unref (LinkageCompanionMerge *self);
LinkageMergePreview *linkage_companion_merge_make_preview (const LinkageCompanionMerge *self,
                                                           const char *staying_name,
                                                           const char *going_name,
                                                           guint offset,
                                                           guint limit);
LinkageConnection *linkage_merge_pair_make_row (const LinkageMergePair *pair, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCompanionMerge, linkage_companion_merge_unref)

G_END_DECLS
