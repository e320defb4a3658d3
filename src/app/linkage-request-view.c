/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-request-view.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-compat-ui.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"
#include "linkage-text.h"
#include "linkage-verification-row.h"

struct _LinkageRequestView
{
  GtkWidget parent_instance;

  LinkageAccount *account;       /* (owned) (nullable) */
  LinkageCustomer *customer;     /* (owned) (nullable) */
  LinkageConnection *connection; /* (owned) (nullable): what is sent again; null for a customer without a row */
  char *key;                     /* (owned) (nullable): in the outbox, while the portal's answer is awaited */
  char *unverified_key;          /* (owned) (nullable): in the outbox, of what waits for a new verification */
  gboolean sending;

  GtkLabel *title;                      /* (unowned) template child */
  GtkLabel *attempt;                    /* (unowned) template child */
  GtkEntry *contact;                    /* (unowned) template child */
  GtkLabel *contact_error;              /* (unowned) template child */
  LinkageVerificationRow *verification; /* (unowned) template child */
  GtkCheckButton *confirmation;         /* (unowned) template child */
  GtkLabel *confirmation_text;          /* (unowned) template child */
  GtkLabel *error;                      /* (unowned) template child */
  GtkWidget *progress;                  /* (unowned) template child */
  GtkWidget *discard;                   /* (unowned) template child */
};

typedef enum
{
  SIGNAL_REQUESTED,
  SIGNAL_DISCARDED,
  N_SIGNALS,
} LinkageRequestViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageRequestView, linkage_request_view, GTK_TYPE_WIDGET)

static char *
dup_contact (LinkageRequestView *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->contact))));
}

static gboolean
is_contact_valid (LinkageRequestView *self)
{
  g_autofree char *contact = dup_contact (self);

  return linkage_text_is_email (contact);
}

static gboolean
is_valid (LinkageRequestView *self)
{
  return self->account != NULL && is_contact_valid (self) &&
         linkage_verification_row_get_session (self->verification) != NULL &&
         gtk_check_button_get_active (self->confirmation);
}

static void
update (LinkageRequestView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "request.send", is_valid (self) && !self->sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "request.discard", self->unverified_key != NULL && !self->sending);
  gtk_widget_set_visible (self->discard, self->unverified_key != NULL && !self->sending);
}

static void
set_sending (LinkageRequestView *self, gboolean sending)
{
  self->sending = sending;
  gtk_editable_set_editable (GTK_EDITABLE (self->contact), !sending);
  gtk_widget_set_sensitive (GTK_WIDGET (self->verification), !sending);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirmation), !sending);
  gtk_widget_set_visible (self->progress, sending);
  update (self);
}

static void
check_contact (LinkageRequestView *self)
{
  g_autofree char *contact = dup_contact (self);

  if (contact[0] == '\0')
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error,
                             _ ("Type the e-mail address of your contact."));
  else if (!linkage_text_is_email (contact))
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error,
                             _ ("This is not an e-mail address. Type it as in “anna@example.com”."));
  else
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
}

static void
set_error (LinkageRequestView *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
show_error (LinkageRequestView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  set_error (self, text->sentence);
  set_sending (self, FALSE);
}

static void
on_refusal_seen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_account_undo_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_debug ("A refused request stays in the outbox: %s", error->message);
}

/* What was typed stays, and the refusal is told here, so its row in the outbox is not needed. */
static void
show_refusal (LinkageRequestView *self, const LinkageOperation *operation)
{
  g_autoptr (LinkageErrorText) text = NULL;

  text =
    linkage_error_text_new_for_refusal (operation->refusal_type, operation->refusal_detail, operation->customer_name);
  set_error (self, text->sentence);
  linkage_verification_row_reset (self->verification, NULL);
  linkage_account_undo_async (self->account, operation->key, NULL, on_refusal_seen, NULL);
}

