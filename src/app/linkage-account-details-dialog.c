/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-details-dialog.h"

#include <glib/gi18n.h>

#include "linkage-account-data-view.h"
#include "linkage-account-error.h"
#include "linkage-companion-account.h"
#include "linkage-compat-ui.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"

/* Where there is only to read. */
#define READ_WIDTH 420
#define READ_HEIGHT 360

struct _LinkageAccountDetailsDialog
{
  AdwWindow parent_instance;

  LinkageAccount *account;   /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): while it is saved */

  GtkWidget *cancel;     /* (unowned) template child */
  GtkWidget *save;       /* (unowned) template child */
  GtkLabel *facts;       /* (unowned) template child */
  GtkWidget *fields;     /* (unowned) template child */
  GtkWidget *name;       /* (unowned) template child */
  GtkWidget *page;       /* (unowned) template child */
  GtkLabel *page_error;  /* (unowned) template child */
  GtkWidget *email;      /* (unowned) template child */
  GtkLabel *email_error; /* (unowned) template child */
  GtkSpinButton *days;   /* (unowned) template child */
  GtkLabel *error;       /* (unowned) template child */

  LinkageAccountDataView *data_view; /* (unowned) template child */
};

enum
{
  EXPORTED,
  REMOVAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageAccountDetailsDialog, linkage_account_details_dialog, ADW_TYPE_WINDOW)

/* (transfer full) (nullable): what was typed */
static char *
dup_text (GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
clear_errors (LinkageAccountDetailsDialog *self)
{
  linkage_entry_error_set (self->page, self->page_error, NULL);
  linkage_entry_error_set (self->email, self->email_error, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
}

static void
update (LinkageAccountDetailsDialog *self)
{
  g_autofree char *name = dup_text (self->name);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", name != NULL && self->cancellable == NULL);
}

/* An error stands beneath the field that it is about. */
static void
show_error (LinkageAccountDetailsDialog *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = NULL;

  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS))
    {
      linkage_entry_error_set (self->page, self->page_error, _ ("Type a whole address that begins with https://"));
      gtk_widget_grab_focus (self->page);
    }
  else if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS))
    {
      linkage_entry_error_set (self->email, self->email_error, _ ("This is not an e-mail address"));
      gtk_widget_grab_focus (self->email);
    }
  else
    {
      text = linkage_error_text_new (error);
      gtk_label_set_text (self->error, text->sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
    }
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageAccountDetailsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  update (self);
  if (!saved)
    {
      show_error (self, error);
      return;
    }

  g_settings_set_int (self->settings, "copy-reminder-days", gtk_spin_button_get_value_as_int (self->days));
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageAccountDetailsDialog *self = LINKAGE_ACCOUNT_DETAILS_DIALOG (widget);
  g_autofree char *name = dup_text (self->name);
  g_autofree char *page = dup_text (self->page);
  g_autofree char *email = dup_text (self->email);

  clear_errors (self);
  gtk_spin_button_update (self->days);
  self->cancellable = g_cancellable_new ();
  update (self);
  linkage_companion_account_set_details_async (LINKAGE_COMPANION_ACCOUNT (self->account), name, page, email,
                                               self->cancellable, on_saved, g_object_ref (self));
}

static void
on_changed (GtkEditable *editable, LinkageAccountDetailsDialog *self)
{
  clear_errors (self);
  update (self);
}

static void
on_exported (LinkageAccountDataView *view, GFile *file, LinkageAccountDetailsDialog *self)
{
  g_signal_emit (self, signals[EXPORTED], 0, file);
}

