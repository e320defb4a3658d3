/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-customer-cell.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

#define NAME_CHARS 24
#define LINE_CHARS 30
#define MIN_WIDTH 210        /* pixels */
#define MIN_WIDTH_NARROW 180 /* pixels */

/* Wide it is the customer's name. Narrow it has three lines: the name; status and days; how far
 * a request is on its way, else comment or e-mail. */
struct _LinkageCustomerCell
{
  LinkageCell parent_instance;

  GtkInscription *name;      /* (unowned) child */
  GtkWidget *link;           /* (unowned) child: in place of the name, once connected */
  GtkInscription *link_name; /* (unowned) child */
  GtkWidget *status_box;     /* (unowned) child */
  GtkImage *status_icon;     /* (unowned) child */
  GtkInscription *status;    /* (unowned) child */
  GtkInscription *extra;     /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (LinkageCustomerCell, linkage_customer_cell, LINKAGE_TYPE_CELL)

static void
update_name (LinkageCustomerCell *self, LinkageConnection *connection)
{
  g_autofree char *line = linkage_portal_text_isolate (connection->customer->name);
  gboolean is_link = connection->status == LINKAGE_STATUS_APPROVED;

  gtk_widget_set_visible (self->link, is_link);
  gtk_widget_set_visible (GTK_WIDGET (self->name), !is_link);
  linkage_cell_utils_set_text (is_link ? self->link_name : self->name, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), line);
  if (!is_link)
    return;

  linkage_cell_utils_set_action (self->link, "table.show-customers", connection->id);
  linkage_cell_utils_set_label (self->link, line);
}

static void
update_row_label (LinkageCustomerCell *self, LinkageConnection *connection)
{
  g_autofree char *name = linkage_portal_text_isolate (connection->customer->name);
  gint64 now = linkage_cell_get_now (LINKAGE_CELL (self));
  g_autofree char *line = linkage_status_text_get_line (connection, now);
  g_autofree char *whole = linkage_status_text_add_day (connection, line, now);
  /* Translators: How a row is read aloud: first the customer's name, then the status: "Contoso, Pending". */
  g_autofree char *label = g_strdup_printf (_ ("%1$s, %2$s"), name, whole);

  linkage_cell_utils_set_row_label (GTK_WIDGET (self), label);
}

static void
update_extra (LinkageCustomerCell *self, LinkageConnection *connection)
{
  LinkageCell *cell = LINKAGE_CELL (self);
  LinkageOperation *operation = linkage_cell_get_operation (cell);
  gboolean from_customer;
  g_autofree char *comment = linkage_status_text_get_comment (connection, &from_customer);
  g_autofree char *text = NULL;

  if (operation != NULL)
    text = g_strdup (linkage_status_text_get_progress (operation, linkage_cell_get_account_state (cell)));
  else
    text = comment[0] != '\0' ? g_strdup (comment) : linkage_status_text_get_email (connection);

  linkage_cell_utils_set_text (self->extra, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->extra), from_customer ? comment : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->extra), text[0] != '\0');
}

static void
update_lines (LinkageCustomerCell *self, LinkageConnection *connection)
{
  gint64 now = linkage_cell_get_now (LINKAGE_CELL (self));
  g_autofree char *line = linkage_status_text_get_line (connection, now);
  g_autofree char *whole = linkage_status_text_add_day (connection, line, now);

  gtk_image_set_from_icon_name (self->status_icon, linkage_status_text_get_icon (connection->status));
  linkage_cell_utils_set_status_class (GTK_WIDGET (self->status_icon), connection->status);
  linkage_cell_utils_set_phrase (self->status, line, LINE_CHARS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), whole);
  update_extra (self, connection);
}

static void
linkage_customer_cell_update (LinkageCell *cell)
{
  LinkageCustomerCell *self = LINKAGE_CUSTOMER_CELL (cell);
  LinkageConnection *connection = linkage_cell_get_connection (cell);
  gboolean narrow = linkage_cell_get_narrow (cell);

  update_name (self, connection);
  update_row_label (self, connection);
  gtk_widget_set_size_request (GTK_WIDGET (self), narrow ? MIN_WIDTH_NARROW : MIN_WIDTH, -1);
  gtk_widget_set_visible (self->status_box, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->extra), FALSE);
  if (narrow)
    update_lines (self, connection);
}

static void
linkage_customer_cell_class_init (LinkageCustomerCellClass *klass)
{
  LINKAGE_CELL_CLASS (klass)->update = linkage_customer_cell_update;
}

static void
add_name (LinkageCustomerCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->name = linkage_cell_utils_new_inscription (NAME_CHARS);
  gtk_widget_set_parent (GTK_WIDGET (self->name), widget);

  self->link_name = linkage_cell_utils_new_inscription (NAME_CHARS);
  self->link = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->link), GTK_WIDGET (self->link_name));
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "customer-link");
  gtk_widget_set_halign (self->link, GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Shows the customer list"), -1);
  gtk_widget_set_parent (self->link, widget);
}

static void
add_lines (LinkageCustomerCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->status_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->status_icon = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->status_icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->status = linkage_cell_utils_new_inscription (NAME_CHARS);
  gtk_box_append (GTK_BOX (self->status_box), GTK_WIDGET (self->status_icon));
  gtk_box_append (GTK_BOX (self->status_box), GTK_WIDGET (self->status));
  gtk_widget_set_parent (self->status_box, widget);

  self->extra = linkage_cell_utils_new_inscription (NAME_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->extra), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->extra), "caption");
  gtk_widget_set_parent (GTK_WIDGET (self->extra), widget);
}

static void
linkage_customer_cell_init (LinkageCustomerCell *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  linkage_cell_utils_set_spacing (GTK_WIDGET (self), 2);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  add_name (self);
  add_lines (self);
}

/**
 * linkage_customer_cell_new:
 *
 * Creates a cell of the column Customer.
 *
 * Returns: (transfer floating): a new cell
 */
GtkWidget *
linkage_customer_cell_new (void)
{
  return g_object_new (LINKAGE_TYPE_CUSTOMER_CELL, NULL);
}

/**
 * linkage_customer_cell_get_link:
 * @self: a #LinkageCustomerCell
 *
 * Gets the customer's name where it is a link to the customer list.
 *
 * Returns: (transfer none) (nullable): the link, %NULL where the name is only a name
 */
GtkWidget *
linkage_customer_cell_get_link (LinkageCustomerCell *self)
{
  g_return_val_if_fail (LINKAGE_IS_CUSTOMER_CELL (self), NULL);

  return gtk_widget_get_visible (self->link) ? self->link : NULL;
}
