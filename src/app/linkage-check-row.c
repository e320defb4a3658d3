/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-check-cell.h"
#include "linkage-check-text.h"
#include "linkage-portal-text.h"

struct _LinkageCheckRow
{
  GtkWidget parent_instance;

  LinkageCheckCell *cell; /* (unowned) template child */
  GtkButton *reject;      /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageCheckRow, linkage_check_row, GTK_TYPE_WIDGET)

static void
update_reject (LinkageCheckRow *self, LinkageCheckItem *item)
{
  const LinkageConnection *connection = linkage_check_item_get_connection (item);
  gboolean is_likely = linkage_check_item_get_likeness (item) == LINKAGE_NAME_LIKELY;
  g_autofree char *name = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->reject), is_likely);
  /* An action with a parameter complains of a button that names it without. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reject), "u", linkage_check_item_get_position (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->reject), "results.reject");
  if (!is_likely)
    return;

  name = linkage_portal_text_isolate (linkage_check_item_get_name (item));
  customer = linkage_portal_text_isolate (connection->customer->name);
  /* Translators: What a button does, for who does not see it: two names of customers that only look alike. */
  spoken = g_strdup_printf (_ ("%1$s is not the same as %2$s"), name, customer);
  linkage_cell_utils_set_label (GTK_WIDGET (self->reject), spoken);
}

static void
linkage_check_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_check_row_parent_class)->dispose (object);
}

static void
linkage_check_row_class_init (LinkageCheckRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_check_row_dispose;

  g_type_ensure (LINKAGE_TYPE_CHECK_CELL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckRow, cell);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckRow, reject);
}

static void
linkage_check_row_init (LinkageCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_check_row_new:
 *
 * Creates a widget for results.
 *
 * Returns: (transfer floating): a new #LinkageCheckRow
 */
GtkWidget *
linkage_check_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_CHECK_ROW, NULL);
}

/**
 * linkage_check_row_set_item:
 * @self: a #LinkageCheckRow
 * @item: what to show
 * @now: Unix seconds, by the account's clock
 *
 * Shows what became of a name.
 */
void
linkage_check_row_set_item (LinkageCheckRow *self, LinkageCheckItem *item, gint64 now)
{
  const LinkageNameMatch *match = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (LINKAGE_IS_CHECK_ROW (self));
  g_return_if_fail (LINKAGE_IS_CHECK_ITEM (item));

  if (linkage_check_item_get_connection (item) != NULL)
    match = linkage_check_item_get_match (item);
  name = linkage_portal_text_to_line (linkage_check_item_get_name (item));
  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), name);
  linkage_check_cell_show (self->cell, name, match, now, linkage_check_text_get_result (LINKAGE_NAME_NONE));
  update_reject (self, item);
}
