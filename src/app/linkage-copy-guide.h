/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How to bring a table from the portal's page, in three steps. Activates win.paste, win.open-copy and
 * win.open-portal-page of whatever it is shown in. */
#define LINKAGE_TYPE_COPY_GUIDE (linkage_copy_guide_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCopyGuide, linkage_copy_guide, LINKAGE, COPY_GUIDE, GtkWidget)

G_END_DECLS
