/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CORRECTIONS_VIEW (linkage_corrections_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCorrectionsView, linkage_corrections_view, LINKAGE, CORRECTIONS_VIEW, GtkWidget)

/* What a copied table does not show of a row, or shows wrongly, and the person knows better: how many requests were
 * sent, and to whom the latest went. */
void linkage_corrections_view_set_connection (LinkageCorrectionsView *self,
                                              LinkageCompanionAccount *account,
                                              LinkageConnection *connection);

G_END_DECLS
