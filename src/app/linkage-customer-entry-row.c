/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-customer-entry-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-portal-text.h"

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

/**
 * linkage_customer_entry_row_new:
 * @entry: an entry of a customer list
 *
 * Creates a row that shows an entry and says it aloud.
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
linkage_customer_entry_row_new (const LinkageCustomerEntry *entry)
{
  GtkWidget *row;
  GtkWidget *box;
  g_autofree char *name = NULL;
  g_autofree char *place = NULL;
  g_autoptr (GString) spoken = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  name = linkage_portal_text_to_line (entry->name);
  place = get_place (entry);
  spoken = g_string_new (name);
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