static LinkageOperation *
find_operation (LinkageRequestView *self, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (self->account, &error);

  if (operations == NULL)
    {
      g_message ("Cannot read the outbox: %s", error->message);
      return NULL;
    }

  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->key, key))
        return linkage_operation_ref (operation);
    }

  return NULL;
}

/* operation: (nullable): what waits for a new verification */
static void
set_unverified (LinkageRequestView *self, const LinkageOperation *operation)
{
  g_free (self->unverified_key);
  self->unverified_key = operation != NULL ? g_strdup (operation->key) : NULL;
  update (self);
}

static void
ask_to_verify_again (LinkageRequestView *self, const LinkageOperation *operation)
{
  set_unverified (self, operation);
  linkage_verification_row_reset (self->verification, _ ("The verification has run out. Verify again; everything else"
                                                         " is kept."));
}

static void
emit_requested (LinkageRequestView *self, gboolean delivered)
{
  g_autoptr (LinkageConnection) row = NULL;

  row = linkage_account_get_connection_of_customer (self->account, self->customer->id, NULL);
  g_signal_emit (self, signals[SIGNAL_REQUESTED], 0, self->customer->name, row != NULL ? row->id : NULL, delivered);
}

/* The outbox was sent, as far as it could be: what became of ours? */
static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageRequestView) self = user_data;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autofree char *key = g_steal_pointer (&self->key);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_refresh_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_debug ("Not everything could be read after a request: %s", error->message);
  if (self->account == NULL || key == NULL)
    return;

  set_sending (self, FALSE);
  /* Who has left the form learns it from the table. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  operation = find_operation (self, key);
  if (operation == NULL)
    emit_requested (self, TRUE);
  else if (operation->state == LINKAGE_OPERATION_REFUSED)
    show_refusal (self, operation);
  else if (operation->state == LINKAGE_OPERATION_VERIFICATION_NEEDED)
    ask_to_verify_again (self, operation);
  else
    emit_requested (self, FALSE);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageRequestView) self = user_data;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  operation = linkage_account_submit_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (self->account == NULL)
    return;
  if (operation == NULL)
    {
      show_error (self, error);
      return;
    }
  if (linkage_account_get_state (self->account) != LINKAGE_ACCOUNT_STATE_READY)
    {
      set_sending (self, FALSE);
      emit_requested (self, FALSE);
      return;
    }

  g_free (self->key);
  self->key = g_strdup (operation->key);
  linkage_account_refresh_async (self->account, NULL, on_sent, g_object_ref (self));
}

static void
submit (gpointer user_data)
{
  LinkageRequestView *self = LINKAGE_REQUEST_VIEW (user_data);
  LinkageOperationKind kind = self->connection != NULL ? LINKAGE_OPERATION_RESEND : LINKAGE_OPERATION_REQUEST;
  g_autoptr (LinkageOperation) operation = NULL;

  if (self->account == NULL || self->sending)
    return;

  operation = linkage_operation_new (kind, self->customer->id, self->customer->name);
  operation->connection_id = self->connection != NULL ? g_strdup (self->connection->id) : NULL;
  operation->contact_email = dup_contact (self);
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup (linkage_verification_row_get_session (self->verification));

  set_error (self, NULL);
  set_sending (self, TRUE);
  /* It is for the outbox: closing the form does not take it back. */
  linkage_account_submit_async (self->account, operation, NULL, on_submitted, g_object_ref (self));
}

static void
ask_last_request (LinkageRequestView *self)
{
  g_autofree char *name = linkage_portal_text_isolate (self->customer->name);
  g_autofree char *typed = dup_contact (self);
  g_autofree char *contact = linkage_portal_text_isolate (typed);
  g_autofree char *body = NULL;

  /* Translators: First a customer's name, then an e-mail address. */
  body = g_strdup_printf (_ ("Two requests to %1$s expired. Check that %2$s is the right contact."), name, contact);
  linkage_compat_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Send the Last Request?"), body,
                      _ ("_Cancel"), _ ("_Send Request"), submit, g_object_ref (self), g_object_unref);
}

