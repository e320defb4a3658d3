/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include "linkage-window-search.h"

#define COLUMN_STEP 24 /* pixels */

static void
filter (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->filter_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

static void
clear_filter (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->filter_bar, FALSE);
  gtk_editable_set_text (self->filter_entry, "");
}

static void
show_connection (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  if (self->account == NULL)
    return;

  clear_filter (widget, action_name, NULL);
  linkage_connections_page_show_connection (self->connections_page, g_variant_get_string (parameter, NULL));
}

static void
search (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_window_open_search (LINKAGE_WINDOW (widget));
}

static void
widen_column (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  gboolean wider = g_str_equal (action_name, "win.widen-column");

  linkage_connections_page_widen_column (self->connections_page, g_variant_get_string (parameter, NULL),
                                         wider ? COLUMN_STEP : -COLUMN_STEP);
}

static void
reset_columns (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_connections_page_reset_columns (LINKAGE_WINDOW (widget)->connections_page);
}

/**
 * linkage_window_update_table_actions:
 * @self: a #LinkageWindow
 * @page: the page that is shown
 *
 * Enables what can be done with the table where no other page covers it, and shows the filter where there is something
 * to filter.
 */
void
linkage_window_update_table_actions (LinkageWindow *self, const char *page)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_rows = g_str_equal (page, "table") || g_str_equal (page, "no-results");
  gboolean is_covered = g_strcmp0 (gtk_stack_get_visible_child_name (self->view_stack), "main") != 0;
  LinkageAccountFeatures features = LINKAGE_ACCOUNT_FEATURES_NONE;
  gboolean can_search;

  if (has_rows || g_str_equal (page, "empty"))
    features = linkage_account_get_features (self->account);
  can_search = (features & LINKAGE_ACCOUNT_FEATURES_SEARCH) != 0;

  gtk_widget_action_set_enabled (widget, "win.search", can_search && !is_covered);
  gtk_widget_action_set_enabled (widget, "win.filter", has_rows && !is_covered);
  gtk_widget_action_set_enabled (widget, "win.widen-column", !self->narrow && has_rows);
  gtk_widget_action_set_enabled (widget, "win.narrow-column", !self->narrow && has_rows);
  gtk_widget_action_set_enabled (widget, "win.reset-columns", !self->narrow && has_rows);
  gtk_widget_set_visible (self->filter_button, has_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_bar), has_rows);
}

/**
 * linkage_window_class_install_table_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with the table as a whole: `win.filter`, `win.clear-filter`, `win.search`, `win.reset-columns`,
 * `win.widen-column` and `win.narrow-column` with the name of a column, `win.show-connection` with the id of a
 * connection.
 */
void
linkage_window_class_install_table_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter);
  gtk_widget_class_install_action (widget_class, "win.show-connection", "s", show_connection);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.widen-column", "s", widen_column);
  gtk_widget_class_install_action (widget_class, "win.narrow-column", "s", widen_column);
  gtk_widget_class_install_action (widget_class, "win.reset-columns", NULL, reset_columns);
}
