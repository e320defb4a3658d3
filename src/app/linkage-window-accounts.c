/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-account-error.h"
#include "linkage-compat-ui.h"
#include "linkage-portal-dialog.h"

/* What an account on Coupa is made with, whatever the person calls it then. */
#define COMPANION_NAME "Coupa Supplier Portal"
#define COMPANION_PAGE "https://supplier.coupa.com"

#define NOT_KEPT_SECONDS 15 /* nobody asked for this toast: there is something else to look at first */

#define SKIPPED_DAYS 31
#define SECONDS_PER_DAY (24 * 60 * 60)

/**
 * linkage_window_begin_opening:
 * @self: a #LinkageWindow
 *
 * Shows that an account is being opened, in place of one that was being opened before.
 *
 * Returns: (transfer none): what ends it
 */
GCancellable *
linkage_window_begin_opening (LinkageWindow *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_error (&self->open_error);
  self->opening = g_cancellable_new ();
  linkage_window_update (self);

  return self->opening;
}

/**
 * linkage_window_end_opening:
 * @self: a #LinkageWindow
 * @error: (transfer full) (nullable): why there is no account
 *
 * Shows what came of what linkage_window_begin_opening() began.
 */
void
linkage_window_end_opening (LinkageWindow *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->opening);
  if (owned != NULL && self->account != NULL)
    linkage_window_show_error (self, owned);
  else
    self->open_error = g_steal_pointer (&owned);
  linkage_window_update (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  GError *error = NULL;

  linkage_account_manager_load_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  linkage_window_end_opening (self, error);
  linkage_window_tell_restored (self);
}

static void
sandbox_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  GError *error = NULL;

  linkage_account_manager_open_sandbox_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  linkage_window_end_opening (self, error);
}

static void
companion_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  GError *error = NULL;

  linkage_account_manager_add_companion_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  linkage_window_end_opening (self, error);
  linkage_window_tell_restored (self);
}

static void
add_companion (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  g_autofree char *name = linkage_account_manager_find_free_name (self->manager, COMPANION_NAME);

  linkage_account_manager_add_companion_async (self->manager, name, COMPANION_PAGE, linkage_window_begin_opening (self),
                                               companion_added_cb, g_object_ref (self));
}

static void
open_sandbox (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_window_open_sandbox (LINKAGE_WINDOW (widget), FALSE);
}

static void
connect_portal (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_portal_dialog_present_connect (GTK_WINDOW (widget), LINKAGE_WINDOW (widget)->manager);
}

static void
sign_in (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_portal_dialog_present_sign_in (GTK_WINDOW (widget), LINKAGE_WINDOW (widget)->manager);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (linkage_account_refresh_finish (LINKAGE_ACCOUNT (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  linkage_window_show_error (self, error);
}

static void
refresh (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  if (self->account != NULL)
    linkage_account_refresh_async (self->account, NULL, refreshed_cb, g_object_ref (self));
}

static void
retry (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  LinkageConnectionList *list = linkage_connections_page_get_list (self->connections_page);

  if (self->account != NULL && list != NULL)
    linkage_connection_list_reload (list);
  if (self->account != NULL)
    refresh (widget, action_name, parameter);
  else if (g_error_matches (self->open_error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SANDBOX))
    linkage_window_open_sandbox (self, FALSE);
  else
    linkage_window_load (self);
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  GError *error = NULL;

  linkage_account_manager_leave_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  linkage_window_end_opening (self, error);
}

static void
leave_sandbox (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  linkage_window_begin_opening (self);
  linkage_account_manager_leave_async (self->manager, left_cb, g_object_ref (self));
}

static void
customer_link_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  link = linkage_account_sandbox_customer_link_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (link != NULL)
    linkage_compat_open_uri (GTK_WINDOW (self), link);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_window_show_error (self, error);
}

static void
play_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  linkage_account_sandbox_customer_link_async (self->account, NULL, customer_link_cb, g_object_ref (self));
}

static void
days_skipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (linkage_account_sandbox_advance_finish (LINKAGE_ACCOUNT (source), result, &error))
    linkage_window_show_sentence (self, _ ("31 days have passed in the sandbox"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_window_show_error (self, error);
}

static void
skip_days (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  linkage_account_sandbox_advance_async (self->account, SKIPPED_DAYS * SECONDS_PER_DAY, NULL, days_skipped_cb,
                                         g_object_ref (self));
}

static void
sandbox_reset_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (linkage_account_sandbox_reset_finish (LINKAGE_ACCOUNT (source), result, &error))
    linkage_window_show_sentence (self, _ ("The sandbox is as it was in the beginning"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_window_show_error (self, error);
}

static void
reset_sandbox (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  linkage_account_sandbox_reset_async (self->account, NULL, sandbox_reset_cb, g_object_ref (self));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_close_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    g_info ("Not all accounts were closed in order: %s", error->message);

  if (!self->reopen)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->closing = FALSE;
  self->reopen = FALSE;
  linkage_window_load (self);
  gtk_window_present (GTK_WINDOW (self));
}

static GtkWindow *
find_dialog (LinkageWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (self))
        return window;
    }

  return NULL;
}

/* A dialog would stay alone on the screen for as long as the hidden window sends. */
static void
close_dialogs (LinkageWindow *self)
{
  GtkWindow *dialog;

  while ((dialog = find_dialog (self)) != NULL)
    gtk_window_destroy (dialog);
}

/**
 * linkage_window_close_accounts:
 * @self: a #LinkageWindow
 *
 * Hides the window and destroys it when the accounts are closed: what is due is sent first, for half a minute at most.
 *
 * Returns: %FALSE if there is nothing to wait for
 */
gboolean
linkage_window_close_accounts (LinkageWindow *self)
{
  if (self->closing)
    return TRUE;
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (g_list_model_get_n_items (linkage_account_manager_get_accounts (self->manager)) == 0)
    return FALSE;

  self->closing = TRUE;
  close_dialogs (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  linkage_window_set_account (self, NULL);
  linkage_account_manager_close_async (self->manager, closed_cb, g_object_ref (self));

  return TRUE;
}

/**
 * linkage_window_tell_not_kept:
 * @self: a #LinkageWindow
 *
 * Says, once, where somebody is signed in, and there is no Secret Service, or none any more, that keeps it.
 */
void
linkage_window_tell_not_kept (LinkageWindow *self)
{
  AdwToast *toast;

  if (self->told_not_kept || linkage_account_manager_get_secrets_persistent (self->manager) ||
      !linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_SIGN_IN) ||
      linkage_account_get_state (self->account) != LINKAGE_ACCOUNT_STATE_READY)
    return;

  self->told_not_kept = TRUE;
  toast = adw_toast_new (_ ("You stay signed in only until you quit Linkage"));
  adw_toast_set_timeout (toast, NOT_KEPT_SECONDS);
  linkage_window_add_toast (self, toast);
}

static void
accounts_changed_cb (LinkageAccountManager *manager, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  if (self->closing)
    return;

  linkage_window_update_account_button (self);
  linkage_window_update_switch_actions (self);
  linkage_window_update_merge_actions (self);
}

static void
current_changed_cb (LinkageAccountManager *manager, GParamSpec *pspec, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  /* What is there beneath an account that is closed for good is closed, too. */
  if (self->closing)
    return;

  linkage_window_set_account (self, linkage_account_manager_get_current (manager));
  linkage_window_update (self);
}

/**
 * linkage_window_follow_accounts:
 * @self: a #LinkageWindow with a manager
 *
 * Shows the manager's current account from now on.
 */
void
linkage_window_follow_accounts (LinkageWindow *self)
{
  g_signal_connect_object (self->manager, "notify::current", G_CALLBACK (current_changed_cb), self, 0);
  g_signal_connect_object (self->manager, "accounts-changed", G_CALLBACK (accounts_changed_cb), self, 0);
  g_signal_connect_object (self->manager, "notify::secrets-persistent", G_CALLBACK (linkage_window_tell_not_kept), self,
                           G_CONNECT_SWAPPED);
  linkage_window_set_account (self, linkage_account_manager_get_current (self->manager));
}

/**
 * linkage_window_reopen:
 * @self: a #LinkageWindow
 *
 * Brings the window to the front. One that was closed and still sends comes back when that is done.
 */
void
linkage_window_reopen (LinkageWindow *self)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));

  if (self->closing)
    self->reopen = TRUE;
  else
    gtk_window_present (GTK_WINDOW (self));
}

