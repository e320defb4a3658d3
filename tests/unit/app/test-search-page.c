/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "linkage-account-error.h"
#include "linkage-page-dialog.h"
#include "linkage-search-page.h"
#include "linkage-test-account.h"

#define DEADLINE (20 * G_USEC_PER_SEC)

typedef struct
{
  LinkageTestAccount *account;
  GtkWidget *parent;
  GtkWidget *page;
  GtkWindow *dialog;   /* (nullable): once it is closed */
  char *window_action; /* name and id of what the page asked the window for */
  char *requested;
  gboolean delivered;
} Fixture;

typedef gboolean (*Condition) (Fixture *fixture);

static void
wait_until (Fixture *fixture, Condition condition)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;

  while (!condition (fixture) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);

  g_assert_true (condition (fixture));
}

/* The first visible descendant of a type. */
static GtkWidget *
find (GtkWidget *widget, const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get_view (Fixture *fixture)
{
  return find (fixture->page, "LinkageSearchView");
}

static GtkWidget *
get_form (Fixture *fixture)
{
  return find (fixture->page, "LinkageRequestView");
}

static const char *
get_state (Fixture *fixture)
{
  GtkWidget *stack = find (get_view (fixture), "GtkStack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
shows_results (Fixture *fixture)
{
  return g_str_equal (get_state (fixture), "results");
}

static gboolean
shows_none (Fixture *fixture)
{
  return g_str_equal (get_state (fixture), "none");
}

static gboolean
shows_spent (Fixture *fixture)
{
  return g_str_equal (get_state (fixture), "spent");
}

static gboolean
shows_error (Fixture *fixture)
{
  return g_str_equal (get_state (fixture), "error");
}

static gboolean
shows_form (Fixture *fixture)
{
  return get_form (fixture) != NULL;
}

static gboolean
is_verified (Fixture *fixture)
{
  g_autofree char *session = NULL;

  g_object_get (find (get_form (fixture), "LinkageVerificationRow"), "session", &session, NULL);

  return session != NULL;
}

static gboolean
is_not_verified (Fixture *fixture)
{
  return !is_verified (fixture);
}

static gboolean
was_requested (Fixture *fixture)
{
  return fixture->requested != NULL;
}

static void
on_window_action (LinkageSearchPage *page, const char *action, const char *id, Fixture *fixture)
{
  g_free (fixture->window_action);
  fixture->window_action = g_strdup_printf ("%s %s", action, id);
}

static void
on_requested (LinkageSearchPage *page, const char *name, const char *id, gboolean delivered, Fixture *fixture)
{
  g_free (fixture->requested);
  fixture->requested = g_strdup (name);
  fixture->delivered = delivered;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->account = linkage_test_account_new ();
  fixture->parent = adw_window_new ();
  fixture->page = linkage_search_page_new (LINKAGE_ACCOUNT (fixture->account), FALSE);
  g_signal_connect (fixture->page, "window-action", G_CALLBACK (on_window_action), fixture);
  g_signal_connect (fixture->page, "requested", G_CALLBACK (on_requested), fixture);
  fixture->dialog = GTK_WINDOW (linkage_page_dialog_new (GTK_WINDOW (fixture->parent), fixture->page));
  gtk_window_present (fixture->dialog);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->dialog != NULL)
    gtk_window_destroy (fixture->dialog);
  gtk_window_destroy (GTK_WINDOW (fixture->parent));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->account);
  g_free (fixture->window_action);
  g_free (fixture->requested);
}

static void
search (Fixture *fixture, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (find (get_view (fixture), "GtkEntry")), name);
  gtk_widget_activate_action (get_view (fixture), "search.run", NULL);
}

static void
choose (Fixture *fixture, const char *customer_id)
{
  gtk_widget_activate_action (get_view (fixture), "search.choose", "s", customer_id);
}

