/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-preview-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-merge-text.h"
#include "linkage-portal-text.h"

struct _LinkageMergePreviewRow
{
  GtkWidget parent_instance;

  LinkageMergeItem *item; /* (owned) (nullable) */

  GtkLabel *customer; /* (unowned) template child */
  GtkLabel *fate;     /* (unowned) template child */
  GtkLabel *detail;   /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageMergePreviewRow, linkage_merge_preview_row, GTK_TYPE_WIDGET)

static void
set_removed (LinkageMergePreviewRow *self, gboolean removed)
{
  GtkWidget *fate = GTK_WIDGET (self->fate);

  if (removed)
    {
      gtk_widget_remove_css_class (fate, "dim-label");
      gtk_widget_add_css_class (fate, "error");
    }
  else
    {
      gtk_widget_remove_css_class (fate, "error");
      gtk_widget_add_css_class (fate, "dim-label");
    }
}

static void
show_row (LinkageMergePreviewRow *self, const LinkageMergePreview *preview, const LinkageMergeRow *row)
{
  g_autofree char *customer = linkage_portal_text_align (row->customer_name);
  const char *fate = linkage_merge_text_get_fate (row->fate);
  g_autofree char *detail = linkage_merge_text_get_row (preview, row);
  g_autofree char *label = NULL;

  gtk_label_set_text (self->customer, customer);
  gtk_label_set_text (self->fate, fate);
  gtk_label_set_text (self->detail, detail);
  set_removed (self, row->fate == LINKAGE_MERGE_REMOVED);

  /* Translators: A row of a merge for who listens: the customer, what becomes of its requests, and the details. */
  label = g_strdup_printf (C_ ("row of a merge", "%1$s, %2$s, %3$s"), customer, fate, detail);
  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), label);
}

static void
show_nothing_yet (LinkageMergePreviewRow *self)
{
  gtk_label_set_text (self->customer, "…");
  gtk_label_set_text (self->fate, "");
  gtk_label_set_text (self->detail, "");
  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), _ ("Loading"));
}

static void
update (LinkageMergePreviewRow *self)
{
  const LinkageMergeRow *row = linkage_merge_item_get_row (self->item);

  if (row != NULL)
    show_row (self, linkage_merge_item_get_preview (self->item), row);
  else
    show_nothing_yet (self);
}

static void
linkage_merge_preview_row_dispose (GObject *object)
{
  LinkageMergePreviewRow *self = LINKAGE_MERGE_PREVIEW_ROW (object);
  GtkWidget *child;

  linkage_merge_preview_row_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merge_preview_row_parent_class)->dispose (object);
}

static void
linkage_merge_preview_row_class_init (LinkageMergePreviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_merge_preview_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merge-preview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergePreviewRow, customer);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergePreviewRow, fate);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergePreviewRow, detail);
}

static void
linkage_merge_preview_row_init (LinkageMergePreviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_merge_preview_row_new:
 *
 * Creates a widget for rows of a merge.
 *
 * Returns: (transfer floating): a new #LinkageMergePreviewRow
 */
GtkWidget *
linkage_merge_preview_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_MERGE_PREVIEW_ROW, NULL);
}

/**
 * linkage_merge_preview_row_set_item:
 * @self: a #LinkageMergePreviewRow
 * @item: (nullable): what to show; %NULL: nothing any more
 *
 * Shows what becomes of a customer's requests.
 */
void
linkage_merge_preview_row_set_item (LinkageMergePreviewRow *self, LinkageMergeItem *item)
{
  g_return_if_fail (LINKAGE_IS_MERGE_PREVIEW_ROW (self));
  g_return_if_fail (item == NULL || LINKAGE_IS_MERGE_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
