/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-ask-dialog.h"
#include "linkage-compat-ui.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"
#include "linkage-window-search.h"

/* A question about a connection, or about something in the outbox, that waits for the person. */
typedef struct
{
  LinkageWindow *window;         /* (owned) */
  LinkageConnection *connection; /* (owned) (nullable) */
  char *key;                     /* (owned) (nullable) */
} Question;

static Question *
question_new (LinkageWindow *window, LinkageConnection *connection, const char *key)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->connection = connection != NULL ? linkage_connection_ref (connection) : NULL;
  question->key = g_strdup (key);

  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->window);
  g_clear_pointer (&question->connection, linkage_connection_unref);
  g_free (question->key);
  g_free (question);
}

/**
 * linkage_window_find_connection:
 * @self: a #LinkageWindow
 * @id: of a connection
 *
 * Reads a row of the account that is shown, and says so to the person where it cannot be read.
 *
 * Returns: (transfer full) (nullable): the row
 */
LinkageConnection *
linkage_window_find_connection (LinkageWindow *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) connection = NULL;

  if (self->account == NULL)
    return NULL;

  connection = linkage_account_get_connection (self->account, id, &error);
  if (connection == NULL)
    linkage_window_show_error (self, error);

  return g_steal_pointer (&connection);
}

static LinkageOperation *
find_operation (LinkageWindow *self, const char *key)
{
  g_autoptr (GPtrArray) operations = NULL;

  if (self->account == NULL)
    return NULL;

  operations = linkage_account_list_operations (self->account, NULL);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->key, key))
        return linkage_operation_ref (operation);
    }

  return NULL;
}

/* Sends at once what could have been undone. */
static void
undo_toast_dismissed_cb (AdwToast *toast, gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  if (self->undo_toast != toast)
    return;

  if (self->account != NULL && self->undo_key != NULL)
    linkage_account_send_now (self->account, self->undo_key);
  g_clear_object (&self->undo_toast);
  g_clear_pointer (&self->undo_key, g_free);
}

/**
 * linkage_window_forget_undo:
 * @self: a #LinkageWindow
 *
 * Takes the toast with Undo away without sending anything earlier: the row still offers Undo.
 */
void
linkage_window_forget_undo (LinkageWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  g_clear_pointer (&self->undo_key, g_free);
  if (toast != NULL)
    adw_toast_dismiss (toast);
}

static void
show_undo_toast (LinkageWindow *self, const LinkageOperation *operation)
{
  g_autofree char *name = linkage_portal_text_isolate (operation->customer_name);
  /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
  g_autofree char *text = g_strdup_printf (_ ("Sending soon: %s"), name);
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  linkage_window_forget_undo (self);
  adw_toast_set_timeout (toast, LINKAGE_RULES_UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "s", operation->key);
  self->undo_toast = g_object_ref (toast);
  self->undo_key = g_strdup (operation->key);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_toast_dismissed_cb), self, 0);
  linkage_window_add_toast (self, toast);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageOperation) operation = NULL;

  operation = linkage_account_submit_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (operation == NULL)
    {
      linkage_window_show_error (self, error);
      return;
    }

  linkage_connections_page_update_footer (self->connections_page);
  show_undo_toast (self, operation);
}

static void
submit (LinkageWindow *self, LinkageOperationKind kind, LinkageConnection *connection)
{
  g_autoptr (LinkageOperation) operation = NULL;

  if (linkage_window_is_by_hand (self))
    {
      linkage_window_send_by_hand (self, connection);
      return;
    }

  operation = linkage_operation_new (kind, connection->customer->id, connection->customer->name);
  operation->connection_id = g_strdup (connection->id);
  linkage_account_submit_async (self->account, operation, NULL, submitted_cb, g_object_ref (self));
}

static void
connect_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));

  if (connection != NULL)
    submit (self, LINKAGE_OPERATION_CONNECT, connection);
}

static LinkageNeeds
get_needs (const LinkageConnection *connection)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, connection);

  return linkage_rules_get_needs (&state, LINKAGE_ACTIONS_RESEND);
}

