/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-check-item.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_CHECK_GROUP_ALL,
  LINKAGE_CHECK_GROUP_EXACT,
  LINKAGE_CHECK_GROUP_LIKELY,
  LINKAGE_CHECK_GROUP_MISSING,
} LinkageCheckGroup;

#define LINKAGE_CHECK_N_GROUPS (LINKAGE_CHECK_GROUP_MISSING + 1)

#define LINKAGE_TYPE_CHECK_LIST (linkage_check_list_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckList, linkage_check_list, LINKAGE, CHECK_LIST, GObject)

/* A GListModel of LinkageCheckItem: the names of a list that was checked, in their order; all or one group of them.
 * matches: (element-type LinkageNameMatch) */
LinkageCheckList *linkage_check_list_new (GPtrArray *matches);
void linkage_check_list_set_group (LinkageCheckList *self, LinkageCheckGroup group);
guint linkage_check_list_count (LinkageCheckList *self, LinkageCheckGroup group); /* whatever is shown */
/* Not the Same, and taking it back. position: in the whole list. */
void linkage_check_list_reject (LinkageCheckList *self, guint position, gboolean rejected);
LinkageCheckItem *linkage_check_list_get (LinkageCheckList *self, guint position); /* (transfer none) */
/* (transfer full) (array zero-terminated=1); kept: names that are left out */
GStrv linkage_check_list_dup_missing (LinkageCheckList *self, const char *const *kept);
/* (transfer full): what is shown, with headings, for a spreadsheet. now: Unix seconds */
char *linkage_check_list_to_text (LinkageCheckList *self, gint64 now);

G_END_DECLS
