/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* An account's merge requests, and which accounts it may want to merge with. */
typedef struct
{
  GPtrArray *requests;  /* (owned) (element-type LinkageMergeRequest): the open one first */
  GPtrArray *suggested; /* (owned) (element-type LinkageAccountInfo): of which no more is known than id and name */
  gboolean suggestions_enabled;
} LinkageMergeList;

LinkageMergeList *linkage_merge_list_new (void);
void linkage_merge_list_free (LinkageMergeList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMergeList, linkage_merge_list_free)

G_END_DECLS