/**
 * linkage_window_load:
 * @self: a #LinkageWindow
 *
 * Opens the account that was used last. Where there is none the window says welcome.
 */
void
linkage_window_load (LinkageWindow *self)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));

  linkage_account_manager_load_async (self->manager, linkage_window_begin_opening (self), loaded_cb,
                                      g_object_ref (self));
}

/**
 * linkage_window_open_sandbox:
 * @self: a #LinkageWindow
 * @as_user: whether to sign in without the Admin role
 *
 * Starts the bundled portal and opens its account.
 */
void
linkage_window_open_sandbox (LinkageWindow *self, gboolean as_user)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));

  linkage_account_manager_open_sandbox_async (self->manager, as_user, linkage_window_begin_opening (self),
                                              sandbox_opened_cb, g_object_ref (self));
}

/**
 * linkage_window_update_account_actions:
 * @self: a #LinkageWindow
 *
 * Enables what can be done with the account.
 */
void
linkage_window_update_account_actions (LinkageWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  LinkageAccountFeatures features = LINKAGE_ACCOUNT_FEATURES_NONE;
  gboolean sandbox;

  if (self->account != NULL && self->opening == NULL)
    features = linkage_account_get_features (self->account);
  sandbox = (features & LINKAGE_ACCOUNT_FEATURES_SANDBOX) != 0;

  gtk_widget_action_set_enabled (widget, "win.refresh", (features & LINKAGE_ACCOUNT_FEATURES_REFRESH) != 0);
  gtk_widget_action_set_enabled (widget, "win.sign-in", self->account != NULL);
  gtk_widget_action_set_enabled (widget, "win.add-companion", self->opening == NULL);
  gtk_widget_action_set_enabled (widget, "win.connect-portal", self->opening == NULL);
  gtk_widget_action_set_enabled (widget, "win.leave-sandbox", sandbox);
  gtk_widget_action_set_enabled (widget, "win.play-customer", sandbox);
  gtk_widget_action_set_enabled (widget, "win.skip-days", sandbox);
  gtk_widget_action_set_enabled (widget, "win.reset-sandbox", sandbox);
}

/**
 * linkage_window_class_install_account_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with accounts.
 */
void
linkage_window_class_install_account_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-companion", NULL, add_companion);
  gtk_widget_class_install_action (widget_class, "win.open-sandbox", NULL, open_sandbox);
  gtk_widget_class_install_action (widget_class, "win.connect-portal", NULL, connect_portal);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "win.leave-sandbox", NULL, leave_sandbox);
  gtk_widget_class_install_action (widget_class, "win.play-customer", NULL, play_customer);
  gtk_widget_class_install_action (widget_class, "win.skip-days", NULL, skip_days);
  gtk_widget_class_install_action (widget_class, "win.reset-sandbox", NULL, reset_sandbox);
}
