/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_COPY_DATE_BUTTON (linkage_copy_date_button_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCopyDateButton, linkage_copy_date_button, LINKAGE, COPY_DATE_BUTTON, GtkWidget)

/* When a copy was made: a button that says it, and a calendar to correct it.
 *
 * Signal: ::corrected () — by the person. */
gint64 linkage_copy_date_button_get_time (LinkageCopyDateButton *self);
void linkage_copy_date_button_set_time (LinkageCopyDateButton *self, gint64 time);

G_END_DECLS
