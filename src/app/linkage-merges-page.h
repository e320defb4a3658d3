/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account-manager.h"
#include "linkage-merge-source.h"
#include "linkage-merges.h"

G_BEGIN_DECLS

/* All that is done to make one account of two: a page for linkage_page_dialog_new().
 *
 * Signals: ::closed (); ::merged (LinkageMergePreview): it is done. */
#define LINKAGE_TYPE_MERGES_PAGE (linkage_merges_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergesPage, linkage_merges_page, LINKAGE, MERGES_PAGE, GtkWidget)

GtkWidget *linkage_merges_page_new (LinkageMerges *merges, const char *account_name, gboolean in_window);
/* In place of what is asked on a portal: a merge that the person alone decides on. */
GtkWidget *linkage_merges_page_new_for_source (LinkageMergeSource *source, gboolean in_window);
GtkWidget *linkage_merges_page_new_for_companions (LinkageAccountManager *manager, gboolean in_window);
/* (transfer none) (nullable) */
LinkageMergeSource *linkage_merges_page_get_source (LinkageMergesPage *self);

G_END_DECLS
