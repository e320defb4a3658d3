/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-account-details-dialog.h"
#include "linkage-account-error.h"
#include "linkage-account-removal.h"
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

/* Says what was done, with a way to where it is. */
static void
show_place (LinkageWindow *self, const char *sentence, GFile *place)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  g_autofree char *uri = g_file_get_uri (place);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, TOAST_TIME);
  adw_toast_set_button_label (toast, _ ("Open Folder"));
  adw_toast_set_action_name (toast, "win.show-file");
  adw_toast_set_action_target (toast, "s", uri);
  linkage_window_add_toast (self, toast);
}

/* Whether the account that is shown, or that could not be opened, outlives the program. */
static gboolean
has_kept (LinkageWindow *self)
{
  LinkageAccountEntry *entry = linkage_account_manager_get_current_entry (self->manager);

  return entry != NULL && !linkage_account_entry_get_sandbox (entry);
}

static void
on_exported (LinkageAccountDetailsDialog *dialog, GFile *file, LinkageWindow *self)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (base);
  g_autofree char *name = linkage_portal_text_isolate (display);
  /* Translators: %s is the name of a file. */
  g_autofree char *sentence = g_strdup_printf (_ ("Exported as “%s”"), name);

  gtk_window_close (GTK_WINDOW (dialog));
  show_place (self, sentence, file);
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

  tell (self, _ ("The Account Was Not Removed"), sentence);
}

typedef struct
{
  LinkageWindow *window;      /* (owned) */
  LinkageAccountEntry *entry; /* (owned) */
  char *name;                 /* (owned): isolated */
} Removal;

static Removal *
removal_new (LinkageWindow *window)
{
  Removal *removal = g_new0 (Removal, 1);
  g_autofree char *name = NULL;

  removal->window = g_object_ref (window);
  removal->entry = g_object_ref (linkage_account_manager_get_current_entry (window->manager));
  name = linkage_account_entry_dup_name (removal->entry);
  removal->name = linkage_portal_text_isolate (name);

  return removal;
}

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->window);
  g_object_unref (removal->entry);
  g_free (removal->name);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
tell_not_removed (Removal *removal, const GError *error)
{
  LinkageWindow *self = removal->window;
  g_autofree char *sentence = NULL;

  if (linkage_account_manager_get_current_entry (self->manager) == removal->entry)
    {
      tell_refused (self, error);
      return;
    }

  g_message ("The account is not gone yet: %s", error->message);
  sentence = g_strdup_printf (
    /* Translators: %s is the name of an account. */
    _ ("Nothing of “%s” is shown or sent any more, but not all of its data could be removed from this computer. "
       "Linkage tries again when it is started next."),
    removal->name);
  tell (self, _ ("Not Everything Is Gone Yet"), sentence);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!linkage_account_manager_delete_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    {
      tell_not_removed (removal, error);
      return;
    }

  /* Translators: %s is the name of an account. */
  sentence = g_strdup_printf (_ ("Deleted “%s”"), removal->name);
  linkage_window_show_sentence (removal->window, sentence);
}

/**
 * linkage_window_tell_set_aside:
 * @self: a #LinkageWindow
 * @name: the isolated name of an account that is no more
 * @path: the folder that its data is in
 *
 * Says that all that was kept of an account is set aside, with a way to it.
 */
void
linkage_window_tell_set_aside (LinkageWindow *self, const char *name, const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  /* Translators: %s is the name of an account. */
  g_autofree char *sentence = g_strdup_printf (_ ("The data of “%s” was set aside"), name);

  show_place (self, sentence, folder);
}

static void
on_set_aside (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  path = linkage_account_manager_set_aside_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  if (path == NULL)
    {
      tell_not_removed (removal, error);
      return;
    }

  linkage_window_tell_set_aside (removal->window, removal->name, path);
}

static void
remove_current (LinkageWindow *self, LinkageAccountRemoval how)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (!has_kept (self) || how == LINKAGE_ACCOUNT_REMOVAL_NONE)
    return;

  if (application != NULL)
    linkage_copy_reminder_withdraw (G_APPLICATION (application), self->settings);
  if (how == LINKAGE_ACCOUNT_REMOVAL_DELETE)
    linkage_account_manager_delete_async (self->manager, on_deleted, removal_new (self));
  else
    linkage_account_manager_set_aside_async (self->manager, on_set_aside, removal_new (self));
  if (self->account == NULL)
    linkage_window_load (self);
}

static void
on_removal_chosen (LinkageAccountDetailsDialog *dialog, int removal, LinkageWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  remove_current (self, removal);
}

static void
on_removal_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  LinkageAccountRemoval removal = linkage_account_removal_ask_finish (result, &error);

  if (error != NULL)
    linkage_window_show_error (self, error);
  else
    remove_current (self, removal);
}

static void
remove_account (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  LinkageAccountEntry *entry = linkage_account_manager_get_current_entry (self->manager);
  g_autofree char *name = linkage_account_entry_dup_name (entry);

  linkage_account_removal_ask_async (GTK_WINDOW (self), name, self->account, NULL, on_removal_answered,
                                     g_object_ref (self));
}

static void
account_details (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  LinkageAccountDetailsDialog *dialog =
    linkage_account_details_dialog_new (GTK_WINDOW (self), self->account, self->settings);

  g_signal_connect_object (dialog, "exported", G_CALLBACK (on_exported), self, 0);
  g_signal_connect_object (dialog, "removal-chosen", G_CALLBACK (on_removal_chosen), self, 0);
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
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.remove-account", self->opening == NULL && has_kept (self));
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
  gtk_widget_class_install_action (widget_class, "win.remove-account", NULL, remove_account);
  gtk_widget_class_install_action (widget_class, "win.show-file", "s", show_file);
}