static void
last_request_confirmed (gpointer user_data)
{
  Question *question = user_data;

  if (question->window->account != NULL)
    submit (question->window, LINKAGE_OPERATION_RESEND, question->connection);
}

static void
ask_last_request (LinkageWindow *self, LinkageConnection *connection)
{
  g_autofree char *name = linkage_portal_text_isolate (connection->customer->name);
  g_autofree char *body = NULL;

  if (connection->requests_used_is_minimum)
    /* Translators: %s is a customer's name. */
    body = g_strdup_printf (_ ("At least two requests to %s expired. No more can be sent after a third."), name);
  else
    body = g_strdup_printf (
      /* Translators: %s is a customer's name. */
      _ ("Two requests to %s expired. This is the third, and no more can be sent after it."), name);
  linkage_compat_ask (GTK_WINDOW (self), _ ("Send the Last Request?"), body, _ ("_Cancel"), _ ("_Send Request"),
                      last_request_confirmed, question_new (self, connection, NULL), question_free);
}

/* What came from a search has a form of its own on a portal with an interface, which asks about the last request by
 * itself; what came from a suggestion is one press. */
static void
send_again (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));
  LinkageNeeds needs;

  if (connection == NULL)
    return;

  needs = get_needs (connection);
  if ((needs & LINKAGE_NEEDS_CONTACT) != 0 && !linkage_window_is_by_hand (self))
    linkage_window_open_request_form (self, connection->customer, connection);
  else if ((needs & LINKAGE_NEEDS_QUESTION) != 0)
    ask_last_request (self, connection);
  else
    submit (self, LINKAGE_OPERATION_RESEND, connection);
}

static void
verify (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));

  if (connection != NULL)
    linkage_window_open_request_form (self, connection->customer, connection);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_undo_finish (LINKAGE_ACCOUNT (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_window_show_error (self, error);

  linkage_connections_page_update_footer (self->connections_page);
  linkage_window_update_unverified (self);
}

static void
undo_key (LinkageWindow *self, const char *key)
{
  if (self->account == NULL)
    return;

  if (g_strcmp0 (self->undo_key, key) == 0)
    linkage_window_forget_undo (self);
  linkage_account_undo_async (self->account, key, NULL, undone_cb, g_object_ref (self));
}

/**
 * linkage_window_discard:
 * @self: a #LinkageWindow
 * @key: of a request that waits for a new verification
 *
 * Takes a request out of the outbox that the person gives up, and does not bring it back any more.
 */
void
linkage_window_discard (LinkageWindow *self, const char *key)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (key != NULL);

  linkage_window_forget_unverified (self);
  self->unverified_key = g_strdup (key);
  undo_key (self, key);
}

static void
undo (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *key = g_variant_dup_string (parameter, NULL);

  undo_key (LINKAGE_WINDOW (widget), key);
}

static void
refusal_read (gpointer user_data)
{
  Question *question = user_data;

  undo_key (question->window, question->key);
}

static void
show_refusal (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageOperation) operation = find_operation (self, g_variant_get_string (parameter, NULL));
  g_autoptr (LinkageErrorText) text = NULL;

  if (operation == NULL)
    return;

  text =
    linkage_error_text_new_for_refusal (operation->refusal_type, operation->refusal_detail, operation->customer_name);
  linkage_compat_ask (GTK_WINDOW (self), text->title, text->sentence, NULL, _ ("_Close"), refusal_read,
                      question_new (self, NULL, operation->key), question_free);
}

/**
 * linkage_window_show_refusal:
 * @self: a #LinkageWindow
 * @operation: what the portal refused for good
 *
 * Says that a request was refused, unless an open form does. Its row says so until the person has read why.
 */
void
linkage_window_show_refusal (LinkageWindow *self, LinkageOperation *operation)
{
  g_autofree char *name = linkage_portal_text_isolate (operation->customer_name);
  /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
  g_autofree char *text = g_strdup_printf (_ ("Not accepted: %s"), name);
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = NULL;

  if (self->search_page != NULL && linkage_search_page_awaits_answer (self->search_page, operation->customer_id))
    return;

  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _ ("_Why?"));
  adw_toast_set_action_name (toast, "win.show-refusal");
  adw_toast_set_action_target (toast, "s", operation->key);
  linkage_window_add_toast (self, toast);
}

