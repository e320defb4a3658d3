/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-removed-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-date-text.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

struct _LinkageRemovedRow
{
  GtkWidget parent_instance;

  GtkLabel *customer; /* (unowned) template child */
  GtkLabel *detail;   /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageRemovedRow, linkage_removed_row, GTK_TYPE_WIDGET)

static void
linkage_removed_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_removed_row_parent_class)->dispose (object);
}

static void
linkage_removed_row_class_init (LinkageRemovedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_removed_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-removed-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedRow, customer);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedRow, detail);
}

static void
linkage_removed_row_init (LinkageRemovedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_removed_row_new:
 *
 * Creates a widget for rows that are no more.
 *
 * Returns: (transfer floating): a new #LinkageRemovedRow
 */
GtkWidget *
linkage_removed_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_REMOVED_ROW, NULL);
}

/**
 * linkage_removed_row_set_item:
 * @self: a #LinkageRemovedRow
 * @item: what to show
 *
 * Shows a row that is no more.
 */
void
linkage_removed_row_set_item (LinkageRemovedRow *self, LinkageRemovedItem *item)
{
  const LinkageRemovedConnection *removed = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *status = NULL;
  g_autofree char *date = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (LINKAGE_IS_REMOVED_ROW (self));
  g_return_if_fail (LINKAGE_IS_REMOVED_ITEM (item));

  removed = linkage_removed_item_get_removed (item);
  customer = linkage_portal_text_align (removed->connection->customer->name);
  status = linkage_status_text_get_word (removed->connection);
  date = linkage_date_text_format_date (removed->removed_at, NULL);
  /* Translators: Beneath a customer's name: the last status of a request that the portal took away, and a date:
   * "Rejected · Removed 24 Nov 2026". */
  detail = g_strdup_printf (_ ("%1$s · Removed %2$s"), status, date);
  gtk_label_set_text (self->customer, customer);
  gtk_label_set_text (self->detail, detail);

  /* Translators: A row of a list for who listens: a customer's name, and what there is to say of it. */
  label = g_strdup_printf (C_ ("row of removed requests", "%1$s, %2$s"), customer, detail);
  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), label);
}
