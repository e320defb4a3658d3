/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-merge.h"

#include "linkage-account-error.h"
#include "linkage-merges-page.h"
#include "linkage-page-dialog.h"
#include "linkage-removed-page.h"
#include "linkage-test-account.h"
#include "linkage-test-merge-source.h"

#define GOES "Lindqvist Hydraulics"
#define STAYS "Lindqvist Components"

typedef struct
{
  Walk *walk;
  GtkWidget *parent;
  GtkWidget *page;
  GtkWidget *dialog;
} Visit;

static gboolean
is_narrow (Walk *walk)
{
  return walk->width < 720;
}

static void
open_page (Visit *visit, Walk *walk, GtkWidget *page)
{
  visit->walk = walk;
  visit->parent = adw_window_new ();
  visit->page = page;
  visit->dialog = linkage_page_dialog_new (GTK_WINDOW (visit->parent), page);
  if (is_narrow (walk))
    gtk_window_set_default_size (GTK_WINDOW (visit->dialog), walk->width, walk->height);
  gtk_window_present (GTK_WINDOW (visit->dialog));
  walk_settle (visit->dialog);
}

static void
close_page (Visit *visit)
{
  gtk_window_destroy (GTK_WINDOW (visit->dialog));
  gtk_window_destroy (GTK_WINDOW (visit->parent));
}

static void
look (Visit *visit, const char *page)
{
  walk_settle (visit->dialog);
  walk_look (visit->walk, visit->dialog, page);
}

static void
fail_next (LinkageTestMergeSource *source, LinkageAccountError code)
{
  linkage_test_merge_source_fail_next (source, g_error_new_literal (LINKAGE_ACCOUNT_ERROR, code, ""));
}

static gboolean
shows_list (gpointer page)
{
  return walk_find (page, "GtkListView") != NULL;
}

static gboolean
shows_problem (gpointer page)
{
  return walk_find (page, "AdwStatusPage") != NULL;
}

static void
scroll_to (Visit *visit, guint position)
{
  gtk_widget_activate_action (walk_find (visit->page, "GtkListView"), "list.scroll-to-item", "u", position);
}

/* Rows that are read page by page, of a plan that changes under the person's eyes. */
static void
look_at_rows (Visit *visit, LinkageTestMergeSource *source)
{
  walk_wait (shows_list, visit->page);
  look (visit, "merge-preview");
  scroll_to (visit, 1500);
  look (visit, "merge-preview-far");
  fail_next (source, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  scroll_to (visit, 700);
  look (visit, "merge-preview-cut");
  linkage_test_merge_source_change (source, 0);
  gtk_widget_activate_action (walk_find (visit->page, "LinkageMergeView"), "merge.retry", NULL);
  look (visit, "merge-preview-nothing");
  linkage_test_merge_source_change (source, 1);
}

static void
look_at_question (Visit *visit, LinkageTestMergeSource *source)
{
  GtkWidget *view = walk_find (visit->page, "LinkageMergeView");

  gtk_widget_activate_action (view, "merge.proceed", NULL);
  look (visit, "merge-question");
  gtk_editable_set_text (GTK_EDITABLE (walk_find (view, "GtkEntry")), GOES);
  fail_next (source, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  gtk_widget_activate_action (view, "merge.accept", NULL);
  look (visit, "merge-unreachable");
}

static void
look_at_decision (Walk *walk)
{
  g_autoptr (LinkageTestMergeSource) source = linkage_test_merge_source_new (2000, 200);
  Visit visit;

  open_page (&visit, walk, linkage_merges_page_new_for_source (LINKAGE_MERGE_SOURCE (source), is_narrow (walk)));
  look_at_rows (&visit, source);
  look_at_question (&visit, source);
  close_page (&visit);

  fail_next (source, LINKAGE_ACCOUNT_ERROR_OFFLINE);
  open_page (&visit, walk, linkage_merges_page_new_for_source (LINKAGE_MERGE_SOURCE (source), is_narrow (walk)));
  walk_wait (shows_problem, visit.page);
  look (&visit, "merge-error");
  close_page (&visit);
}

static gboolean
shows_requests (gpointer page)
{
  return walk_find (page, "GtkSwitch") != NULL;
}

static gboolean
shows_closed (gpointer page)
{
  return walk_find (page, "GtkListBox") != NULL;
}

static gboolean
shows_form (gpointer page)
{
  return walk_find (page, "LinkageMergeAskView") != NULL;
}

static gboolean
is_idle (gpointer merges)
{
  return !linkage_merges_get_busy (merges);
}

static void
write_note (GtkWidget *form, guint n_characters)
{
  GtkTextView *view = GTK_TEXT_VIEW (walk_find (form, "GtkTextView"));
  g_autofree char *note = g_strnfill (n_characters, '7');

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), note, -1);
}

