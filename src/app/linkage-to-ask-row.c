/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-to-ask-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-check-cell.h"
#include "linkage-portal-text.h"

struct _LinkageToAskRow
{
  GtkWidget parent_instance;

  LinkageCheckCell *cell; /* (unowned) template child */
  GtkButton *search;      /* (unowned) template child */
  GtkButton *remove;      /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageToAskRow, linkage_to_ask_row, GTK_TYPE_WIDGET)

static void
linkage_to_ask_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_to_ask_row_parent_class)->dispose (object);
}

static void
linkage_to_ask_row_class_init (LinkageToAskRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_to_ask_row_dispose;

  g_type_ensure (LINKAGE_TYPE_CHECK_CELL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-to-ask-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskRow, cell);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskRow, search);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskRow, remove);
}

static void
linkage_to_ask_row_init (LinkageToAskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_spacing (GTK_WIDGET (self), 6);
}

/**
 * linkage_to_ask_row_new:
 * @narrow: whether there is room only for icons on the buttons
 *
 * Creates a widget for customers that are to be asked.
 *
 * Returns: (transfer floating): a new #LinkageToAskRow
 */
GtkWidget *
linkage_to_ask_row_new (gboolean narrow)
{
  LinkageToAskRow *self = g_object_new (LINKAGE_TYPE_TO_ASK_ROW, NULL);

  if (narrow)
    gtk_button_set_icon_name (self->search, "system-search-symbolic");

  return GTK_WIDGET (self);
}

/**
 * linkage_to_ask_row_set_item:
 * @self: a #LinkageToAskRow
 * @item: what to show
 * @now: Unix seconds, by the account's clock
 *
 * Shows a customer that is to be asked. Who was asked need not be searched for.
 */
void
linkage_to_ask_row_set_item (LinkageToAskRow *self, LinkageToAskItem *item, gint64 now)
{
  const char *name;
  g_autofree char *line = NULL;
  g_autofree char *isolated = NULL;
  g_autofree char *search = NULL;
  g_autofree char *remove = NULL;

  g_return_if_fail (LINKAGE_IS_TO_ASK_ROW (self));
  g_return_if_fail (LINKAGE_IS_TO_ASK_ITEM (item));

  name = linkage_to_ask_item_get_name (item);
  line = linkage_portal_text_to_line (name);
  isolated = linkage_portal_text_isolate (name);
  /* Translators: What a button does, for who does not see it. %s is a customer's name. */
  search = g_strdup_printf (_ ("Search for %s on Coupa"), isolated);
  /* Translators: What a button does, for who does not see it. %s is a customer's name. */
  remove = g_strdup_printf (_ ("Remove %s"), isolated);

  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), line);
  linkage_check_cell_show (self->cell, name, linkage_to_ask_item_get_match (item), now, NULL);
  linkage_cell_utils_set_action (GTK_WIDGET (self->search), "page.search", name);
  linkage_cell_utils_set_action (GTK_WIDGET (self->remove), "page.remove", name);
  linkage_cell_utils_set_label (GTK_WIDGET (self->search), search);
  linkage_cell_utils_set_label (GTK_WIDGET (self->remove), remove);
  gtk_widget_set_visible (GTK_WIDGET (self->search), !linkage_to_ask_item_was_asked (item));
}
