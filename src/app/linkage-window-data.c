/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-account-details-dialog.h"
#include "linkage-account-error.h"
#include "linkage-compat-ui.h"
#include "linkage-copy-reminder.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"

#define TOAST_TIME 15 /* seconds, to find the way to the file */

static void
show_file (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  linkage_compat_show_file (GTK_WINDOW (widget), file);
}

static void
on_exported (LinkageAccountDetailsDialog *dialog, GFile *file, LinkageWindow *self)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (base);
  g_autofree char *name = linkage_portal_text_isolate (display);
  /* Translators: %s is the name of a file. */
  g_autofree char *sentence = g_strdup_printf (_ ("Exported as “%s”"), name);
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  g_autofree char *uri = g_file_get_uri (file);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, TOAST_TIME);
  adw_toast_set_button_label (toast, _ ("Open Folder"));
  adw_toast_set_action_name (toast, "win.show-file");
  adw_toast_set_action_target (toast, "s", uri);
  gtk_window_close (GTK_WINDOW (dialog));
  linkage_window_add_toast (self, toast);
}

static void
do_nothing (gpointer user_data)
{
}

static void
tell (LinkageWindow *self, const char *heading, const char *body)
{
  if (!self->closing)
    linkage_compat_ask (GTK_WINDOW (self), heading, body, NULL, _ ("_Close"), do_nothing, g_object_ref (self),
                        g_object_unref);
}

/* Nothing was done. */
static void
tell_refused (LinkageWindow *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  const char *sentence = text->sentence;

  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY))
    sentence =
      _ ("Its files on this computer cannot be written to. Check the permissions of your data folder, then try "
         "again.");
  else if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_STORE_FULL))
    sentence =
      _ ("There is no space left on this computer, not even to begin. Delete some other file, then try again.");

  tell (self, _ ("The Account Was Not Deleted"), sentence);
}

typedef struct
{
  LinkageWindow *window;   /* (owned) */
  LinkageAccount *account; /* (owned) */
  char *name;              /* (owned): isolated */
} Deletion;

static void
deletion_free (Deletion *deletion)
{
  g_object_unref (deletion->window);
  g_clear_object (&deletion->account);
  g_free (deletion->name);
  g_free (deletion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  LinkageWindow *self = deletion->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (linkage_account_manager_delete_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    {
      /* Translators: %s is the name of an account. */
      sentence = g_strdup_printf (_ ("Deleted “%s”"), deletion->name);
      linkage_window_show_sentence (self, sentence);
      return;
    }
  if (self->account == deletion->account)
    {
      tell_refused (self, error);
      return;
    }

  g_message ("The account is not gone yet: %s", error->message);
  sentence = g_strdup_printf (
    /* Translators: %s is the name of an account. */
    _ ("Nothing of “%s” is shown or sent any more, but not all of its data could be removed from this computer. "
       "Linkage tries again when it is started next."),
    deletion->name);
  tell (self, _ ("Not Everything Is Gone Yet"), sentence);
}

static void
on_deletion_confirmed (LinkageAccountDetailsDialog *dialog, LinkageWindow *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  Deletion *deletion;

  gtk_window_destroy (GTK_WINDOW (dialog));
  if (!linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_KEPT))
    return;

  info = linkage_account_get_info (self->account);
  deletion = g_new0 (Deletion, 1);
  deletion->window = g_object_ref (self);
  deletion->account = g_object_ref (self->account);
  deletion->name = linkage_portal_text_isolate (info != NULL ? info->name : "");
  if (application != NULL)
    linkage_copy_reminder_withdraw (G_APPLICATION (application), self->settings);
  linkage_account_manager_delete_async (self->manager, on_deleted, deletion);
  if (self->account == NULL)
    linkage_window_load (self);
}

static void
account_details (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  LinkageAccountDetailsDialog *dialog =
    linkage_account_details_dialog_new (GTK_WINDOW (self), self->account, self->settings);

  g_signal_connect_object (dialog, "exported", G_CALLBACK (on_exported), self, 0);
  g_signal_connect_object (dialog, "deletion-confirmed", G_CALLBACK (on_deletion_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * linkage_window_update_data_actions:
 * @self: a #LinkageWindow
 *
 * Enables what can be done with all that is kept about the account.
 */
void
linkage_window_update_data_actions (LinkageWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.account-details",
                                 linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_KEPT));
}

/**
 * linkage_window_class_install_data_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with all that is kept about an account.
 */
void
linkage_window_class_install_data_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.account-details", NULL, account_details);
  gtk_widget_class_install_action (widget_class, "win.show-file", "s", show_file);
}
