/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_ACCOUNT_WAYS (linkage_account_ways_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAccountWays, linkage_account_ways, LINKAGE, ACCOUNT_WAYS, GtkWidget)

/* The ways to an account, as a list.
 *
 * Signals: ::chosen (const char *action): the window's action that leads there. */
void linkage_account_ways_set_has_sandbox (LinkageAccountWays *self, gboolean has_sandbox);

G_END_DECLS
