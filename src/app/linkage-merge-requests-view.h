/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-merges.h"

G_BEGIN_DECLS

/* An account's merge requests: the open one, those before, and whether others may be suggested.
 *
 * Signals: ::ask (): the person wants to ask for one; ::review (LinkageMergeRequest): to see what the open one would
 * do; ::said (utf8): what became of something the person pressed. */
#define LINKAGE_TYPE_MERGE_REQUESTS_VIEW (linkage_merge_requests_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeRequestsView, linkage_merge_requests_view, LINKAGE, MERGE_REQUESTS_VIEW, GtkWidget)

void linkage_merge_requests_view_set_merges (LinkageMergeRequestsView *self, LinkageMerges *merges);

G_END_DECLS