static gboolean
is_last_request (LinkageRequestView *self)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, self->connection);

  return (linkage_rules_get_needs (&state, LINKAGE_ACTIONS_RESEND) & LINKAGE_NEEDS_QUESTION) != 0;
}

static void
send_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRequestView *self = LINKAGE_REQUEST_VIEW (widget);

  if (!is_valid (self) || self->sending)
    return;

  if (self->connection != NULL && is_last_request (self))
    ask_last_request (self);
  else
    submit (self);
}

static void
discard_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRequestView *self = LINKAGE_REQUEST_VIEW (widget);
  g_autofree char *key = g_steal_pointer (&self->unverified_key);

  update (self);
  g_signal_emit (self, signals[SIGNAL_DISCARDED], 0, key);
}

/* Enter sends when everything is there, else it leads to what is missing. */
static void
on_contact_activated (GtkEntry *entry, LinkageRequestView *self)
{
  check_contact (self);
  if (is_valid (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "request.send", NULL);
  else if (is_contact_valid (self) && linkage_verification_row_get_session (self->verification) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->verification), GTK_DIR_TAB_FORWARD);
  else if (is_contact_valid (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->confirmation));
}

/* While one types nothing is wrong yet; what was wrong may become right. */
static void
on_contact_changed (GtkEditable *entry, LinkageRequestView *self)
{
  if (is_contact_valid (self))
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
  update (self);
}

static void
on_contact_left (GtkEventControllerFocus *controller, LinkageRequestView *self)
{
  g_autofree char *contact = NULL;

  /* The form is being taken down. */
  if (self->account == NULL)
    return;

  contact = dup_contact (self);
  if (contact[0] != '\0')
    check_contact (self);
}

static gboolean
linkage_request_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_REQUEST_VIEW (widget)->contact));
}

static void
linkage_request_view_dispose (GObject *object)
{
  LinkageRequestView *self = LINKAGE_REQUEST_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->account);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->customer, linkage_customer_unref);
  g_clear_pointer (&self->connection, linkage_connection_unref);

  G_OBJECT_CLASS (linkage_request_view_parent_class)->dispose (object);
}

static void
linkage_request_view_finalize (GObject *object)
{
  LinkageRequestView *self = LINKAGE_REQUEST_VIEW (object);

  g_free (self->key);
  g_free (self->unverified_key);

  G_OBJECT_CLASS (linkage_request_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_VERIFICATION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-request-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, attempt);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, contact);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, contact_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, verification);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, confirmation);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, confirmation_text);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, progress);
  gtk_widget_class_bind_template_child (widget_class, LinkageRequestView, discard);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_left);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
linkage_request_view_class_init (LinkageRequestViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_request_view_dispose;
  object_class->finalize = linkage_request_view_finalize;

  widget_class->grab_focus = linkage_request_view_grab_focus;

  signals[SIGNAL_REQUESTED] = g_signal_new ("requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_DISCARDED] = g_signal_new ("discarded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "request.send", NULL, send_activated);
  gtk_widget_class_install_action (widget_class, "request.discard", NULL, discard_activated);
}

static void
linkage_request_view_init (LinkageRequestView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

static void
fill_title (LinkageRequestView *self)
{
  g_autofree char *name = linkage_portal_text_isolate (self->customer->name);
  g_autofree char *title = NULL;
  g_autofree char *attempt = NULL;

  /* Translators: %s is a customer's name. */
  title = g_strdup_printf (_ ("Request a connection with %s"), name);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->attempt), self->connection != NULL);
  if (self->connection == NULL)
    return;

  /* Translators: Which of the requests that a customer may be sent. First its number, then how many there may be. */
  attempt = g_strdup_printf (_ ("This is request %1$u of %2$u."), self->connection->requests_used + 1,
                             LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
  gtk_label_set_text (self->attempt, attempt);
}

/* What is in the outbox about the customer. */
static LinkageOperation *
find_former_operation (LinkageRequestView *self)
{
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (self->account, NULL);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->customer_id, self->customer->id))
        return linkage_operation_ref (operation);
    }

  return NULL;
}

