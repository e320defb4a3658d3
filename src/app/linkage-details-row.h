/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A heading and what there is to say beneath it: a row that can take the focus and does nothing. */
GtkWidget *linkage_details_row_new (const char *title, const char *const *lines);

G_END_DECLS
