/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-status-cell.h"

#include "linkage-cell-utils.h"
#include "linkage-status-text.h"

#define WORD_CHARS 10
#define DETAIL_CHARS 12
#define LINE_CHARS 18

struct _LinkageStatusCell
{
  LinkageCell parent_instance;

  GtkImage *icon;         /* (unowned) child */
  GtkInscription *word;   /* (unowned) child */
  GtkInscription *detail; /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (LinkageStatusCell, linkage_status_cell, LINKAGE_TYPE_CELL)

static void
linkage_status_cell_update (LinkageCell *cell)
{
  LinkageStatusCell *self = LINKAGE_STATUS_CELL (cell);
  LinkageConnection *connection = linkage_cell_get_connection (cell);
  gint64 now = linkage_cell_get_now (cell);
  g_autofree char *word = linkage_status_text_get_word (connection);
  g_autofree char *detail = linkage_status_text_get_detail (connection, now);
  g_autofree char *line = linkage_status_text_get_line (connection, now);
  g_autofree char *whole = linkage_status_text_add_day (connection, line, now);

  gtk_image_set_from_icon_name (self->icon, linkage_status_text_get_icon (connection->status));
  linkage_cell_utils_set_status_class (GTK_WIDGET (self->icon), connection->status);
  linkage_cell_utils_set_text (self->word, word);
  linkage_cell_utils_set_phrase (self->detail, detail, LINE_CHARS);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), g_str_equal (whole, word) ? NULL : whole);
}

static void
linkage_status_cell_class_init (LinkageStatusCellClass *klass)
{
  LINKAGE_CELL_CLASS (klass)->update = linkage_status_cell_update;
}

static void
linkage_status_cell_init (LinkageStatusCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  linkage_cell_utils_set_spacing (GTK_WIDGET (self), 8);
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->word = linkage_cell_utils_new_inscription (WORD_CHARS);
  self->detail = linkage_cell_utils_new_inscription (DETAIL_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "caption");

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->word));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->detail));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * linkage_status_cell_new:
 *
 * Creates a cell of the column Status: icon, word, and how long or which attempt.
 *
 * Returns: (transfer floating): a new cell
 */
GtkWidget *
linkage_status_cell_new (void)
{
  return g_object_new (LINKAGE_TYPE_STATUS_CELL, NULL);
}
