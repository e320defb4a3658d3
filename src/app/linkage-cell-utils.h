/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-status.h"

G_BEGIN_DECLS

GtkInscription *linkage_cell_utils_new_inscription (guint chars);
void linkage_cell_utils_set_text (GtkInscription *inscription, const char *text);
void linkage_cell_utils_set_phrase (GtkInscription *inscription, const char *text, guint line_chars);
void linkage_cell_utils_set_spacing (GtkWidget *cell, guint spacing);
void linkage_cell_utils_set_status_class (GtkWidget *widget, LinkageStatus status);
void linkage_cell_utils_set_action (GtkWidget *button, const char *action, const char *target);
void linkage_cell_utils_set_label (GtkWidget *widget, const char *label);
void linkage_cell_utils_set_row_label (GtkWidget *cell, const char *label);
void linkage_cell_utils_set_drop_down_label (GtkDropDown *drop_down, const char *label);

G_END_DECLS
