/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-details-row.h"

#include "linkage-cell-utils.h"

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/**
 * linkage_details_row_new:
 * @title: its heading; plain text
 * @lines: (array zero-terminated=1): what stands beneath; empty ones are left out
 *
 * Creates a row of a list of what happened, which says it aloud, too.
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
linkage_details_row_new (const char *title, const char *const *lines)
{
  GtkWidget *row;
  GtkWidget *box;
  g_autoptr (GString) spoken = NULL;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (lines != NULL, NULL);

  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  spoken = g_string_new (title);
  gtk_box_append (GTK_BOX (box), new_label (title, NULL));
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_utf8_make_valid (lines[i], -1);
      GtkWidget *label;

      if (line[0] == '\0')
        continue;
      label = new_label (line, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
      g_string_append_printf (spoken, ", %s", line);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  linkage_cell_utils_set_label (row, spoken->str);

  return row;
}
