/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-details-page.h"
#include "linkage-portal-text.h"

/* What a button in the details asks for has dialogs of its own. */
static void
on_window_action (LinkageDetailsView *view, const char *action, const char *connection_id, LinkageWindow *self)
{
  g_autofree char *id = g_strdup (connection_id);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (view), LINKAGE_TYPE_DETAILS_PAGE);

  g_signal_emit_by_name (page, "closed");
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", id);
}

static LinkageDetailsView *
open_details (LinkageWindow *self, const char *connection_id)
{
  LinkageConnectionList *list = linkage_connections_page_get_list (self->connections_page);
  g_autoptr (LinkageConnectionRow) row = NULL;
  LinkageDetailsView *view = NULL;
  GtkWidget *page = NULL;

  row = list != NULL ? linkage_connection_list_get_row (list, connection_id) : NULL;
  if (row == NULL)
    return NULL;

  page = linkage_details_page_new (self->account, row, self->narrow);
  view = linkage_details_page_get_view (LINKAGE_DETAILS_PAGE (page));
  g_signal_connect_object (view, "window-action", G_CALLBACK (on_window_action), self, 0);
  if (self->narrow)
    {
      g_signal_connect_object (page, "closed", G_CALLBACK (linkage_window_pop_page), self, G_CONNECT_SWAPPED);
      linkage_window_push_page (self, page);
    }
  else
    gtk_window_present (GTK_WINDOW (linkage_details_dialog_new (GTK_WINDOW (self), LINKAGE_DETAILS_PAGE (page))));

  return view;
}

static void
show_details (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageDetailsView *view = open_details (LINKAGE_WINDOW (widget), g_variant_get_string (parameter, NULL));

  if (view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (view));
}

static void
edit_entries (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageDetailsView *view = open_details (LINKAGE_WINDOW (widget), g_variant_get_string (parameter, NULL));

  if (view != NULL)
    linkage_details_view_edit_entries (view);
}

static void
copy_name (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));
  g_autofree char *name = NULL;

  if (connection == NULL)
    return;

  name = linkage_portal_text_to_line (connection->customer->name);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), name);
  linkage_window_show_sentence (self, _ ("Name copied"));
}

static void
copy_email (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));
  const LinkageAttempt *latest = connection != NULL ? linkage_connection_get_latest_attempt (connection) : NULL;
  g_autofree char *email = NULL;

  if (latest == NULL || latest->contact_email == NULL)
    return;

  email = linkage_portal_text_to_line (latest->contact_email);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), email);
  linkage_window_show_sentence (self, _ ("Email copied"));
}

/**
 * linkage_window_class_install_details_actions:
 * @widget_class: the window's class
 *
 * Installs, each with the id of a connection: `win.details`, `win.edit-entries` for the customer list in the details,
 * `win.copy-name`, and `win.copy-email` for the address that the latest request was sent to.
 */
void
linkage_window_class_install_details_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.details", "s", show_details);
  gtk_widget_class_install_action (widget_class, "win.edit-entries", "s", edit_entries);
  gtk_widget_class_install_action (widget_class, "win.copy-name", "s", copy_name);
  gtk_widget_class_install_action (widget_class, "win.copy-email", "s", copy_email);
}
