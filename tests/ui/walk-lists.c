/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-lists.h"

#include <string.h>

#include "linkage-check-page.h"
#include "linkage-companion-account.h"
#include "linkage-page-dialog.h"
#include "linkage-to-ask-page.h"
#include "walk-companion.h"

#define COPIED_AT G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */

static const char table[] = "Customer,Status,Email,Date\n"
                            "Contoso GmbH,Pending,buyer@contoso.example,2026-11-20\n"
                            "Société Générale S.A.,Approved,,2026-09-01\n"
                            "Fabrikam,Expired,,2026-08-01\n"
                            "Litware International,Rejected,,2026-10-01\n"
                            "Tailspin Toys,Suggested,,\n";

static const char *const names[] = {
  "Contoso", "SOCIETE GENERALE SA", "Fabrikam", "Litware", "Tailspin Toys", "Woodgrove Bank", "Wingtip",
};

typedef struct
{
  LinkageCompanionAccount *account; /* (unowned): the manager's */
  GtkWidget *page;
  GtkWidget *dialog;
  GtkWidget *parent;
} Lists;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **)user_data != NULL;
}

static void
add_data (Walk *walk)
{
  static const char *const known[] = { "Contoso GmbH", "Société Générale S.A.", "Litware International", "1001" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    walk_check_add_data (walk->check, names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    walk_check_add_data (walk->check, known[i]);
}

static void
open_page (Lists *lists, Walk *walk, GtkWidget *(*new_page) (LinkageCompanionAccount *account, gboolean in_window))
{
  gboolean narrow = walk->width < 720;

  lists->parent = adw_window_new ();
  lists->page = new_page (lists->account, narrow);
  lists->dialog = linkage_page_dialog_new (GTK_WINDOW (lists->parent), lists->page);
  if (narrow)
    gtk_window_set_default_size (GTK_WINDOW (lists->dialog), walk->width, walk->height);
  gtk_window_present (GTK_WINDOW (lists->dialog));
  walk_settle (lists->dialog);
}

static void
close_page (Lists *lists)
{
  gtk_window_destroy (GTK_WINDOW (lists->dialog));
  gtk_window_destroy (GTK_WINDOW (lists->parent));
}

static void
write_names (Lists *lists, const char *text)
{
  GtkWidget *view = walk_find (lists->page, "GtkTextView");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static gboolean
shows_results (gpointer page)
{
  return walk_find (page, "LinkageCheckResults") != NULL;
}

static gboolean
keeps_nothing_more (gpointer page)
{
  GtkWidget *toast = walk_find (page, "AdwToastWidget");

  return toast != NULL && walk_find (toast, "GtkButton") != NULL;
}

static void
look_at_groups (Lists *lists, Walk *walk)
{
  static const char *const groups[] = { "exact", "likely", "missing" };
  GtkWidget *results = walk_find (lists->page, "LinkageCheckResults");

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *page = g_strdup_printf ("check-%s", groups[i]);

      gtk_widget_activate_action (results, "results.group", "s", groups[i]);
      walk_look (walk, lists->dialog, page);
    }
}

static void
look_at_results (Lists *lists, Walk *walk)
{
  GtkWidget *results = walk_find (lists->page, "LinkageCheckResults");

  walk_look (walk, lists->dialog, "check-results");
  gtk_widget_activate_action (results, "results.reject", "u", 0u);
  gtk_widget_activate_action (results, "results.reject", "u", 3u);
  walk_look (walk, lists->dialog, "check-rejected");
  look_at_groups (lists, walk);
  gtk_widget_activate_action (results, "results.restore", "u", 3u);
  gtk_widget_activate_action (results, "results.group", "s", "all");
  gtk_widget_activate_action (results, "results.keep", NULL);
  walk_wait (keeps_nothing_more, lists->page);
  walk_look (walk, lists->dialog, "check-kept");
}

static void
look_at_check (Lists *lists, Walk *walk)
{
  g_autofree char *text = NULL;
  const char *all[G_N_ELEMENTS (names) + 2] = { NULL };

  open_page (lists, walk, linkage_check_page_new);
  walk_look (walk, lists->dialog, "check");
  gtk_widget_activate_action (lists->page, "page.check", NULL);
  walk_look (walk, lists->dialog, "check-empty");
  write_names (lists, "1001\tContoso\n1002\tWingtip\n");
  walk_look (walk, lists->dialog, "check-columns");

  memcpy (all, names, sizeof names);
  all[G_N_ELEMENTS (names)] = names[0];
  text = g_strjoinv ("\n", (char **)all);
  write_names (lists, text);
  gtk_widget_activate_action (lists->page, "page.check", NULL);
  walk_look (walk, lists->dialog, "check-under-way");
  walk_wait (shows_results, lists->page);
  look_at_results (lists, walk);
  close_page (lists);
}

static gboolean
shows_list (gpointer page)
{
  return walk_find (page, "GtkListView") != NULL;
}

static gboolean
shows_nobody (gpointer page)
{
  return walk_find (page, "AdwStatusPage") != NULL;
}

static void
keep (Lists *lists)
{
  static const char *const asked[] = { "Fabrikam", "Contoso GmbH", "Tailspin Toys", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_add_to_ask_async (lists->account, asked, NULL, keep_result, &result);
  walk_wait (has_result, &result);
  linkage_companion_account_finish (lists->account, result, &error);
  g_assert_no_error (error);
}

static void
look_at_to_ask (Lists *lists, Walk *walk)
{
  open_page (lists, walk, linkage_to_ask_page_new);
  walk_wait (shows_list, lists->page);
  walk_look (walk, lists->dialog, "to-ask");
  gtk_widget_activate_action (lists->page, "page.remove-asked", NULL);
  walk_wait (keeps_nothing_more, lists->page);
  walk_look (walk, lists->dialog, "to-ask-removed");
  close_page (lists);
}

void
walk_lists (Walk *walk, gconstpointer size)
{
  Lists lists = { NULL };

  add_data (walk);
  walk_open_companion (walk);
  walk_import (walk, table, "text/csv", COPIED_AT);
  lists.account = LINKAGE_COMPANION_ACCOUNT (linkage_window_get_account (walk->window));
  open_page (&lists, walk, linkage_to_ask_page_new);
  walk_wait (shows_nobody, lists.page);
  walk_look (walk, lists.dialog, "to-ask-empty");
  close_page (&lists);
  look_at_check (&lists, walk);
  keep (&lists);
  look_at_to_ask (&lists, walk);
}
