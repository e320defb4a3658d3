/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-page-dialog.h"

struct _LinkagePageDialog
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkagePageDialog, linkage_page_dialog, ADW_TYPE_WINDOW)

static void
linkage_page_dialog_class_init (LinkagePageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-page-dialog.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_page_dialog_init (LinkagePageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_page_dialog_new:
 * @parent: the window that asks
 * @page: (transfer floating): what is in it: it has a property title and a signal ::closed (), and where
 *   it needs more room than most pages, a property dialog-width, in pixels
 *
 * Creates a dialog that closes with its page.
 *
 * Returns: (transfer none): a new #LinkagePageDialog, owned by GTK
 */
GtkWidget *
linkage_page_dialog_new (GtkWindow *parent, GtkWidget *page)
{
  LinkagePageDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  self = g_object_new (LINKAGE_TYPE_PAGE_DIALOG, "transient-for", parent, NULL);
  g_object_bind_property (page, "title", self, "title", G_BINDING_SYNC_CREATE);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), "dialog-width") != NULL)
    g_object_bind_property (page, "dialog-width", self, "default-width", G_BINDING_SYNC_CREATE);
  adw_window_set_content (ADW_WINDOW (self), page);
  g_signal_connect_object (page, "closed", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
