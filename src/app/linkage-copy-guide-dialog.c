/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-copy-guide-dialog.h"

#include "linkage-copy-guide.h"

struct _LinkageCopyGuideDialog
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkageCopyGuideDialog, linkage_copy_guide_dialog, ADW_TYPE_WINDOW)

static void
activate_in_parent (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action_name, NULL);
}

/* The copy is shown in the window that asks. */
static void
close_and_activate (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_window_close (GTK_WINDOW (widget));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action_name, NULL);
}

static void
linkage_copy_guide_dialog_class_init (LinkageCopyGuideDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LINKAGE_TYPE_COPY_GUIDE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-copy-guide-dialog.ui");
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, close_and_activate);
  gtk_widget_class_install_action (widget_class, "win.open-copy", NULL, close_and_activate);
  gtk_widget_class_install_action (widget_class, "win.open-portal-page", NULL, activate_in_parent);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.open-copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_copy_guide_dialog_init (LinkageCopyGuideDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_copy_guide_dialog_present:
 * @parent: the window that asks
 *
 * Says how to bring a newer copy.
 */
void
linkage_copy_guide_dialog_present (GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  gtk_window_present (g_object_new (LINKAGE_TYPE_COPY_GUIDE_DIALOG, "transient-for", parent, NULL));
}
