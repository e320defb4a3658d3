/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-search-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-portal-text.h"

struct _LinkageSearchRow
{
  GtkWidget parent_instance;

  GtkLabel *name;    /* (unowned) template child */
  GtkLabel *detail;  /* (unowned) template child */
  GtkButton *button; /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageSearchRow, linkage_search_row, GTK_TYPE_WIDGET)

static char *
get_detail (LinkageSearchItem *item)
{
  LinkageSearchResult *result = linkage_search_item_get_result (item);
  const char *state = linkage_search_item_get_state_text (item);
  g_autofree char *country = NULL;

  if (result->customer->country == NULL)
    return g_strdup (state);

  country = linkage_portal_text_isolate (result->customer->country);
  if (state == NULL)
    return g_steal_pointer (&country);

  /* Translators: Beneath a customer's name: its country, then how we stand to it: "DE · Already connected". */
  return g_strdup_printf (_ ("%1$s · %2$s"), country, state);
}

static void
linkage_search_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_search_row_parent_class)->dispose (object);
}

static void
linkage_search_row_class_init (LinkageSearchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_search_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchRow, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchRow, detail);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchRow, button);
}

static void
linkage_search_row_init (LinkageSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_search_row_new:
 *
 * Creates a widget for results.
 *
 * Returns: (transfer floating): a new #LinkageSearchRow
 */
GtkWidget *
linkage_search_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_SEARCH_ROW, NULL);
}

/**
 * linkage_search_row_set_item:
 * @self: a #LinkageSearchRow
 * @item: what to show
 *
 * Shows a result.
 */
void
linkage_search_row_set_item (LinkageSearchRow *self, LinkageSearchItem *item)
{
  LinkageSearchResult *result;
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  const char *action;

  g_return_if_fail (LINKAGE_IS_SEARCH_ROW (self));
  g_return_if_fail (LINKAGE_IS_SEARCH_ITEM (item));

  result = linkage_search_item_get_result (item);
  name = linkage_portal_text_to_line (result->customer->name);
  detail = get_detail (item);
  action = linkage_search_item_get_action_text (item);

  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->button), action != NULL);
  /* An action with a parameter complains of a button that names it without. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", result->customer->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "search.choose");
  if (action != NULL)
    {
      g_autofree char *spoken = linkage_search_item_get_action_name (item);

      gtk_button_set_label (self->button, action);
      linkage_cell_utils_set_label (GTK_WIDGET (self->button), spoken);
    }
}
