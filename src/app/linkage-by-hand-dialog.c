/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-by-hand-dialog.h"

#include <glib/gi18n.h>

#include "linkage-companion-account.h"
#include "linkage-compat-ui.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"
#include "linkage-text.h"

struct _LinkageByHandDialog
{
  AdwWindow parent_instance;

  LinkageAccount *account;       /* (owned) (nullable): null once disposed */
  LinkageConnection *connection; /* (owned) (nullable) */
  LinkageNeeds needs;
  gboolean opened; /* the page, at least once */
  gboolean marking;

  GtkLabel *explanation;    /* (unowned) template child */
  GtkLabel *page_hint;      /* (unowned) template child */
  GtkWidget *contact_group; /* (unowned) template child */
  GtkEntry *contact;        /* (unowned) template child */
  GtkLabel *contact_error;  /* (unowned) template child */
  GtkLabel *contact_hint;   /* (unowned) template child */
  GtkLabel *error;          /* (unowned) template child */
  GtkButton *open_button;   /* (unowned) template child */
  GtkWidget *done_button;   /* (unowned) template child */
};

typedef enum
{
  SIGNAL_SENT,
  N_SIGNALS,
} LinkageByHandDialogSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageByHandDialog, linkage_by_hand_dialog, ADW_TYPE_WINDOW)

static char *
dup_contact (LinkageByHandDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->contact))));
}

static gboolean
is_contact_valid (LinkageByHandDialog *self)
{
  g_autofree char *contact = dup_contact (self);

  return contact[0] == '\0' ? (self->needs & LINKAGE_NEEDS_CONTACT) == 0 : linkage_text_is_email (contact);
}

static void
check_contact (LinkageByHandDialog *self)
{
  g_autofree char *contact = dup_contact (self);
  const char *sentence = NULL;

  if (!is_contact_valid (self))
    sentence = contact[0] == '\0' ? _ ("Type the e-mail address of your contact.")
                                  : _ ("This is not an e-mail address. Type it as in “anna@example.com”.");
  linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, sentence);
}

static void
set_error (LinkageByHandDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
set_marking (LinkageByHandDialog *self, gboolean marking)
{
  self->marking = marking;
  gtk_editable_set_editable (GTK_EDITABLE (self->contact), !marking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.mark-sent", !marking);
}

static char *
make_explanation (LinkageByHandDialog *self, gboolean has_page)
{
  g_autofree char *name = linkage_portal_text_isolate (self->connection->customer->name);
  gboolean again = (self->connection->actions & LINKAGE_ACTIONS_RESEND) != 0;

  if (!self->opened)
    /* Translators: %s is a customer's name. */
    return g_strdup_printf (_ ("Mark it as sent once you have sent the request to %s there."), name);
  if (has_page && again)
    /* Translators: %s is a customer's name. Setup and Connection Requests are menu items on Coupa's pages. */
    return g_strdup_printf (_ ("Coupa opens in your browser, and the customer’s name is on the clipboard. Under Setup >"
                               " Connection Requests find %s and send the request again."),
                            name);
  if (has_page)
    /* Translators: %s is a customer's name. Setup, Connection Requests and Connect are words on Coupa's pages. */
    return g_strdup_printf (_ ("Coupa opens in your browser, and the customer’s name is on the clipboard. Under Setup >"
                               " Connection Requests find %s and press Connect."),
                            name);
  if (again)
    return g_strdup_printf (
      /* Translators: %s is a customer's name. Setup and Connection Requests are menu items on Coupa's pages. */
      _ ("The customer’s name is on the clipboard. Open Coupa in your browser, find %s under Setup"
         " > Connection Requests and send the request again."),
      name);

  return g_strdup_printf (
    /* Translators: %s is a customer's name. Setup, Connection Requests and Connect are words on Coupa's pages. */
    _ ("The customer’s name is on the clipboard. Open Coupa in your browser, find %s under Setup >"
       " Connection Requests and press Connect."),
    name);
}

static void
update (LinkageByHandDialog *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  gboolean has_page = info != NULL && info->page != NULL;
  g_autofree char *explanation = make_explanation (self, has_page);

  gtk_label_set_text (self->explanation, explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->page_hint), !has_page);
  gtk_widget_set_visible (GTK_WIDGET (self->open_button), has_page);
  gtk_button_set_label (self->open_button, self->opened ? _ ("_Open Coupa Again") : _ ("_Open Coupa"));
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageByHandDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean marked = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  /* Who has closed the dialog learns it from the table. */
  if (self->account == NULL)
    return;

  if (!marked)
    {
      g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

      set_marking (self, FALSE);
      set_error (self, text->sentence);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_SENT], 0, self->connection->customer->name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
mark_sent_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageByHandDialog *self = LINKAGE_BY_HAND_DIALOG (widget);
  g_autofree char *contact = dup_contact (self);

  if (self->marking || self->account == NULL)
    return;
  if (!is_contact_valid (self))
    {
      check_contact (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->contact));
      return;
    }

  set_error (self, NULL);
  set_marking (self, TRUE);
  /* Closing the dialog does not take it back. */
  linkage_companion_account_mark_sent_async (LINKAGE_COMPANION_ACCOUNT (self->account), self->connection->id,
                                             contact[0] != '\0' ? contact : NULL, NULL, on_marked, g_object_ref (self));
}

