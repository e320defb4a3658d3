/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-welcome-page.h"

struct _LinkageWelcomePage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkageWelcomePage, linkage_welcome_page, GTK_TYPE_WIDGET)

static void
linkage_welcome_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_welcome_page_parent_class)->dispose (object);
}

static void
linkage_welcome_page_class_init (LinkageWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_welcome_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-welcome-page.ui");
}

static void
linkage_welcome_page_init (LinkageWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