/* The contact of what waits for a new verification, else of the latest request. */
static char *
get_former_contact (LinkageRequestView *self, const LinkageOperation *operation)
{
  LinkageAttempt *latest = NULL;

  if (operation != NULL && operation->contact_email != NULL)
    return g_strdup (operation->contact_email);
  if (self->connection != NULL)
    latest = linkage_connection_get_latest_attempt (self->connection);

  return g_strdup (latest != NULL ? latest->contact_email : NULL);
}

static void
fill_confirmation (LinkageRequestView *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  g_autofree char *text = NULL;

  if (info != NULL && info->confirmation_text != NULL)
    text = g_utf8_make_valid (info->confirmation_text, -1);
  else
    text = g_strdup (_ ("I confirm that I do business with this customer, or am about to, and that the contact expects"
                        " this request."));

  gtk_label_set_text (self->confirmation_text, text);
  linkage_cell_utils_set_label (GTK_WIDGET (self->confirmation), text);
  gtk_check_button_set_active (self->confirmation, FALSE);
}

/**
 * linkage_request_view_set_customer:
 * @self: a #LinkageRequestView
 * @account: who asks
 * @customer: whom
 * @connection: (nullable): the expired request that is sent again; %NULL for a customer that a search found
 *
 * Makes an empty form for a customer; for what is sent again the contact is filled in. What waits for a new
 * verification can be discarded there.
 */
void
linkage_request_view_set_customer (LinkageRequestView *self,
                                   LinkageAccount *account,
                                   LinkageCustomer *customer,
                                   LinkageConnection *connection)
{
  g_autoptr (LinkageOperation) operation = NULL;
  g_autofree char *contact = NULL;
  gboolean is_unverified;

  g_return_if_fail (LINKAGE_IS_REQUEST_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (customer != NULL);

  g_set_object (&self->account, account);
  g_clear_pointer (&self->customer, linkage_customer_unref);
  self->customer = linkage_customer_ref (customer);
  g_clear_pointer (&self->connection, linkage_connection_unref);
  self->connection = connection != NULL ? linkage_connection_ref (connection) : NULL;
  g_clear_pointer (&self->key, g_free);

  operation = find_former_operation (self);
  is_unverified = operation != NULL && operation->state == LINKAGE_OPERATION_VERIFICATION_NEEDED;
  contact = get_former_contact (self, operation);
  fill_title (self);
  fill_confirmation (self);
  gtk_editable_set_text (GTK_EDITABLE (self->contact), contact != NULL ? contact : "");
  linkage_verification_row_set_action (
    self->verification, account, connection != NULL ? LINKAGE_ACTIONS_RESEND : LINKAGE_ACTIONS_REQUEST, customer->id);
  linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
  set_error (self, NULL);
  set_unverified (self, is_unverified ? operation : NULL);
  set_sending (self, FALSE);
}

/**
 * linkage_request_view_is_for:
 * @self: a #LinkageRequestView
 * @customer_id: a customer
 *
 * Tells whether the form is about a customer.
 *
 * Returns: whether it is
 */
gboolean
linkage_request_view_is_for (LinkageRequestView *self, const char *customer_id)
{
  g_return_val_if_fail (LINKAGE_IS_REQUEST_VIEW (self), FALSE);
  g_return_val_if_fail (customer_id != NULL, FALSE);

  return self->customer != NULL && g_str_equal (self->customer->id, customer_id);
}

/**
 * linkage_request_view_awaits_answer:
 * @self: a #LinkageRequestView
 * @customer_id: a customer
 *
 * Tells whether the form will say what became of a request to a customer.
 *
 * Returns: whether it was sent and its answer is awaited here
 */
gboolean
linkage_request_view_awaits_answer (LinkageRequestView *self, const char *customer_id)
{
  return linkage_request_view_is_for (self, customer_id) && self->sending;
}