static void
test_name (Fixture *fixture, gconstpointer data)
{
  search (fixture, "   ");
  g_assert_cmpstr (get_state (fixture), ==, "start");
  g_assert_cmpuint (linkage_test_account_get_n_searches (fixture->account), ==, 0);

  search (fixture, "  Contoso ");
  wait_until (fixture, shows_results);
  g_assert_cmpuint (linkage_test_account_get_n_searches (fixture->account), ==, 1);

  search (fixture, "Contoso");
  wait_until (fixture, shows_results);
  g_assert_cmpuint (linkage_test_account_get_n_searches (fixture->account), ==, 1);

  gtk_widget_activate_action (get_view (fixture), "search.run-again", NULL);
  wait_until (fixture, shows_results);
  g_assert_cmpuint (linkage_test_account_get_n_searches (fixture->account), ==, 2);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  linkage_test_account_set_total (fixture->account, 0);
  search (fixture, "Nobody <b>&");
  wait_until (fixture, shows_none);

  linkage_test_account_fail_next (
    fixture->account, g_error_new (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE, "not reached"));
  search (fixture, "Northwind");
  wait_until (fixture, shows_error);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (get_view (fixture), "GtkEntry"))), ==, "Northwind");

  linkage_test_account_set_total (fixture->account, 3);
  gtk_widget_activate_action (get_view (fixture), "search.retry", NULL);
  wait_until (fixture, shows_results);

  linkage_test_account_fail_next (
    fixture->account, g_error_new (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT, "none left"));
  search (fixture, "Tailspin");
  wait_until (fixture, shows_spent);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  linkage_test_account_hold (fixture->account, TRUE);
  search (fixture, "Contoso");
  g_assert_cmpstr (get_state (fixture), ==, "searching");

  gtk_widget_activate_action (get_view (fixture), "search.cancel", NULL);
  g_assert_cmpstr (get_state (fixture), ==, "start");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (get_state (fixture), ==, "start");
}

/* Nobody waits for what is under way when the dialog is closed: else the account would outlive it. */
static void
test_close_while_searching (Fixture *fixture, gconstpointer data)
{
  linkage_test_account_hold (fixture->account, TRUE);
  search (fixture, "Contoso");
  g_assert_cmpstr (get_state (fixture), ==, "searching");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  linkage_test_account_set_state (fixture->account, LINKAGE_ACCOUNT_STATE_OFFLINE);
  g_assert_cmpstr (get_state (fixture), ==, "offline");

  linkage_test_account_set_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  linkage_test_account_set_searches_used (fixture->account, 5);
  g_assert_cmpstr (get_state (fixture), ==, "spent");

  linkage_test_account_set_searches_used (fixture->account, 0);
  g_assert_cmpstr (get_state (fixture), ==, "start");
}

/* A suggestion is the window's matter, a customer without a row gets the form. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  search (fixture, "Contoso");
  wait_until (fixture, shows_results);

  choose (fixture, "customer-3");
  g_assert_cmpstr (fixture->window_action, ==, "win.connect connection-3");
  g_assert_null (get_form (fixture));

  choose (fixture, "customer-0");
  wait_until (fixture, shows_form);
}

static void
open_form (Fixture *fixture)
{
  search (fixture, "Contoso");
  wait_until (fixture, shows_results);
  choose (fixture, "customer-0");
  wait_until (fixture, shows_form);
}

static void
fill_in (Fixture *fixture)
{
  GtkWidget *form = get_form (fixture);

  gtk_editable_set_text (GTK_EDITABLE (find (form, "GtkEntry")), " buying@contoso.example ");
  gtk_widget_activate_action (find (form, "LinkageVerificationRow"), "verification.start", NULL);
  wait_until (fixture, is_verified);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (form, "GtkCheckButton")), TRUE);
}

static void
test_close_while_verifying (Fixture *fixture, gconstpointer data)
{
  open_form (fixture);
  linkage_test_account_hold (fixture->account, TRUE);
  gtk_widget_activate_action (find (get_form (fixture), "LinkageVerificationRow"), "verification.start", NULL);
}

static void
send (Fixture *fixture)
{
  gtk_widget_activate_action (get_form (fixture), "request.send", NULL);
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  LinkageOperation *operation;

  open_form (fixture);
  send (fixture);
  g_assert_null (linkage_test_account_get_submitted (fixture->account));

  fill_in (fixture);
  send (fixture);
  wait_until (fixture, was_requested);

  operation = linkage_test_account_get_submitted (fixture->account);
  g_assert_cmpstr (fixture->requested, ==, "Contoso 0");
  g_assert_true (fixture->delivered);
  g_assert_cmpint (operation->kind, ==, LINKAGE_OPERATION_REQUEST);
  g_assert_cmpstr (operation->customer_id, ==, "customer-0");
  g_assert_cmpstr (operation->contact_email, ==, "buying@contoso.example");
  g_assert_cmpstr (operation->challenge_session, ==, "session-customer-0");
  g_assert_true (operation->confirmed);
}

/* What was typed survives; only what does not count any more is asked for again. */
static void
test_verification_runs_out (Fixture *fixture, gconstpointer data)
{
  open_form (fixture);
  fill_in (fixture);
  linkage_test_account_set_outcome (fixture->account, LINKAGE_OPERATION_VERIFICATION_NEEDED, NULL);
  send (fixture);
  wait_until (fixture, is_not_verified);

  g_assert_null (fixture->requested);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (get_form (fixture), "GtkEntry"))), ==,
                   " buying@contoso.example ");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find (get_form (fixture), "GtkCheckButton"))));
}

