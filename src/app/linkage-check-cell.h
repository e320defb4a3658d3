/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_CELL (linkage_check_cell_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckCell, linkage_check_cell, LINKAGE, CHECK_CELL, GtkWidget)

/* A name, which customer it is taken for and why, and how that stands. match: (nullable): it is not in the table;
 * now: Unix seconds, by the account's clock; missing: (nullable): what stands in place of a status */
void linkage_check_cell_show (LinkageCheckCell *self,
                              const char *name,
                              const LinkageNameMatch *match,
                              gint64 now,
                              const char *missing);

G_END_DECLS
