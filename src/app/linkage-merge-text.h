/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* What is said of accounts that become one. zone: (nullable): the person's own. All are (transfer full), plain text. */

char *linkage_merge_text_get_request (const LinkageMergeRequest *request);
char *linkage_merge_text_get_asked (const LinkageMergeRequest *request, GTimeZone *zone);
char *linkage_merge_text_get_meaning (const LinkageMergeRequest *request);
char *linkage_merge_text_get_outcome (const LinkageMergeRequest *request, GTimeZone *zone);

char *linkage_merge_text_get_title (const LinkageMergePreview *preview);
char *linkage_merge_text_get_question (const LinkageMergePreview *preview);
char *linkage_merge_text_get_counts (const LinkageMergePreview *preview);
char *linkage_merge_text_get_searches (const LinkageMergePreview *preview);
char *linkage_merge_text_get_end (const LinkageMergePreview *preview);
char *linkage_merge_text_get_prompt (const LinkageMergePreview *preview);
char *linkage_merge_text_get_done (const LinkageMergePreview *preview);
char *linkage_merge_text_get_done_here (const LinkageMergePreview *preview);
const char *linkage_merge_text_get_fate (LinkageMergeFate fate);
char *linkage_merge_text_get_row (const LinkageMergePreview *preview, const LinkageMergeRow *row);
gboolean linkage_merge_text_is_name (const char *typed, const char *name);

G_END_DECLS
