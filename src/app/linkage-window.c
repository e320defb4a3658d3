/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-copy-guide.h"
#include "linkage-error-text.h"
#include "linkage-welcome-page.h"

#define NARROW_WIDTH 720   /* pixels */
#define REFRESH_SECONDS 60 /* what depends on the time is shown anew this often */

typedef enum
{
  PROP_SETTINGS = 1,
  PROP_MANAGER,
  PROP_NARROW,
} LinkageWindowProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (LinkageWindow, linkage_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * linkage_window_has_feature:
 * @self: a #LinkageWindow
 * @feature: what the account may be able to do
 *
 * Finds out whether there is an account that can do something.
 *
 * Returns: whether it can
 */
gboolean
linkage_window_has_feature (LinkageWindow *self, LinkageAccountFeatures feature)
{
  return self->account != NULL && (linkage_account_get_features (self->account) & feature) != 0;
}

static const GError *
get_error (LinkageWindow *self)
{
  LinkageConnectionList *list = linkage_connections_page_get_list (self->connections_page);

  if (self->account == NULL)
    return self->open_error;
  if (list != NULL && linkage_connection_list_get_error (list) != NULL)
    return linkage_connection_list_get_error (list);
  if (!linkage_account_get_has_content (self->account))
    return linkage_account_get_last_error (self->account);

  return NULL;
}

/* The one place that decides what the window shows under its bars. */
static const char *
choose_page (LinkageWindow *self)
{
  LinkageConnectionList *list = linkage_connections_page_get_list (self->connections_page);

  if (self->opening != NULL)
    return "loading";
  if (self->account == NULL && self->open_error == NULL)
    return "welcome";
  if (self->account != NULL && linkage_account_get_state (self->account) == LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED)
    return "no-admin-role";
  if (get_error (self) != NULL)
    return "error";
  if (!linkage_account_get_has_content (self->account) || linkage_connection_list_get_loading (list))
    return "loading";
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return "table";

  if (linkage_connection_list_get_n_unfiltered (list) > 0)
    return "no-results";

  return linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT) ? "nothing-copied" : "empty";
}

static void
update_error_page (LinkageWindow *self)
{
  const GError *error = get_error (self);
  g_autoptr (LinkageErrorText) text = NULL;
  g_autofree char *description = NULL;

  if (error == NULL)
    return;

  text = linkage_error_text_new (error);
  description = g_markup_escape_text (text->sentence, -1);
  adw_status_page_set_title (self->error_page, text->title);
  adw_status_page_set_description (self->error_page, description);
}

static void
update_refresh_button (LinkageWindow *self)
{
  gboolean busy = self->account != NULL && linkage_account_get_busy (self->account);
  gboolean can_refresh = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_REFRESH);

  gtk_widget_set_visible (self->refresh_button, can_refresh && !self->narrow);
  gtk_stack_set_visible_child_name (self->refresh_stack, busy ? "busy" : "idle");
  gtk_spinner_set_spinning (self->refresh_spinner, busy);
}

/* It is nowhere, or in a page that is not shown any more */
static gboolean
is_focus_lost (LinkageWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *page = gtk_stack_get_visible_child (self->content_stack);

  return focus == NULL ||
         (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->content_stack)) && !gtk_widget_is_ancestor (focus, page));
}

/* The table takes the focus when it appears, unless the person is typing; another page where it would be lost. While an
 * account is opened there is nothing that could, and GTK soon moves it on to some button. */
static void
show_page (LinkageWindow *self, const char *page)
{
  gboolean appears = g_strcmp0 (gtk_stack_get_visible_child_name (self->content_stack), page) != 0;
  gboolean is_typing = gtk_search_bar_get_search_mode (self->filter_bar);

  gtk_stack_set_visible_child_name (self->content_stack, page);
  if (!appears)
    return;

  if (g_str_equal (page, "table") && !is_typing)
    self->focus_due = !gtk_widget_grab_focus (GTK_WIDGET (self->connections_page));
  else if ((self->focus_due && !is_typing) || is_focus_lost (self))
    self->focus_due = !gtk_widget_child_focus (gtk_stack_get_visible_child (self->content_stack), GTK_DIR_TAB_FORWARD);
}

