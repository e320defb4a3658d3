/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-customer-popover.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
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
};

G_DEFINE_FINAL_TYPE (LinkageCustomerPopover, linkage_customer_popover, GTK_TYPE_POPOVER)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* Reference and country, as far as the portal gives them. */
static char *
get_place (const LinkageCustomerEntry *entry)
{
  g_autofree char *reference = entry->reference != NULL ? linkage_portal_text_isolate (entry->reference) : NULL;
  g_autofree char *country = entry->country != NULL ? linkage_portal_text_isolate (entry->country) : NULL;

  if (reference != NULL && country != NULL)
    /* Translators: A line of a customer list: first a reference such as "DE-01", then a country. */
    return g_strdup_printf (_ ("%1$s, %2$s"), reference, country);

  return reference != NULL ? g_steal_pointer (&reference) : g_steal_pointer (&country);
}

static GtkWidget *
create_row (const LinkageCustomerEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = linkage_portal_text_to_line (entry->name);
  g_autofree char *place = get_place (entry);
  g_autoptr (GString) spoken = g_string_new (name);

  gtk_box_append (GTK_BOX (box), new_label (name, entry->active ? NULL : "dim-label"));
  if (place != NULL)
    {
      GtkWidget *label = new_label (place, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
      g_string_append_printf (spoken, ", %s", place);
    }
  if (!entry->active)
    {
      /* Translators: Of an entry in a customer list that is greyed out on the portal. */
      const char *inactive = C_ ("entry of a customer list", "Inactive");

      gtk_box_append (GTK_BOX (box), new_label (inactive, "caption"));
      g_string_append_printf (spoken, ", %s", inactive);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  linkage_cell_utils_set_label (row, spoken->str);

  return row;
}

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

/**
 * linkage_customer_popover_set_customer:
 * @self: a #LinkageCustomerPopover
 * @customer: the customer whose list it is
 *
 * Shows the list of another customer, from its beginning.
 */
void
linkage_customer_popover_set_customer (LinkageCustomerPopover *self, LinkageCustomer *customer)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *count = NULL;
  GtkAdjustment *adjustment;

  g_return_if_fail (LINKAGE_IS_CUSTOMER_POPOVER (self));
  g_return_if_fail (customer != NULL);

  if (self->customer == customer)
    return;

  g_clear_pointer (&self->customer, linkage_customer_unref);
  self->customer = linkage_customer_ref (customer);

  name = linkage_portal_text_isolate (customer->name);
  count = g_strdup_printf (
    /* Translators: How many entries a customer list has. */
    ngettext ("%'u entry in the customer list", "%'u entries in the customer list", customer->entries->len),
    customer->entries->len);
  /* Translators: %s is a customer's name. */
  label = g_strdup_printf (_ ("Customer list of %s"), name);
  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->count, count);
  linkage_cell_utils_set_label (GTK_WIDGET (self), label);
  linkage_cell_utils_set_label (GTK_WIDGET (self->entries), label);

  clear_entries (self);
  for (guint i = 0; i < customer->entries->len; i++)
    gtk_list_box_append (self->entries, create_row (g_ptr_array_index (customer->entries, i)));

  gtk_widget_set_visible (GTK_WIDGET (self->scroller), customer->entries->len > 0);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
}

/**
 * linkage_customer_popover_focus_entries:
 * @self: a #LinkageCustomerPopover that is shown
 *
 * Moves the focus to the first entry, for who opened it with the keyboard.
 */
void
linkage_customer_popover_focus_entries (LinkageCustomerPopover *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (LINKAGE_IS_CUSTOMER_POPOVER (self));

  row = gtk_list_box_get_row_at_index (self->entries, 0);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self));
}
