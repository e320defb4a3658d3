/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* parent, account: (nullable); n_rows: how many connections the list holds */
void linkage_about_present (GtkWindow *parent, LinkageAccount *account, guint n_rows);

G_END_DECLS
