/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-source.h"
#include "linkage-merges.h"

G_BEGIN_DECLS

/* The answer to a request that somebody made on the portal, as what a merge is decided on by. */
#define LINKAGE_TYPE_MERGE_ANSWER (linkage_merge_answer_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeAnswer, linkage_merge_answer, LINKAGE, MERGE_ANSWER, GObject)

LinkageMergeSource *linkage_merge_answer_new (LinkageMerges *merges, const char *merge_id);

G_END_DECLS
