/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-account-switcher.h"
#include "linkage-add-account-page.h"
#include "linkage-date-text.h"
#include "linkage-portal-text.h"

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  GError *error = NULL;

  linkage_account_manager_switch_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  linkage_window_end_opening (self, error);
  linkage_window_tell_restored (self);
}

static void
switch_to (LinkageWindow *self, LinkageAccountEntry *entry)
{
  if (entry == linkage_account_manager_get_current_entry (self->manager) && self->account != NULL)
    return;

  linkage_account_manager_switch_async (self->manager, linkage_account_entry_get_id (entry),
                                        linkage_window_begin_opening (self), switched_cb, g_object_ref (self));
}

static void
switch_account (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  GListModel *accounts = linkage_account_manager_get_accounts (self->manager);
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (accounts, i);

      if (g_str_equal (linkage_account_entry_get_id (entry), id))
        {
          switch_to (self, entry);
          return;
        }
    }
}

/* From 1. A number without an account does nothing. */
static void
account_number (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageAccountEntry) entry = NULL;

  entry = g_list_model_get_item (linkage_account_manager_get_accounts (self->manager),
                                 (guint)(g_variant_get_int32 (parameter) - 1));
  if (entry != NULL)
    switch_to (self, entry);
}

static gboolean
has_sandbox (LinkageWindow *self)
{
  GListModel *accounts = linkage_account_manager_get_accounts (self->manager);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (accounts, i);

      if (linkage_account_entry_get_sandbox (entry))
        return TRUE;
    }

  return FALSE;
}

static void
on_way_chosen (GtkWidget *page, const char *action, LinkageWindow *self)
{
  g_autofree char *chosen = g_strdup (action);

  g_signal_emit_by_name (page, "closed");
  gtk_widget_activate_action (GTK_WIDGET (self), chosen, NULL);
}

static void
add_account (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  GtkWidget *page = linkage_add_account_page_new (self->narrow, has_sandbox (self));

  g_signal_connect_object (page, "window-action", G_CALLBACK (on_way_chosen), self, 0);
  linkage_window_present_page (self, page);
}

static GMenuModel *
choose_menu (LinkageWindow *self)
{
  if (linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_SANDBOX))
    return self->sandbox_menu;

  return linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT) ? self->copies_menu : self->account_menu;
}

static void
update_menu (LinkageWindow *self)
{
  GMenuModel *menu = choose_menu (self);
  GtkPopover *popover;

  if (gtk_menu_button_get_menu_model (self->account_button) == menu)
    return;

  gtk_menu_button_set_menu_model (self->account_button, menu);
  popover = gtk_menu_button_get_popover (self->account_button);
  gtk_popover_menu_add_child (GTK_POPOVER_MENU (popover), linkage_account_switcher_new (self->manager), "accounts");
}

static char *
make_name (LinkageWindow *self, LinkageAccountEntry *entry)
{
  g_autofree char *name = linkage_account_entry_dup_name (entry);

  return *name != '\0' ? linkage_portal_text_isolate (name)
                       : g_strdup (C_ ("in place of an account’s name", "Account"));
}

static char *
make_subtitle (LinkageWindow *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 updated_at;

  if (self->account == NULL)
    return g_strdup (_ ("Cannot be opened"));
  if (linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_SANDBOX))
    return g_strdup (C_ ("subtitle of an account", "Sandbox"));

  updated_at = linkage_account_get_updated_at (self->account);
  if (linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    return linkage_date_text_format_copied (updated_at, now, NULL);

  return linkage_date_text_format_updated (updated_at, now, NULL);
}

/**
 * linkage_window_update_account_button:
 * @self: a #LinkageWindow
 *
 * Says on the button of accounts which one is shown, and offers what can be done with it.
 */
void
linkage_window_update_account_button (LinkageWindow *self)
{
  LinkageAccountEntry *entry = linkage_account_manager_get_current_entry (self->manager);
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->account_button), entry != NULL);
  if (entry == NULL)
    return;

  name = make_name (self, entry);
  subtitle = make_subtitle (self);
  gtk_label_set_text (self->account_name, name);
  gtk_label_set_text (self->account_subtitle, subtitle);

  /* Translators: The name of an account and what there is to say of it: "Contoso, Updated 2 minutes ago". */
  label = g_strdup_printf (_ ("%1$s, %2$s"), name, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->account_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->account_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  update_menu (self);
}

/**
 * linkage_window_update_switch_actions:
 * @self: a #LinkageWindow
 *
 * Enables what leads to another account.
 */
void
linkage_window_update_switch_actions (LinkageWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.add-account", self->opening == NULL);
  gtk_widget_action_set_enabled (widget, "win.open-sandbox", self->opening == NULL && !has_sandbox (self));
}

/**
 * linkage_window_class_install_switch_actions:
 * @widget_class: the window's class
 *
 * Installs what leads to another account.
 */
void
linkage_window_class_install_switch_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.switch-account", "s", switch_account);
  gtk_widget_class_install_action (widget_class, "win.account-number", "i", account_number);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account);
}
