/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account-manager.h"

G_BEGIN_DECLS

/* The companion accounts that could be merged into the one that is shown.
 *
 * Signals: ::review (LinkageMergeSource): the person wants to see what it would do. */
#define LINKAGE_TYPE_MERGE_COMPANIONS_VIEW (linkage_merge_companions_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeCompanionsView,
                      linkage_merge_companions_view,
                      LINKAGE,
                      MERGE_COMPANIONS_VIEW,
                      GtkWidget)

void linkage_merge_companions_view_begin (LinkageMergeCompanionsView *self, LinkageAccountManager *manager);

G_END_DECLS
