/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-sign-in.h"

#include "linkage-account-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-dialog.h"
#include "linkage-sign-in-page.h"

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (GTK_WIDGET (widget));
}

static GtkWidget *
find_dialog (Walk *walk)
{
  GtkWindow *dialog = walk_find_window (LINKAGE_TYPE_PORTAL_DIALOG);

  g_assert_nonnull (dialog);
  if (walk->width < 720)
    gtk_window_set_default_size (dialog, walk->width, walk->height);
  walk_wait (is_mapped, dialog);
  walk_settle (GTK_WIDGET (dialog));

  return GTK_WIDGET (dialog);
}

static gboolean
is_answered (gpointer dialog)
{
  return walk_find (dialog, "GtkSpinner") == NULL;
}

static void
try_address (Walk *walk, GtkWidget *dialog, const char *address, const char *page)
{
  walk_check_add_data (walk->check, address);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (dialog, "GtkEntry")), address);
  gtk_widget_activate_action (dialog, "dialog.accept", NULL);
  walk_wait (is_answered, dialog);
  walk_look (walk, dialog, page);
}

void
walk_visit_portal_dialog (Walk *walk, gconstpointer size)
{
  GtkWidget *dialog;

  walk_open_window (walk);
  linkage_portal_dialog_present_connect (GTK_WINDOW (walk->window), walk->manager);
  dialog = find_dialog (walk);
  walk_look (walk, dialog, "portal");
  try_address (walk, dialog, "https://7.coupahost.com", "portal-coupa");
  try_address (walk, dialog, "777", "portal-no-address");
  try_address (walk, dialog, "http://127.0.0.1:1", "portal-unreachable");
  try_address (walk, dialog, "http://77.7.7.7", "portal-insecure");
  gtk_widget_activate_action (dialog, "dialog.other-way", NULL);
  walk_settle (dialog);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (dialog, "GtkPasswordEntry")), "777");
  walk_look (walk, dialog, "portal-token");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Nobody goes there. */
static void
open_no_browser (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAppInfo) nothing =
    g_app_info_create_from_commandline ("true", "Nothing", G_APP_INFO_CREATE_SUPPORTS_URIS, &error);

  g_assert_no_error (error);
  g_app_info_set_as_default_for_type (nothing, "x-scheme-handler/http", &error);
  g_assert_no_error (error);
}

static gboolean
is_in_browser (gpointer dialog)
{
  return walk_find (dialog, "LinkageSignInPage") != NULL;
}

static void
look_at_code (Walk *walk, GtkWidget *dialog)
{
  GtkWidget *page = walk_find (dialog, "LinkageSignInPage");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (walk_find (page, "GtkToggleButton")), TRUE);
  walk_settle (dialog);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (page, "GtkPasswordEntry")), "7 7");
  gtk_widget_activate_action (page, "sign-in.copy-address", NULL);
  gtk_widget_activate_action (page, "sign-in.copy-address-elsewhere", NULL);
  gtk_widget_activate_action (page, "sign-in.use-code", NULL);
  walk_look (walk, dialog, "sign-in-code");
}

void
walk_visit_sign_in (Walk *walk, gconstpointer size)
{
  g_autoptr (GError) error = g_error_new_literal (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED, "");
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  GtkWidget *dialog;

  open_no_browser ();
  walk_open_sandbox (walk, FALSE);
  linkage_portal_dialog_present_sign_in (GTK_WINDOW (walk->window), walk->manager);
  dialog = find_dialog (walk);
  walk_look (walk, dialog, "sign-in");
  gtk_widget_activate_action (dialog, "dialog.accept", NULL);
  walk_wait (is_in_browser, dialog);
  walk_check_add_data (walk->check, "Sandbox");
  walk_look (walk, dialog, "sign-in-browser");
  look_at_code (walk, dialog);
  linkage_sign_in_page_end (LINKAGE_SIGN_IN_PAGE (walk_find (dialog, "LinkageSignInPage")), text->sentence);
  walk_look (walk, dialog, "sign-in-failed");
  gtk_window_destroy (GTK_WINDOW (dialog));
}
