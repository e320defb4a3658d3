/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-by-hand-dialog.h"
#include "linkage-portal-text.h"

static void
on_sent (LinkageByHandDialog *dialog, const char *customer_name, LinkageWindow *self)
{
  g_autofree char *name = linkage_portal_text_isolate (customer_name);
  /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
  g_autofree char *sentence = g_strdup_printf (_ ("Marked as sent: %s"), name);

  linkage_window_show_sentence (self, sentence);
}

static GtkWidget *
create_dialog (LinkageWindow *self, LinkageConnection *connection)
{
  GtkWidget *dialog = linkage_by_hand_dialog_new (GTK_WINDOW (self), self->account, connection);

  g_signal_connect_object (dialog, "sent", G_CALLBACK (on_sent), self, 0);

  return dialog;
}

/**
 * linkage_window_send_by_hand:
 * @self: a #LinkageWindow whose account has %LINKAGE_ACCOUNT_FEATURES_BY_HAND
 * @connection: a row that can be asked
 *
 * Opens the portal's page, where the person sends the request, and a dialog that waits for it.
 */
void
linkage_window_send_by_hand (LinkageWindow *self, LinkageConnection *connection)
{
  GtkWidget *dialog = create_dialog (self, connection);

  /* First, so that the dialog is as high as what it says then. */
  linkage_by_hand_dialog_open_page (LINKAGE_BY_HAND_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The person was on the page already. */
static void
mark_sent (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageConnection) connection = NULL;

  if (!linkage_window_is_by_hand (self))
    return;

  connection = linkage_window_find_connection (self, g_variant_get_string (parameter, NULL));
  if (connection != NULL && connection->actions != LINKAGE_ACTIONS_NONE)
    gtk_window_present (GTK_WINDOW (create_dialog (self, connection)));
}

/**
 * linkage_window_is_by_hand:
 * @self: a #LinkageWindow
 *
 * Tells whether requests of the account that is shown are sent by the person, on the portal's page.
 *
 * Returns: whether there is an account with %LINKAGE_ACCOUNT_FEATURES_BY_HAND
 */
gboolean
linkage_window_is_by_hand (LinkageWindow *self)
{
  return self->account != NULL &&
         (linkage_account_get_features (self->account) & LINKAGE_ACCOUNT_FEATURES_BY_HAND) != 0;
}

/**
 * linkage_window_class_install_by_hand_actions:
 * @widget_class: the window's class
 *
 * Installs `win.mark-sent` with the id of a connection.
 */
void
linkage_window_class_install_by_hand_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.mark-sent", "s", mark_sent);
}
