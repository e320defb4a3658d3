/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-cell-utils.h"

#include "linkage-portal-text.h"

/**
 * linkage_cell_utils_new_inscription:
 * @chars: how wide it would like to be
 *
 * Creates a line of text that is never measured by what it says: it takes the width that it gets and ends in an
 * ellipsis.
 *
 * Returns: (transfer floating): a new inscription
 */
GtkInscription *
linkage_cell_utils_new_inscription (guint chars)
{
  return g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", MIN (chars, 3), "nat-chars", chars, "min-lines", 1,
                       "nat-lines", 1, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "xalign", 0.0,
                       "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
}

/**
 * linkage_cell_utils_set_text:
 * @inscription: an inscription
 * @text: (nullable): what it says, ours or from outside
 *
 * Shows a text as one line that begins where the others do.
 */
void
linkage_cell_utils_set_text (GtkInscription *inscription, const char *text)
{
  g_autofree char *aligned = NULL;

  g_return_if_fail (GTK_IS_INSCRIPTION (inscription));

  aligned = linkage_portal_text_align (text != NULL ? text : "");
  gtk_inscription_set_text (inscription, aligned);
}

/**
 * linkage_cell_utils_set_phrase:
 * @inscription: an inscription
 * @text: (nullable): what it says
 * @line_chars: how many characters have room in a line
 *
 * Shows a text in one line, or in two where it would be cut off.
 */
void
linkage_cell_utils_set_phrase (GtkInscription *inscription, const char *text, guint line_chars)
{
  gboolean is_long = text != NULL && g_utf8_strlen (text, -1) > (glong)line_chars;

  linkage_cell_utils_set_text (inscription, text);
  gtk_inscription_set_min_lines (inscription, is_long ? 2 : 1);
}

/**
 * linkage_cell_utils_set_spacing:
 * @cell: a widget with a #GtkBoxLayout
 * @spacing: pixels
 *
 * Sets the space between the children of a cell.
 */
void
linkage_cell_utils_set_spacing (GtkWidget *cell, guint spacing)
{
  g_return_if_fail (GTK_IS_WIDGET (cell));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (cell)), spacing);
}

/**
 * linkage_cell_utils_set_status_class:
 * @widget: an icon
 * @status: the status that it stands for
 *
 * Colours an icon after a status. Never the only sign of it.
 */
void
linkage_cell_utils_set_status_class (GtkWidget *widget, LinkageStatus status)
{
  static const char *const classes[] = {
    [LINKAGE_STATUS_UNKNOWN] = "dim-label", [LINKAGE_STATUS_SUGGESTED] = "accent",
    [LINKAGE_STATUS_PENDING] = "dim-label", [LINKAGE_STATUS_APPROVED] = "success",
    [LINKAGE_STATUS_EXPIRED] = "warning",   [LINKAGE_STATUS_REJECTED] = "error",
  };
  const char *set[] = { NULL, NULL };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail ((guint)status < G_N_ELEMENTS (classes));

  set[0] = classes[status];
  gtk_widget_set_css_classes (widget, set);
}

/**
 * linkage_cell_utils_set_action:
 * @button: a button
 * @action: an action that takes a string
 * @target: the string
 *
 * Sets what a button does. GTK warns of an action whose target is missing, so never the one without the other.
 */
void
linkage_cell_utils_set_action (GtkWidget *button, const char *action, const char *target)
{
  g_return_if_fail (GTK_IS_ACTIONABLE (button));
  g_return_if_fail (action != NULL && target != NULL);

  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), action) != 0)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * linkage_cell_utils_set_label:
 * @widget: a widget
 * @label: what it is called
 *
 * Names a widget for who does not see it.
 */
void
linkage_cell_utils_set_label (GtkWidget *widget, const char *label)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (label != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * linkage_cell_utils_set_row_label:
 * @cell: a cell
 * @label: what the row is called
 *
 * Names the row of a cell for who goes from row to row without seeing it. GTK has no function for that on a list item
 * of several columns.
 */
void
linkage_cell_utils_set_row_label (GtkWidget *cell, const char *label)
{
  GtkWidget *holder;
  GtkWidget *row;

  g_return_if_fail (GTK_IS_WIDGET (cell));

  holder = gtk_widget_get_parent (cell);
  row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  if (row != NULL)
    linkage_cell_utils_set_label (row, label);
}

/**
 * linkage_cell_utils_set_drop_down_label:
 * @drop_down: a drop-down
 * @label: what it chooses
 *
 * Names a drop-down for who listens, and the button in it, which takes the focus in its stead.
 */
void
linkage_cell_utils_set_drop_down_label (GtkDropDown *drop_down, const char *label)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  linkage_cell_utils_set_label (GTK_WIDGET (drop_down), label);
  linkage_cell_utils_set_label (gtk_widget_get_first_child (GTK_WIDGET (drop_down)), label);
}