static void
look_at_form (Visit *visit, LinkageMerges *merges)
{
  GtkWidget *form = NULL;
  GtkWidget *choice = NULL;

  gtk_widget_activate_action (walk_find (visit->page, "LinkageMergeRequestsView"), "requests.ask", NULL);
  walk_wait (shows_form, visit->page);
  look (visit, "merge-ask");
  form = walk_find (visit->page, "LinkageMergeAskView");
  choice = walk_find (form, "GtkCheckButton");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_next_sibling (choice)), TRUE);
  walk_settle (visit->dialog);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (form, "GtkEntry")), "77@7.example");
  gtk_widget_activate_action (form, "ask.send", NULL);
  walk_settle (visit->dialog);
  walk_wait (is_idle, merges);
  write_note (form, 507);
  look (visit, "merge-ask-nobody");
  write_note (form, 7);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  gtk_widget_activate_action (form, "ask.send", NULL);
  walk_wait (shows_requests, visit->page);
}

static void
look_at_requests (Walk *walk)
{
  g_autoptr (LinkageMerges) merges = NULL;
  Visit visit;

  walk_open_sandbox (walk, FALSE);
  merges = linkage_merges_new (linkage_window_get_account (walk->window));
  open_page (&visit, walk, linkage_merges_page_new (merges, STAYS, is_narrow (walk)));
  walk_wait (shows_requests, visit.page);
  look (&visit, "merge-requests");
  look_at_form (&visit, merges);
  look (&visit, "merge-asked");
  gtk_widget_activate_action (walk_find (visit.page, "LinkageMergeRequestsView"), "requests.withdraw", NULL);
  walk_wait (shows_closed, visit.page);
  look (&visit, "merge-withdrawn");
  close_page (&visit);
}

static void
add_data (Walk *walk)
{
  static const char *const names[] = { GOES, STAYS, "Astrid Lindqvist", "7777777" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    walk_check_add_data (walk->check, names[i]);
}

void
walk_visit_merge (Walk *walk, gconstpointer size)
{
  add_data (walk);
  look_at_decision (walk);
  look_at_requests (walk);
}

void
walk_visit_removed (Walk *walk, gconstpointer size)
{
  static const guint n_removed[] = { 0, 3, 30 };
  g_autoptr (LinkageTestAccount) account = linkage_test_account_new ();
  Visit visit;

  for (guint i = 0; i < G_N_ELEMENTS (n_removed); i++)
    {
      g_autofree char *page = g_strdup_printf ("removed-%u", n_removed[i]);

      linkage_test_account_set_n_removed (account, n_removed[i]);
      open_page (&visit, walk, linkage_removed_page_new (LINKAGE_ACCOUNT (account), is_narrow (walk)));
      look (&visit, page);
      if (n_removed[i] > 0)
        {
          gtk_widget_activate_action (walk_find (visit.page, "GtkListView"), "list.activate-item", "u", 1u);
          look (&visit, "removed-details");
        }
      close_page (&visit);
    }
}
