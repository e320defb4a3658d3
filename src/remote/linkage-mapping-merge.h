/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-json-reader.h"
#include "linkage-merge-list.h"
#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* One page of a preview. Of the account that is asked for the portal gives no name: it is empty in preview. */
typedef struct
{
  LinkageMergeRequest *merge;   /* (owned) */
  LinkageMergePreview *preview; /* (owned) */
} LinkageMergePreviewed;

/* The reply to a yes: the merge request, and the account that is there afterwards. */
typedef struct
{
  LinkageMergeRequest *merge;  /* (owned) */
  LinkageAccountInfo *account; /* (owned) */
} LinkageMerged;

void linkage_merge_previewed_free (LinkageMergePreviewed *previewed);
void linkage_merged_free (LinkageMerged *merged);

gpointer linkage_mapping_read_merge (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_merges (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_merge_preview (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_merged (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_merge_suggestions (const LinkageJsonReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMergePreviewed, linkage_merge_previewed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMerged, linkage_merged_free)

G_END_DECLS
