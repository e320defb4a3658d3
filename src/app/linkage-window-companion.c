/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include "linkage-compat-ui.h"

/* (transfer full) (nullable): where requests are made; only an https address is ever opened. */
static char *
dup_page (LinkageWindow *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  const char *scheme;

  if (!linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND))
    return NULL;

  info = linkage_account_get_info (self->account);
  scheme = info != NULL && info->page != NULL ? g_uri_peek_scheme (info->page) : NULL;

  return g_strcmp0 (scheme, "https") == 0 ? g_strdup (info->page) : NULL;
}

static void
open_portal_page (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *page = dup_page (LINKAGE_WINDOW (widget));

  if (page != NULL)
    linkage_compat_open_uri (GTK_WINDOW (widget), page);
}

static void
count_searches (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_connections_page_count_searches (LINKAGE_WINDOW (widget)->connections_page);
}

/**
 * linkage_window_update_companion_actions:
 * @self: a #LinkageWindow
 * @page: the page that is shown
 *
 * Enables what can be done with an account on a portal without an interface.
 */
void
linkage_window_update_companion_actions (LinkageWindow *self, const char *page)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean by_hand = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND);
  g_autofree char *address = dup_page (self);

  gtk_widget_action_set_enabled (widget, "win.open-portal-page", address != NULL);
  gtk_widget_action_set_enabled (widget, "win.count-searches", by_hand && g_str_equal (page, "table"));
}

/**
 * linkage_window_class_install_companion_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with an account on a portal without an interface, beside what its rows and copies offer.
 */
void
linkage_window_class_install_companion_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-portal-page", NULL, open_portal_page);
  gtk_widget_class_install_action (widget_class, "win.count-searches", NULL, count_searches);
}
