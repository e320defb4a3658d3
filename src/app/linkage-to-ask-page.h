/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_TO_ASK_PAGE (linkage_to_ask_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageToAskPage, linkage_to_ask_page, LINKAGE, TO_ASK_PAGE, GtkWidget)

/* To Ask: the customers that are to be looked for on the portal.
 *
 * Property: title. Signals: ::closed () — the person is done with it;
 *  ::window-action (action's name) — something that the window does instead */
GtkWidget *linkage_to_ask_page_new (LinkageCompanionAccount *account, gboolean in_window);

G_END_DECLS
