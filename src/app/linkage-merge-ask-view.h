/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-merges.h"

G_BEGIN_DECLS

/* The form in which one account asks another to become one with it.
 *
 * Signals: ::asked (): it was sent. */
#define LINKAGE_TYPE_MERGE_ASK_VIEW (linkage_merge_ask_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeAskView, linkage_merge_ask_view, LINKAGE, MERGE_ASK_VIEW, GtkWidget)

void linkage_merge_ask_view_begin (LinkageMergeAskView *self, LinkageMerges *merges, const char *account_name);

G_END_DECLS