/**
 * linkage_window_update:
 * @self: a #LinkageWindow
 *
 * Brings all that the window says of its account up to date.
 */
void
linkage_window_update (LinkageWindow *self)
{
  const char *page = choose_page (self);

  update_error_page (self);
  linkage_window_update_account_button (self);
  update_refresh_button (self);
  linkage_window_update_table_actions (self, page);
  linkage_window_update_account_actions (self);
  linkage_window_update_switch_actions (self);
  linkage_window_update_sign_out_actions (self);
  linkage_window_update_companion_actions (self, page);
  linkage_window_update_data_actions (self);
  linkage_window_update_list_actions (self);
  linkage_window_update_import_actions (self);
  linkage_window_update_merge_actions (self);
  show_page (self, page);
}

static void
account_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  linkage_window_update (self);
  linkage_window_update_unverified (self);
  linkage_window_update_reminder (self);
  linkage_window_tell_not_kept (self);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  linkage_window_update (LINKAGE_WINDOW (user_data));
}

static void
operation_refused_cb (LinkageAccount *account, LinkageOperation *operation, gpointer user_data)
{
  linkage_window_show_refusal (LINKAGE_WINDOW (user_data), operation);
}

static gboolean
pop_page (LinkageWindow *self)
{
  GtkWidget *page = gtk_widget_get_last_child (GTK_WIDGET (self->view_stack));

  if (page == gtk_widget_get_first_child (GTK_WIDGET (self->view_stack)))
    return FALSE;

  gtk_stack_set_visible_child (self->view_stack, gtk_widget_get_prev_sibling (page));
  gtk_stack_remove (self->view_stack, page);

  return TRUE;
}

/**
 * linkage_window_set_account:
 * @self: a #LinkageWindow
 * @account: (nullable): the account to show
 *
 * Shows another account, unfiltered. Pages about the one before go.
 */
void
linkage_window_set_account (LinkageWindow *self, LinkageAccount *account)
{
  LinkageConnectionList *list;

  if (self->account == account)
    return;

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_set_object (&self->account, account);
  while (pop_page (self))
    ;
  linkage_window_forget_undo (self);
  linkage_window_forget_import (self);
  linkage_window_forget_unverified (self);
  linkage_window_forget_removed (self);
  gtk_editable_set_text (self->filter_entry, "");
  gtk_search_bar_set_search_mode (self->filter_bar, FALSE);

  linkage_connections_page_set_account (self->connections_page, account);
  linkage_notice_bar_set_account (self->notice_bar, account);
  linkage_role_page_set_account (self->role_page, account);
  if (account == NULL)
    return;

  list = linkage_connections_page_get_list (self->connections_page);
  g_signal_connect_object (account, "notify", G_CALLBACK (account_notify_cb), self, 0);
  g_signal_connect_object (account, "operation-refused", G_CALLBACK (operation_refused_cb), self, 0);
  g_signal_connect_object (list, "notify", G_CALLBACK (account_notify_cb), self, 0);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  linkage_window_follow_copies (self);
  linkage_window_follow_removed (self);
  linkage_window_update_unverified (self);
  linkage_window_update_reminder (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  linkage_window_update_account_button (self);
  linkage_connections_page_refresh (self->connections_page);
  linkage_notice_bar_refresh (self->notice_bar);
  linkage_window_update_reminder (self);

  return G_SOURCE_CONTINUE;
}

static void
filter_changed_cb (GtkSearchEntry *entry, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);
  LinkageConnectionList *list = linkage_connections_page_get_list (self->connections_page);

  if (list != NULL)
    linkage_connection_list_set_filter (list, gtk_editable_get_text (self->filter_entry));
}

