/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account-manager.h"

G_BEGIN_DECLS

/* parent: (nullable); n_rows: how many connections the list holds */
void linkage_about_present (GtkWindow *parent, LinkageAccountManager *manager, guint n_rows);

G_END_DECLS
