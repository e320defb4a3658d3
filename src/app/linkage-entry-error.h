/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linkage_entry_error_set (GtkWidget *entry, GtkLabel *label, const char *sentence);

G_END_DECLS
