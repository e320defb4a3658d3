/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first run. Activates win.add-companion, win.open-sandbox and win.connect-portal. */
#define LINKAGE_TYPE_WELCOME_PAGE (linkage_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageWelcomePage, linkage_welcome_page, LINKAGE, WELCOME_PAGE, GtkWidget)

G_END_DECLS
