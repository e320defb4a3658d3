/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-copy-guide.h"

struct _LinkageCopyGuide
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkageCopyGuide, linkage_copy_guide, GTK_TYPE_WIDGET)

static void
linkage_copy_guide_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_copy_guide_parent_class)->dispose (object);
}

static void
linkage_copy_guide_class_init (LinkageCopyGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_copy_guide_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-copy-guide.ui");
}

static void
linkage_copy_guide_init (LinkageCopyGuide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
