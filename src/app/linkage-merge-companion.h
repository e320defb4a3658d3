/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-manager.h"
#include "linkage-merge-source.h"

G_BEGIN_DECLS

/* One companion account that would be merged into the current one, as what a merge is decided on by. */
#define LINKAGE_TYPE_MERGE_COMPANION (linkage_merge_companion_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeCompanion, linkage_merge_companion, LINKAGE, MERGE_COMPANION, GObject)

LinkageMergeSource *linkage_merge_companion_new (LinkageAccountManager *manager, LinkageAccountEntry *goes);
/* (nullable): where the data of the account that went is now; null before, and where the next start sets it aside */
const char *linkage_merge_companion_get_set_aside (LinkageMergeCompanion *self);

/* (transfer full) (element-type LinkageAccountEntry): what could be merged into the current account; none where that
 * one is no companion account */
GPtrArray *linkage_merge_companion_list (LinkageAccountManager *manager);

G_END_DECLS