static void
set_narrow (LinkageWindow *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  linkage_connections_page_set_narrow (self->connections_page, narrow);
  linkage_notice_bar_set_narrow (self->notice_bar, narrow);
  gtk_menu_button_set_always_show_arrow (self->account_button, !narrow);
  gtk_widget_set_visible (self->account_icon, narrow);
  gtk_widget_set_visible (self->account_labels, !narrow);
  linkage_window_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static gboolean
width_changed_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  self->width_id = 0;
  set_narrow (self, gtk_widget_get_width (widget) < NARROW_WIDTH);

  return G_SOURCE_REMOVE;
}

/* There are no breakpoints on the floor. What is shown may not change while it is being laid out: so in the next frame.
 */
static void
linkage_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  GTK_WIDGET_CLASS (linkage_window_parent_class)->size_allocate (widget, width, height, baseline);

  if ((width < NARROW_WIDTH) != self->narrow && self->width_id == 0)
    self->width_id = gtk_widget_add_tick_callback (widget, width_changed_cb, NULL, NULL);
}

static gboolean
linkage_window_close_request (GtkWindow *window)
{
  LinkageWindow *self = LINKAGE_WINDOW (window);

  if (linkage_window_close_accounts (self))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (linkage_window_parent_class)->close_request (window);
}

static void
linkage_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  switch ((LinkageWindowProperty)property_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SETTINGS:
    case PROP_MANAGER:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  switch ((LinkageWindowProperty)property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_MANAGER:
      self->manager = g_value_dup_object (value);
      break;
    case PROP_NARROW:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
add_settings_action (LinkageWindow *self, const char *key)
{
  g_autoptr (GAction) action = g_settings_create_action (self->settings, key);

  g_action_map_add_action (G_ACTION_MAP (self), action);
}

static void
linkage_window_constructed (GObject *object)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  G_OBJECT_CLASS (linkage_window_parent_class)->constructed (object);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  add_settings_action (self, "sort-column");
  add_settings_action (self, "sort-descending");
  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  linkage_connections_page_set_settings (self->connections_page, self->settings);
  linkage_notice_bar_set_settings (self->notice_bar, self->settings);
  linkage_window_follow_accounts (self);
  set_narrow (self, g_settings_get_int (self->settings, "window-width") < NARROW_WIDTH &&
                      !g_settings_get_boolean (self->settings, "window-maximized"));
  linkage_window_update (self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

static void
linkage_window_dispose (GObject *object)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  linkage_window_forget_undo (self);
  linkage_window_forget_import (self);
  linkage_window_forget_unverified (self);
  linkage_window_forget_removed (self);
  g_clear_object (&self->account);
  g_clear_object (&self->manager);
  g_clear_object (&self->settings);
  g_clear_error (&self->open_error);

  G_OBJECT_CLASS (linkage_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_icon);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_labels);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_name);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_subtitle);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, account_menu);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, copies_menu);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, sandbox_menu);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, content_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, connections_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, role_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
linkage_window_class_init (LinkageWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_window_get_property;
  object_class->set_property = linkage_window_set_property;
  object_class->constructed = linkage_window_constructed;
  object_class->dispose = linkage_window_dispose;
  widget_class->size_allocate = linkage_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = linkage_window_close_request;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MANAGER] = g_param_spec_object ("manager", NULL, NULL, LINKAGE_TYPE_ACCOUNT_MANAGER,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (LINKAGE_TYPE_CONNECTIONS_PAGE);
  g_type_ensure (LINKAGE_TYPE_COPY_GUIDE);
  g_type_ensure (LINKAGE_TYPE_NOTICE_BAR);
  g_type_ensure (LINKAGE_TYPE_ROLE_PAGE);
  g_type_ensure (LINKAGE_TYPE_WELCOME_PAGE);
  bind_template (widget_class);
  linkage_window_class_install_table_actions (widget_class);
  linkage_window_class_install_account_actions (widget_class);
  linkage_window_class_install_switch_actions (widget_class);
  linkage_window_class_install_sign_out_actions (widget_class);
  linkage_window_class_install_companion_actions (widget_class);
  linkage_window_class_install_data_actions (widget_class);
  linkage_window_class_install_request_actions (widget_class);
  linkage_window_class_install_by_hand_actions (widget_class);
  linkage_window_class_install_details_actions (widget_class);
  linkage_window_class_install_list_actions (widget_class);
  linkage_window_class_install_import_actions (widget_class);
  linkage_window_class_install_merge_actions (widget_class);
}

