/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-merge-source.h"

G_BEGIN_DECLS

/* What a merge would do, and the question whether to do it.
 *
 * Signals: ::merged (LinkageMergePreview): it is done. */
#define LINKAGE_TYPE_MERGE_VIEW (linkage_merge_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeView, linkage_merge_view, LINKAGE, MERGE_VIEW, GtkWidget)

/* source: (nullable): null: nothing any more */
void linkage_merge_view_set_source (LinkageMergeView *self, LinkageMergeSource *source);
LinkageMergeSource *linkage_merge_view_get_source (LinkageMergeView *self); /* (transfer none) (nullable) */
/* FALSE: there is no step before this one */
gboolean linkage_merge_view_go_back (LinkageMergeView *self);

G_END_DECLS
