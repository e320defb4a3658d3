/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_RESULTS (linkage_check_results_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckResults, linkage_check_results, LINKAGE, CHECK_RESULTS, GtkWidget)

/* What became of the names of a list. Activates page.show-to-ask.
 *
 * matches: (element-type LinkageNameMatch); n_repeated: names that stood in the list more than once */
void linkage_check_results_show (LinkageCheckResults *self,
                                 LinkageCompanionAccount *account,
                                 GPtrArray *matches,
                                 guint n_repeated);

G_END_DECLS
