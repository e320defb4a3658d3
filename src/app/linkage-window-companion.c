/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-companion-account.h"
#include "linkage-compat-ui.h"
#include "linkage-copy-guide-dialog.h"
#include "linkage-copy-reminder.h"
#include "linkage-date-text.h"
#include "linkage-restore-dialog.h"

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

static void
update_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_copy_guide_dialog_present (GTK_WINDOW (widget));
}

static void
on_backup_restored (LinkageRestoreDialog *dialog, LinkageStoreBackup *backup, LinkageWindow *self)
{
  g_autofree char *date = linkage_date_text_format_exact (backup->made_at, NULL);
  /* Translators: %s is a day and a time. */
  g_autofree char *sentence = g_strdup_printf (_ ("Restored the backup of %s"), date);

  linkage_window_show_sentence (self, sentence);
}

static void
restore (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  LinkageRestoreDialog *dialog =
    linkage_restore_dialog_new (GTK_WINDOW (self), LINKAGE_COMPANION_ACCOUNT (self->account));

  g_signal_connect_object (dialog, "restored", G_CALLBACK (on_backup_restored), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
get_restored_text (const LinkageStoreBackup *backup)
{
  g_autofree char *date = NULL;

  if (*backup->path == '\0')
    return g_strdup (
      _ ("The file with your list could not be read, and there was no backup that could. The damaged file "
         "was kept. Your list is empty until you paste a new copy."));

  date = linkage_date_text_format_exact (backup->made_at, NULL);
  return g_strdup_printf (
    /* Translators: First a day and a time, then how many rows the backup has. */
    ngettext ("The file with your list could not be read. The backup of %1$s with %2$u request took its place, and the "
              "damaged file was kept. What you did since then is missing: paste a new copy.",
              "The file with your list could not be read. The backup of %1$s with %2$u requests took its place, and "
              "the damaged file was kept. What you did since then is missing: paste a new copy.",
              backup->n_rows),
    date, backup->n_rows);
}

static void
restored_acknowledged (gpointer user_data)
{
  LinkageWindow *self = LINKAGE_WINDOW (user_data);

  if (linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    linkage_copy_guide_dialog_present (GTK_WINDOW (self));
}

/**
 * linkage_window_tell_restored:
 * @self: a #LinkageWindow
 *
 * Tells the person, where the account's file was damaged when it was opened, which backup took its place, what is
 * missing and what to do.
 */
void
linkage_window_tell_restored (LinkageWindow *self)
{
  g_autoptr (LinkageStoreBackup) backup = NULL;
  g_autofree char *text = NULL;

  if (self->closing || !linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    return;

  backup = linkage_companion_account_get_restored (LINKAGE_COMPANION_ACCOUNT (self->account));
  if (backup == NULL)
    return;

  text = get_restored_text (backup);
  linkage_compat_ask (GTK_WINDOW (self), _ ("The List Was Damaged"), text, _ ("_Close"), _ ("_Update Copy…"),
                      restored_acknowledged, g_object_ref (self), g_object_unref);
}

/**
 * linkage_window_update_reminder:
 * @self: a #LinkageWindow
 *
 * Reminds the person of a copy that became old, whether the window is seen or not.
 */
void
linkage_window_update_reminder (LinkageWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL && linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    linkage_copy_reminder_update (G_APPLICATION (application), self->account, self->settings);
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
  gboolean can_import = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT);
  gboolean by_hand = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND);
  g_autofree char *address = dup_page (self);

  gtk_widget_action_set_enabled (widget, "win.update-copy", can_import);
  gtk_widget_action_set_enabled (widget, "win.restore", can_import);
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
  gtk_widget_class_install_action (widget_class, "win.update-copy", NULL, update_copy);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "win.open-portal-page", NULL, open_portal_page);
  gtk_widget_class_install_action (widget_class, "win.count-searches", NULL, count_searches);
}