static void
on_removal_chosen (LinkageAccountDataView *view, int removal, LinkageAccountDetailsDialog *self)
{
  g_signal_emit (self, signals[REMOVAL_CHOSEN], 0, removal);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_account_details_dialog_unrealize (GtkWidget *widget)
{
  LinkageAccountDetailsDialog *self = LINKAGE_ACCOUNT_DETAILS_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  GTK_WIDGET_CLASS (linkage_account_details_dialog_parent_class)->unrealize (widget);
}

static void
linkage_account_details_dialog_dispose (GObject *object)
{
  LinkageAccountDetailsDialog *self = LINKAGE_ACCOUNT_DETAILS_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (linkage_account_details_dialog_parent_class)->dispose (object);
}

static void
linkage_account_details_dialog_class_init (LinkageAccountDetailsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_account_details_dialog_dispose;
  widget_class->unrealize = linkage_account_details_dialog_unrealize;

  /**
   * LinkageAccountDetailsDialog::exported:
   * @self: the dialog
   * @file: where it is
   *
   * Everything that is kept about the account was exported.
   */
  signals[EXPORTED] = g_signal_new ("exported", LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  /**
   * LinkageAccountDetailsDialog::removal-chosen:
   * @self: the dialog
   * @removal: a #LinkageAccountRemoval
   *
   * The person wants the account to go.
   */
  signals[REMOVAL_CHOSEN] = g_signal_new ("removal-chosen", LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (LINKAGE_TYPE_ACCOUNT_DATA_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-account-details-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, save);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, data_view);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, page);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, page_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, email);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, email_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, days);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDetailsDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_exported);
  gtk_widget_class_bind_template_callback (widget_class, on_removal_chosen);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_account_details_dialog_init (LinkageAccountDetailsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

/* What a portal says of its account is only to be read. */
static void
show_facts (LinkageAccountDetailsDialog *self, const LinkageAccountInfo *info)
{
  g_autofree char *name = linkage_portal_text_isolate (info->name);
  g_autofree char *user = info->user_name != NULL ? linkage_portal_text_isolate (info->user_name) : NULL;
  /* Translators: The name of an account, and of the person who signed in to it. */
  g_autofree char *both = user != NULL ? g_strdup_printf (_ ("%1$s, signed in as %2$s"), name, user) : NULL;

  gtk_label_set_text (self->facts, both != NULL ? both : name);
}

static void
show_info (LinkageAccountDetailsDialog *self, const LinkageAccountInfo *info)
{
  gboolean by_hand = (linkage_account_get_features (self->account) & LINKAGE_ACCOUNT_FEATURES_BY_HAND) != 0;

  if (by_hand)
    {
      set_text (self->name, info->name);
      set_text (self->page, info->page);
      set_text (self->email, info->invitation_email);
    }
  else
    show_facts (self, info);
}

static void
choose_fields (LinkageAccountDetailsDialog *self)
{
  gboolean by_hand = (linkage_account_get_features (self->account) & LINKAGE_ACCOUNT_FEATURES_BY_HAND) != 0;

  gtk_widget_set_visible (self->fields, by_hand);
  gtk_widget_set_visible (self->save, by_hand);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), !by_hand);
  if (by_hand)
    return;

  linkage_compat_set_button_label (GTK_BUTTON (self->cancel), _ ("_Close"));
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel);
  gtk_window_set_default_size (GTK_WINDOW (self), READ_WIDTH, READ_HEIGHT);
}

/**
 * linkage_account_details_dialog_new:
 * @parent: the window that asks
 * @account: an account with %LINKAGE_ACCOUNT_FEATURES_KEPT
 * @settings: after how many days to remind of a copy
 *
 * Creates a dialog that shows an account and what can be done with all that is kept about it. Of one on a portal
 * without an interface the person says what it is called, where the page is, what a customer invites, and when to be
 * reminded.
 *
 * Returns: (transfer none): a new dialog, owned by GTK
 */
LinkageAccountDetailsDialog *
linkage_account_details_dialog_new (GtkWindow *parent, LinkageAccount *account, GSettings *settings)
{
  LinkageAccountDetailsDialog *self;
  g_autoptr (LinkageAccountInfo) info = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  self->settings = g_object_ref (settings);
  linkage_account_data_view_set_account (self->data_view, account);
  choose_fields (self);
  info = linkage_account_get_info (account);
  if (info != NULL)
    show_info (self, info);
  gtk_spin_button_set_value (self->days, g_settings_get_int (settings, "copy-reminder-days"));
  update (self);

  return self;
}
