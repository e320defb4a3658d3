/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-account.h"

#include "linkage-account-details-dialog.h"
#include "linkage-companion-account.h"
#include "linkage-copy-guide-dialog.h"
#include "linkage-date-text.h"
#include "linkage-footer.h"
#include "linkage-restore-dialog.h"
#include "walk-companion.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/* The days are so long ago that nobody was seen to answer. */
static const char first_copy[] = "Customer,Status,Email,Date\n"
                                 "Contoso GmbH,Pending,buyer@contoso.example,2026-01-20\n"
                                 "Fabrikam,Expired,,2026-01-01\n"
                                 "Litware,Approved,buyer@litware.example,2026-01-01\n"
                                 "Tailspin,Rejected,,2026-01-01\n";
static const char second_copy[] = "Customer,Status,Email,Date\n"
                                  "Contoso GmbH,Pending,buyer@contoso.example,2026-01-20\n"
                                  "Fabrikam,Expired,,2026-01-01\n";

static void
add_names (Walk *walk)
{
  static const char *const names[] = {
    "Contoso GmbH", "buyer@contoso.example", "Fabrikam", "Litware", "buyer@litware.example", "Tailspin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    walk_check_add_data (walk->check, names[i]);
}

static void
look_at_account_menu (Walk *walk, const char *page)
{
  GtkWidget *button = walk_find (GTK_WIDGET (walk->window), "GtkMenuButton");

  walk_look_at_menu (walk, GTK_MENU_BUTTON (button), page);
}

static void
look_at_searches (Walk *walk)
{
  GtkWidget *footer = walk_find (GTK_WIDGET (walk->window), "LinkageFooter");
  GtkWidget *button = walk_find (footer, "GtkMenuButton");

  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.count-searches", NULL);
  walk_settle (GTK_WIDGET (walk->window));
  walk_look (walk, GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), "account-searches");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  walk_settle (GTK_WIDGET (walk->window));
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (GTK_WIDGET (widget));
}

static GtkWidget *
find_dialog (Walk *walk, GType type)
{
  GtkWindow *dialog = walk_find_window (type);

  g_assert_nonnull (dialog);
  if (walk->width < 720)
    gtk_window_set_default_size (dialog, walk->width, walk->height);
  walk_wait (is_mapped, dialog);
  walk_settle (GTK_WIDGET (dialog));

  return GTK_WIDGET (dialog);
}

static void
close_dialog (Walk *walk, GtkWidget *dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  walk_settle (GTK_WIDGET (walk->window));
}

static void
find_entries (GtkWidget *widget, GPtrArray *entries)
{
  if (GTK_IS_ENTRY (widget))
    g_ptr_array_add (entries, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_entries (child, entries);
}

static gboolean
shows_error (gpointer entry)
{
  return gtk_widget_has_css_class (entry, "error");
}

static void
look_at_details (Walk *walk)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GtkWidget *dialog;

  walk_check_add_data (walk->check, "https://supplier.coupa.com");
  walk_check_add_data (walk->check, "777");
  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.account-details", NULL);
  dialog = find_dialog (walk, LINKAGE_TYPE_ACCOUNT_DETAILS_DIALOG);
  walk_look (walk, dialog, "account-details");

  find_entries (dialog, entries);
  g_assert_cmpuint (entries->len, ==, 3);
  gtk_editable_set_text (g_ptr_array_index (entries, 2), "777");
  gtk_widget_activate_action (dialog, "dialog.save", NULL);
  walk_wait (shows_error, g_ptr_array_index (entries, 2));
  walk_look (walk, dialog, "account-details-email");
  gtk_editable_set_text (g_ptr_array_index (entries, 2), "");
  gtk_editable_set_text (g_ptr_array_index (entries, 1), "777");
  gtk_widget_activate_action (dialog, "dialog.save", NULL);
  walk_wait (shows_error, g_ptr_array_index (entries, 1));
  walk_look (walk, dialog, "account-details-page");
  close_dialog (walk, dialog);
}

static void
look_at_backups (Walk *walk, const char *page)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.restore", NULL);
  dialog = find_dialog (walk, LINKAGE_TYPE_RESTORE_DIALOG);
  walk_look (walk, dialog, page);
  close_dialog (walk, dialog);
}

static void
look_at_question (Walk *walk)
{
  GtkWidget *dialog;
  GtkWidget *question;

  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.restore", NULL);
  dialog = find_dialog (walk, LINKAGE_TYPE_RESTORE_DIALOG);
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (walk_find (dialog, "GtkListBox")), 0)));
  question = find_dialog (walk, ADW_TYPE_MESSAGE_DIALOG);
  walk_look (walk, question, "account-restore-question");
  close_dialog (walk, question);
  close_dialog (walk, dialog);
}

static void
look_at_old_copy (Walk *walk)
{
  GtkWidget *dialog;

  walk_look (walk, GTK_WIDGET (walk->window), "account-old-copy");
  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.update-copy", NULL);
  dialog = find_dialog (walk, LINKAGE_TYPE_COPY_GUIDE_DIALOG);
  walk_look (walk, dialog, "account-update");
  close_dialog (walk, dialog);
}

void
walk_visit_account (Walk *walk, gconstpointer size)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  add_names (walk);
  walk_open_companion (walk);
  walk_look (walk, GTK_WIDGET (walk->window), "account-empty");
  look_at_account_menu (walk, "account-menu");
  look_at_details (walk);

  walk_import (walk, first_copy, "text/csv", now - 12 * SECONDS_PER_DAY);
  look_at_old_copy (walk);
  walk_import (walk, second_copy, "text/csv", now - SECONDS_PER_DAY);
  walk_look (walk, GTK_WIDGET (walk->window), "account-table");
  look_at_searches (walk);
  look_at_backups (walk, "account-restore");
  look_at_question (walk);
}
