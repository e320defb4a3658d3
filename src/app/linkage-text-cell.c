/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-text-cell.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-date-text.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

#define NAT_CHARS 12
#define LONG_COMMENT 24 /* characters: longer ones have a button that shows the whole */

struct _LinkageTextCell
{
  LinkageCell parent_instance;

  LinkageTextCellKind kind;
  GtkInscription *text; /* (unowned) child */
  GtkWidget *more;      /* (unowned) (nullable) child: only for comments */
};

G_DEFINE_FINAL_TYPE (LinkageTextCell, linkage_text_cell, LINKAGE_TYPE_CELL)

static void
set_dim (LinkageTextCell *self, gboolean dim)
{
  if (dim)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dim-label");
}

static void
update_email (LinkageTextCell *self, LinkageConnection *connection)
{
  g_autofree char *email = linkage_status_text_get_email (connection);

  linkage_cell_utils_set_text (self->text, email);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), email[0] != '\0' ? email : NULL);
  set_dim (self, linkage_connection_is_system_initiated (connection));
}

/* A copy shows days without a time. */
static char *
get_exact_date (LinkageConnection *connection, gint64 requested_at, const char *date, gint64 now)
{
  if (linkage_status_text_is_as_copied (connection))
    return linkage_status_text_add_day (connection, date, now);

  return linkage_date_text_format_exact (requested_at, NULL);
}

static void
update_date (LinkageTextCell *self, LinkageConnection *connection)
{
  const LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);
  gint64 now = linkage_cell_get_now (LINKAGE_CELL (self));
  g_autofree char *date = NULL;
  g_autofree char *exact = NULL;

  if (attempt != NULL && attempt->requested_at != 0)
    {
      date = linkage_date_text_format_date (attempt->requested_at, NULL);
      exact = get_exact_date (connection, attempt->requested_at, date, now);
    }

  linkage_cell_utils_set_text (self->text, date);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), exact);
}

static void
update_comment (LinkageTextCell *self, LinkageConnection *connection)
{
  gboolean from_customer;
  g_autofree char *comment = linkage_status_text_get_comment (connection, &from_customer);
  g_autofree char *line = linkage_portal_text_to_line (comment);

  linkage_cell_utils_set_text (self->text, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), from_customer ? comment : NULL);
  set_dim (self, !from_customer);

  gtk_widget_set_visible (self->more, from_customer && g_utf8_strlen (line, -1) > LONG_COMMENT);
  if (gtk_widget_get_visible (self->more))
    {
      g_autofree char *name = linkage_portal_text_isolate (connection->customer->name);
      /* Translators: %s is a customer's name. */
      g_autofree char *label = g_strdup_printf (_ ("Whole comment of %s"), name);

      linkage_cell_utils_set_action (self->more, "table.show-reason", connection->id);
      linkage_cell_utils_set_label (self->more, label);
    }
}

static void
linkage_text_cell_update (LinkageCell *cell)
{
  LinkageTextCell *self = LINKAGE_TEXT_CELL (cell);
  LinkageConnection *connection = linkage_cell_get_connection (cell);

  switch (self->kind)
    {
    case LINKAGE_TEXT_CELL_EMAIL:
      update_email (self, connection);
      break;
    case LINKAGE_TEXT_CELL_DATE:
      update_date (self, connection);
      break;
    case LINKAGE_TEXT_CELL_COMMENT:
      update_comment (self, connection);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
linkage_text_cell_class_init (LinkageTextCellClass *klass)
{
  LINKAGE_CELL_CLASS (klass)->update = linkage_text_cell_update;
}

static void
linkage_text_cell_init (LinkageTextCell *self)
{
  linkage_cell_utils_set_spacing (GTK_WIDGET (self), 6);
  self->text = linkage_cell_utils_new_inscription (NAT_CHARS);
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
}

static void
add_more_button (LinkageTextCell *self)
{
  self->more = gtk_button_new_from_icon_name ("view-more-horizontal-symbolic");
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "circular");
  gtk_widget_set_valign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->more, _ ("Show the Whole Comment"));
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

/**
 * linkage_text_cell_new:
 * @kind: what the column shows
 *
 * Creates a cell of the columns Email, Date and Comments.
 *
 * Returns: (transfer floating): a new cell
 */
GtkWidget *
linkage_text_cell_new (LinkageTextCellKind kind)
{
  LinkageTextCell *self = g_object_new (LINKAGE_TYPE_TEXT_CELL, NULL);

  self->kind = kind;
  if (kind == LINKAGE_TEXT_CELL_DATE)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "numeric");
  if (kind == LINKAGE_TEXT_CELL_COMMENT)
    add_more_button (self);

  return GTK_WIDGET (self);
}