/* What has no row in the table that could say so, nor an open form. */
static gboolean
is_unverified (LinkageWindow *self, const LinkageOperation *operation)
{
  return operation->state == LINKAGE_OPERATION_VERIFICATION_NEEDED && operation->connection_id == NULL &&
         (self->search_page == NULL || !linkage_search_page_is_form_for (self->search_page, operation->customer_id));
}

static LinkageOperation *
find_unverified (LinkageWindow *self)
{
  g_autoptr (GPtrArray) operations = NULL;

  if (self->account == NULL)
    return NULL;

  operations = linkage_account_list_operations (self->account, NULL);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (is_unverified (self, operation))
        return linkage_operation_ref (operation);
    }

  return NULL;
}

static void
show_unverified_toast (LinkageWindow *self, const LinkageOperation *operation)
{
  g_autofree char *name = linkage_portal_text_isolate (operation->customer_name);
  /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
  g_autofree char *text = g_strdup_printf (_ ("Verify again: %s"), name);
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _ ("_Open"));
  adw_toast_set_action_name (toast, "win.continue-request");
  adw_toast_set_action_target (toast, "s", operation->key);
  self->unverified_toast = g_object_ref (toast);
  self->unverified_key = g_strdup (operation->key);
  linkage_window_add_toast (self, toast);
}

/**
 * linkage_window_forget_unverified:
 * @self: a #LinkageWindow
 *
 * Takes the toast away that linkage_window_update_unverified() showed.
 */
void
linkage_window_forget_unverified (LinkageWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->unverified_toast);

  g_clear_pointer (&self->unverified_key, g_free);
  if (toast != NULL)
    adw_toast_dismiss (toast);
}

/**
 * linkage_window_update_unverified:
 * @self: a #LinkageWindow
 *
 * Brings a request back to the person that has no row and cannot be sent before it is verified again, with a toast
 * that stays until the form is open or the person closes it.
 */
void
linkage_window_update_unverified (LinkageWindow *self)
{
  g_autoptr (LinkageOperation) operation = find_unverified (self);

  if (g_strcmp0 (self->unverified_key, operation != NULL ? operation->key : NULL) == 0)
    return;

  linkage_window_forget_unverified (self);
  if (operation != NULL)
    show_unverified_toast (self, operation);
}

static void
continue_request (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageOperation) operation = find_operation (self, g_variant_get_string (parameter, NULL));
  g_autoptr (LinkageCustomer) customer = NULL;

  if (operation == NULL)
    return;

  customer = linkage_customer_new (operation->customer_id, operation->customer_name);
  linkage_window_open_request_form (self, customer, NULL);
  linkage_window_update_unverified (self);
}

static void
ask_customer (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection =
    linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autoptr (LinkageAskText) text = NULL;
  LinkageRuleState state;

  if (connection == NULL)
    return;

  info = linkage_account_get_info (self->account);
  linkage_rules_state_from_connection (&state, connection);
  text = linkage_ask_text_new_for_connection (
    connection, linkage_rules_get_refusal (&state, linkage_account_get_now (self->account)), info);
  linkage_ask_dialog_present (GTK_WINDOW (self), text);
}

/**
 * linkage_window_class_install_request_actions:
 * @widget_class: the window's class
 *
 * Installs what a row's buttons do: `win.connect`, `win.send-again`, `win.verify` and `win.ask-customer` with the id of
 * a connection, `win.undo`, `win.show-refusal` and `win.continue-request` with the key of an operation.
 */
void
linkage_window_class_install_request_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.connect", "s", connect_customer);
  gtk_widget_class_install_action (widget_class, "win.send-again", "s", send_again);
  gtk_widget_class_install_action (widget_class, "win.verify", "s", verify);
  gtk_widget_class_install_action (widget_class, "win.undo", "s", undo);
  gtk_widget_class_install_action (widget_class, "win.show-refusal", "s", show_refusal);
  gtk_widget_class_install_action (widget_class, "win.continue-request", "s", continue_request);
  gtk_widget_class_install_action (widget_class, "win.ask-customer", "s", ask_customer);
}