/* A refusal that nobody has read stays in the outbox. */
static void
test_close_while_sending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) operations = NULL;

  open_form (fixture);
  fill_in (fixture);
  linkage_test_account_set_outcome (fixture->account, LINKAGE_OPERATION_REFUSED, NULL);
  send (fixture);
  g_clear_pointer (&fixture->dialog, gtk_window_destroy);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  operations = linkage_account_list_operations (LINKAGE_ACCOUNT (fixture->account), NULL);
  g_assert_cmpuint (operations->len, ==, 1);
  g_assert_null (fixture->requested);
}

static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  open_form (fixture);
  fill_in (fixture);
  linkage_test_account_set_outcome (fixture->account, LINKAGE_OPERATION_WAITING, NULL);
  send (fixture);
  wait_until (fixture, was_requested);

  g_assert_false (fixture->delivered);
}

/* The window does not tell what the form is about to tell. */
static void
test_who_tells (Fixture *fixture, gconstpointer data)
{
  LinkageSearchPage *page = LINKAGE_SEARCH_PAGE (fixture->page);

  g_assert_false (linkage_search_page_is_form_for (page, "customer-0"));
  open_form (fixture);
  fill_in (fixture);
  g_assert_true (linkage_search_page_is_form_for (page, "customer-0"));
  g_assert_false (linkage_search_page_is_form_for (page, "customer-1"));
  g_assert_false (linkage_search_page_awaits_answer (page, "customer-0"));

  linkage_test_account_set_outcome (fixture->account, LINKAGE_OPERATION_REFUSED, "already-pending");
  send (fixture);
  g_assert_true (linkage_search_page_awaits_answer (page, "customer-0"));
  g_assert_false (linkage_search_page_awaits_answer (page, "customer-1"));
  wait_until (fixture, is_not_verified);
  g_assert_false (linkage_search_page_awaits_answer (page, "customer-0"));

  gtk_widget_activate_action (fixture->page, "page.back", NULL);
  g_assert_false (linkage_search_page_is_form_for (page, "customer-0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/app/search-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("name", test_name);
  ADD ("states", test_states);
  ADD ("cancel", test_cancel);
  ADD ("close-while-searching", test_close_while_searching);
  ADD ("close-while-verifying", test_close_while_verifying);
  ADD ("offline", test_offline);
  ADD ("choose", test_choose);
  ADD ("request", test_request);
  ADD ("verification-runs-out", test_verification_runs_out);
  ADD ("close-while-sending", test_close_while_sending);
  ADD ("waiting", test_waiting);
  ADD ("who-tells", test_who_tells);
#undef ADD

  return g_test_run ();
}