static void
open_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_by_hand_dialog_open_page (LINKAGE_BY_HAND_DIALOG (widget));
}

/* While one types nothing is wrong yet; what was wrong may become right. */
static void
on_contact_changed (GtkEditable *entry, LinkageByHandDialog *self)
{
  if (is_contact_valid (self))
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
}

static void
linkage_by_hand_dialog_dispose (GObject *object)
{
  LinkageByHandDialog *self = LINKAGE_BY_HAND_DIALOG (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->connection, linkage_connection_unref);

  G_OBJECT_CLASS (linkage_by_hand_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-by-hand-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, page_hint);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, contact_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, contact);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, contact_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, contact_hint);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageByHandDialog, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_changed);
}

static void
linkage_by_hand_dialog_class_init (LinkageByHandDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_by_hand_dialog_dispose;

  signals[SIGNAL_SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "dialog.mark-sent", NULL, mark_sent_activated);
  gtk_widget_class_install_action (widget_class, "dialog.open-page", NULL, open_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_by_hand_dialog_init (LinkageByHandDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* R6: who is suggested is asked without a contact. R11: who was searched for is not. Of what is sent again a table does
 * not always show which it was. */
static void
fill_contact (LinkageByHandDialog *self)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (self->connection);
  gboolean needed = (self->needs & LINKAGE_NEEDS_CONTACT) != 0;
  gboolean shown = needed || (self->connection->actions & LINKAGE_ACTIONS_RESEND) != 0;

  gtk_widget_set_visible (self->contact_group, shown);
  gtk_editable_set_text (GTK_EDITABLE (self->contact),
                         shown && latest != NULL && latest->contact_email != NULL ? latest->contact_email : "");
  gtk_label_set_text (self->contact_hint, needed ? _ ("To whom you send the request there.")
                                                 : _ ("Leave it empty for a customer that Coupa suggested."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->contact), GTK_ACCESSIBLE_PROPERTY_REQUIRED, needed, -1);
}

/**
 * linkage_by_hand_dialog_new:
 * @parent: the window that asks
 * @account: an account with %LINKAGE_ACCOUNT_FEATURES_BY_HAND
 * @connection: a row of it that can be asked, for the first time or again
 *
 * Creates a dialog that waits until the person has sent a request on the portal's page.
 *
 * Returns: (transfer none): a new #LinkageByHandDialog, owned by GTK
 */
GtkWidget *
linkage_by_hand_dialog_new (GtkWindow *parent, LinkageAccount *account, LinkageConnection *connection)
{
  LinkageByHandDialog *self;
  LinkageActions action;
  LinkageRuleState state;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account), NULL);
  g_return_val_if_fail (connection != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_BY_HAND_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  self->connection = linkage_connection_ref (connection);
  action = (connection->actions & LINKAGE_ACTIONS_RESEND) != 0 ? LINKAGE_ACTIONS_RESEND : LINKAGE_ACTIONS_CONNECT;
  linkage_rules_state_from_connection (&state, connection);
  self->needs = linkage_rules_get_needs (&state, action);
  fill_contact (self);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self),
                        gtk_widget_get_visible (self->contact_group) ? GTK_WIDGET (self->contact) : self->done_button);

  return GTK_WIDGET (self);
}

/**
 * linkage_by_hand_dialog_open_page:
 * @self: a #LinkageByHandDialog
 *
 * Puts the customer's name on the clipboard and opens the portal's page in the browser, as far as the account knows it.
 */
void
linkage_by_hand_dialog_open_page (LinkageByHandDialog *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (LINKAGE_IS_BY_HAND_DIALOG (self));
  g_return_if_fail (self->account != NULL);

  info = linkage_account_get_info (self->account);
  name = linkage_portal_text_to_line (self->connection->customer->name);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), name);
  if (info != NULL && info->page != NULL)
    linkage_compat_open_uri (gtk_window_get_transient_for (GTK_WINDOW (self)), info->page);
  self->opened = TRUE;
  update (self);
}
