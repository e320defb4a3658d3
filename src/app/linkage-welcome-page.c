/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-welcome-page.h"

#include "linkage-account-ways.h"

struct _LinkageWelcomePage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkageWelcomePage, linkage_welcome_page, GTK_TYPE_WIDGET)

static void
chosen_cb (LinkageAccountWays *ways, const char *action, LinkageWelcomePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

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

  g_type_ensure (LINKAGE_TYPE_ACCOUNT_WAYS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-welcome-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
linkage_welcome_page_init (LinkageWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
