/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* What stands under the table: the way to further customers, the searches that are left, and how many rows there are.
 * Activates win.search, or win.paste and win.open-portal-page. */
#define LINKAGE_TYPE_FOOTER (linkage_footer_get_type ())
G_DECLARE_FINAL_TYPE (LinkageFooter, linkage_footer, LINKAGE, FOOTER, GtkWidget)

void linkage_footer_set_account (LinkageFooter *self, LinkageAccount *account, LinkageConnectionList *list);
void linkage_footer_set_narrow (LinkageFooter *self, gboolean narrow);
void linkage_footer_update (LinkageFooter *self);
void linkage_footer_count_searches (LinkageFooter *self);

G_END_DECLS
