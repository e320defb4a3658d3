/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

/* The searches on a portal without an interface, as the person counts them. Each change is saved at once. */
#define LINKAGE_TYPE_SEARCHES_POPOVER (linkage_searches_popover_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchesPopover, linkage_searches_popover, LINKAGE, SEARCHES_POPOVER, GtkPopover)

void linkage_searches_popover_set_account (LinkageSearchesPopover *self, LinkageCompanionAccount *account);

G_END_DECLS
