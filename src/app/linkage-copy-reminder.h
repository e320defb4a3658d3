/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* When a copy of a portal's table is old enough to ask for a new one, and the desktop's notification that does so. */
gboolean linkage_copy_reminder_is_due (LinkageAccount *account, GSettings *settings, gint64 now, guint *days);
void linkage_copy_reminder_update (GApplication *application, LinkageAccount *account, GSettings *settings);
void linkage_copy_reminder_withdraw (GApplication *application, GSettings *settings);

G_END_DECLS
