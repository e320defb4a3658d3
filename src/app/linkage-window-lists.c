/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-page.h"
#include "linkage-to-ask-page.h"
#include "linkage-window-private.h"

static void
on_window_action (GtkWidget *page, const char *action, LinkageWindow *self)
{
  g_signal_emit_by_name (page, "closed");
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
present (LinkageWindow *self, GtkWidget *(*new_page) (LinkageCompanionAccount *account, gboolean in_window))
{
  GtkWidget *page = new_page (LINKAGE_COMPANION_ACCOUNT (self->account), self->narrow);

  g_signal_connect_object (page, "window-action", G_CALLBACK (on_window_action), self, 0);
  linkage_window_present_page (self, page);
}

static void
check_list (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present (LINKAGE_WINDOW (widget), linkage_check_page_new);
}

static void
to_ask (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present (LINKAGE_WINDOW (widget), linkage_to_ask_page_new);
}

/**
 * linkage_window_update_list_actions:
 * @self: a #LinkageWindow
 *
 * Enables what needs rows that the person brought, where no other page covers them.
 */
void
linkage_window_update_list_actions (LinkageWindow *self)
{
  gboolean is_covered = g_strcmp0 (gtk_stack_get_visible_child_name (self->view_stack), "main") != 0;
  gboolean can_check = !is_covered && linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.check-list", can_check);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.to-ask", can_check);
}

/**
 * linkage_window_class_install_list_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with lists of names: `win.check-list` and `win.to-ask`.
 */
void
linkage_window_class_install_list_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.check-list", NULL, check_list);
  gtk_widget_class_install_action (widget_class, "win.to-ask", NULL, to_ask);
}