static void
linkage_window_init (LinkageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->filter_bar, self->filter_entry);
  gtk_search_bar_set_key_capture_widget (self->filter_bar, GTK_WIDGET (self->connections_page));
  linkage_window_accept_drops (self);
}

/**
 * linkage_window_new:
 * @application: the application, which was started
 * @settings: what is remembered of the window
 * @manager: the accounts
 *
 * Creates the program's window.
 *
 * Returns: (transfer none): a new #LinkageWindow, owned by GTK
 */
LinkageWindow *
linkage_window_new (LinkageApplication *application, GSettings *settings, LinkageAccountManager *manager)
{
  g_return_val_if_fail (LINKAGE_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager), NULL);

  return g_object_new (LINKAGE_TYPE_WINDOW, "application", application, "settings", settings, "manager", manager, NULL);
}

/**
 * linkage_window_get_account:
 * @self: a #LinkageWindow
 *
 * Gets the account that is shown.
 *
 * Returns: (transfer none) (nullable): the account
 */
LinkageAccount *
linkage_window_get_account (LinkageWindow *self)
{
  g_return_val_if_fail (LINKAGE_IS_WINDOW (self), NULL);

  return self->account;
}

/**
 * linkage_window_get_narrow:
 * @self: a #LinkageWindow
 *
 * Gets whether there is room only for a narrow layout.
 *
 * Returns: whether dialogs should be pages
 */
gboolean
linkage_window_get_narrow (LinkageWindow *self)
{
  g_return_val_if_fail (LINKAGE_IS_WINDOW (self), FALSE);

  return self->narrow;
}

/**
 * linkage_window_get_n_rows:
 * @self: a #LinkageWindow
 *
 * Counts the connections of the account, filtered or not.
 *
 * Returns: how many there are
 */
guint
linkage_window_get_n_rows (LinkageWindow *self)
{
  LinkageConnectionList *list;

  g_return_val_if_fail (LINKAGE_IS_WINDOW (self), 0);

  list = linkage_connections_page_get_list (self->connections_page);

  return list != NULL ? linkage_connection_list_get_n_unfiltered (list) : 0;
}

/**
 * linkage_window_add_toast:
 * @self: a #LinkageWindow
 * @toast: (transfer full): what happened
 *
 * Shows a toast over whatever the window shows.
 */
void
linkage_window_add_toast (LinkageWindow *self, AdwToast *toast)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/**
 * linkage_window_show_sentence:
 * @self: a #LinkageWindow
 * @sentence: what happened; plain text
 *
 * Shows a sentence as a toast.
 */
void
linkage_window_show_sentence (LinkageWindow *self, const char *sentence)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);

  linkage_window_add_toast (self, adw_toast_new (title));
}

/**
 * linkage_window_show_error:
 * @self: a #LinkageWindow
 * @error: what went wrong with something that the person began
 *
 * Says as a toast what went wrong.
 */
void
linkage_window_show_error (LinkageWindow *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  linkage_window_show_sentence (self, text->sentence);
}

/**
 * linkage_window_push_page:
 * @self: a #LinkageWindow
 * @page: (transfer floating): a page with its own header bar and Back
 *
 * Puts a page over what the window shows.
 */
void
linkage_window_push_page (LinkageWindow *self, GtkWidget *page)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  gtk_stack_add_child (self->view_stack, page);
  gtk_stack_set_visible_child (self->view_stack, page);
  linkage_window_update (self);
}

/**
 * linkage_window_pop_page:
 * @self: a #LinkageWindow
 *
 * Takes the page away that was pushed last, if there is one.
 */
void
linkage_window_pop_page (LinkageWindow *self)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));

  if (pop_page (self))
    linkage_window_update (self);
}
