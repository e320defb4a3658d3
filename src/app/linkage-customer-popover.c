/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-customer-popover.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-customer-entry-row.h"
#include "linkage-portal-text.h"

/* The customer list: the legal entities or instances behind a connected customer. */
struct _LinkageCustomerPopover
{
  GtkPopover parent_instance;

  LinkageCustomer *customer;   /* (owned) (nullable) */
  GtkLabel *title;             /* (unowned) template child */
  GtkLabel *count;             /* (unowned) template child */
  GtkScrolledWindow *scroller; /* (unowned) template child */
  GtkListBox *entries;         /* (unowned) template child */
  GtkWidget *add_button;       /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageCustomerPopover, linkage_customer_popover, GTK_TYPE_POPOVER)

static void
clear_entries (LinkageCustomerPopover *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->entries, 0)) != NULL)
    gtk_list_box_remove (self->entries, GTK_WIDGET (row));
}

static void
linkage_customer_popover_dispose (GObject *object)
{
  LinkageCustomerPopover *self = LINKAGE_CUSTOMER_POPOVER (object);

  g_clear_pointer (&self->customer, linkage_customer_unref);

  G_OBJECT_CLASS (linkage_customer_popover_parent_class)->dispose (object);
}

static void
linkage_customer_popover_class_init (LinkageCustomerPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_customer_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-customer-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCustomerPopover, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageCustomerPopover, count);
  gtk_widget_class_bind_template_child (widget_class, LinkageCustomerPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageCustomerPopover, entries);
  gtk_widget_class_bind_template_child (widget_class, LinkageCustomerPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_customer_popover_init (LinkageCustomerPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_customer_popover_new:
 *
 * Creates a popover for customer lists.
 *
 * Returns: (transfer floating): a new popover
 */
GtkWidget *
linkage_customer_popover_new (void)
{
  return g_object_new (LINKAGE_TYPE_CUSTOMER_POPOVER, NULL);
}

static void
fill_entries (LinkageCustomerPopover *self)
{
  GPtrArray *entries = self->customer->entries;
  g_autofree char *name = linkage_portal_text_isolate (self->customer->name);
  /* Translators: %s is a customer's name. */
  g_autofree char *label = g_strdup_printf (_ ("Customer list of %s"), name);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  gtk_label_set_text (self->title, name);
  linkage_cell_utils_set_label (GTK_WIDGET (self), label);
  linkage_cell_utils_set_label (GTK_WIDGET (self->entries), label);
  clear_entries (self);
  for (guint i = 0; i < entries->len; i++)
    gtk_list_box_append (self->entries, linkage_customer_entry_row_new (g_ptr_array_index (entries, i)));

  gtk_widget_set_visible (GTK_WIDGET (self->scroller), entries->len > 0);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
}

/**
 * linkage_customer_popover_set_connection:
 * @self: a #LinkageCustomerPopover
 * @connection: the connection whose customer's list it is
 * @can_add: whether a list that is missing is for the person to add
 *
 * Shows the list of another customer, from its beginning.
 */
void
linkage_customer_popover_set_connection (LinkageCustomerPopover *self, LinkageConnection *connection, gboolean can_add)
{
  guint n_entries;
  g_autofree char *count = NULL;

  g_return_if_fail (LINKAGE_IS_CUSTOMER_POPOVER (self));
  g_return_if_fail (connection != NULL);

  n_entries = connection->customer->entries->len;
  if (n_entries == 0 && can_add)
    count = g_strdup (_ ("The customer list is not known yet."));
  else
    /* Translators: How many entries a customer list has. */
    count = g_strdup_printf (ngettext ("%'u entry in the customer list", "%'u entries in the customer list", n_entries),
                             n_entries);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (self->add_button, n_entries == 0 && can_add);
  linkage_cell_utils_set_action (self->add_button, "win.edit-entries", connection->id);
  if (self->customer == connection->customer)
    return;

  g_clear_pointer (&self->customer, linkage_customer_unref);
  self->customer = linkage_customer_ref (connection->customer);
  fill_entries (self);
}

/**
 * linkage_customer_popover_focus_entries:
 * @self: a #LinkageCustomerPopover that is shown
 *
 * Moves the focus to the first entry, or to what adds some, for who opened it with the keyboard.
 */
void
linkage_customer_popover_focus_entries (LinkageCustomerPopover *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (LINKAGE_IS_CUSTOMER_POPOVER (self));

  row = gtk_list_box_get_row_at_index (self->entries, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_grab_focus (gtk_widget_get_visible (self->add_button) ? self->add_button : GTK_WIDGET (self));
}
