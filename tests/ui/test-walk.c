/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits all pages at both sizes of the window, in the language of the environment. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "linkage-about.h"
#include "linkage-account-error.h"
#include "linkage-ask-dialog.h"
#include "linkage-connections-page.h"
#include "linkage-error-text.h"
#include "linkage-notice-bar.h"
#include "linkage-page-dialog.h"
#include "linkage-search-page.h"
#include "linkage-test-account.h"
#include "walk-account.h"
#include "walk-by-hand.h"
#include "walk-lists.h"
#include "walk-merge.h"
#include "walk-sign-in.h"
#include "walk.h"

static gboolean
is_narrow (Walk *walk)
{
  return walk->width < 720;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (GTK_WIDGET (widget));
}

static void
test_welcome (Walk *walk, gconstpointer size)
{
  walk_open_window (walk);
  walk_look (walk, GTK_WIDGET (walk->window), "welcome");
}

/* Row by row, as many as fit at a time. */
static void
look_at_rows (Walk *walk)
{
  GtkWidget *scroller = walk_find (GTK_WIDGET (walk->window), "GtkScrolledWindow");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double value = 0;
  guint i = 1;

  do
    {
      g_autofree char *page = g_strdup_printf ("table-%u", i++);

      gtk_adjustment_set_value (adjustment, value);
      walk_look (walk, GTK_WIDGET (walk->window), page);
      value += gtk_adjustment_get_page_size (adjustment) * 0.8;
    }
  while (value < gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) * 0.2);

  gtk_adjustment_set_value (adjustment, 0);
  walk_settle (GTK_WIDGET (walk->window));
}

static void
test_table (Walk *walk, gconstpointer size)
{
  walk_open_sandbox (walk, FALSE);
  look_at_rows (walk);
}

static void
look_at_menu_buttons (Walk *walk, GtkWidget *widget, guint *n)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *page = g_strdup_printf ("menu-%u", ++*n);

      walk_look_at_menu (walk, GTK_MENU_BUTTON (widget), page);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at_menu_buttons (walk, child, n);
}

static void
test_menus (Walk *walk, gconstpointer size)
{
  guint n = 0;

  walk_open_sandbox (walk, FALSE);
  look_at_menu_buttons (walk, GTK_WIDGET (walk->window), &n);
  g_assert_cmpuint (n, >=, 2);
}

static gboolean
shows_no_results (gpointer user_data)
{
  GtkWidget *page = walk_find (user_data, "AdwStatusPage");

  return page != NULL && walk_find (page, "GtkButton") != NULL;
}

static void
test_filter (Walk *walk, gconstpointer size)
{
  GtkWidget *window;

  walk_open_sandbox (walk, FALSE);
  window = GTK_WIDGET (walk->window);
  gtk_widget_activate_action (window, "win.filter", NULL);
  walk_settle (window);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (window, "GtkSearchEntry")), "a");
  walk_look (walk, window, "filter");
  gtk_editable_set_text (GTK_EDITABLE (walk_find (window, "GtkSearchEntry")), "77777");
  walk_wait (shows_no_results, window);
  walk_look (walk, window, "no-results");
}

/* What the window shows where there are no rows. */
static void
test_states (Walk *walk, gconstpointer size)
{
  GtkStack *stack;

  walk_open_sandbox (walk, FALSE);
  stack = GTK_STACK (
    gtk_widget_get_ancestor (walk_find (GTK_WIDGET (walk->window), "LinkageConnectionsPage"), GTK_TYPE_STACK));
  gtk_stack_set_visible_child_name (stack, "empty");
  walk_look (walk, GTK_WIDGET (walk->window), "empty");
  gtk_stack_set_visible_child_name (stack, "error");
  walk_look (walk, GTK_WIDGET (walk->window), "error");
}

static void
test_errors (Walk *walk, gconstpointer size)
{
  for (int code = LINKAGE_ACCOUNT_ERROR_FAILED; code <= LINKAGE_ACCOUNT_ERROR_SANDBOX; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LINKAGE_ACCOUNT_ERROR, code, "");
      g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

      walk_check_text (walk->check, text->title, "errors");
      walk_check_text (walk->check, text->sentence, "errors");
    }
}

static void
for_each_connection (Walk *walk, void (*visit) (Walk *walk, GtkWidget *page, LinkageConnection *connection, guint i))
{
  GtkWidget *page = walk_find (GTK_WIDGET (walk->window), "LinkageConnectionsPage");
  GListModel *list = G_LIST_MODEL (linkage_connections_page_get_list (LINKAGE_CONNECTIONS_PAGE (page)));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (list, i);
      GtkWidget *view = walk_find (page, "GtkColumnView");

      gtk_widget_activate_action (gtk_widget_get_last_child (view), "list.scroll-to-item", "u", i);
      walk_settle (GTK_WIDGET (walk->window));
      visit (walk, page, linkage_connection_row_get_connection (row), i);
    }
}

/* What a row has to say beside its cells: the customer list, or why nothing more can be sent. */
static void
look_at_popover (Walk *walk, GtkWidget *page, LinkageConnection *connection, guint i)
{
  static const char *const popovers[] = { "LinkageCustomerPopover", "LinkageReasonPopover" };
  gboolean approved = connection->status == LINKAGE_STATUS_APPROVED;
  g_autofree char *name = g_strdup_printf ("%s-%u", approved ? "customers" : "reason", i);
  GtkWidget *popover;

  if (!approved && (connection->actions != LINKAGE_ACTIONS_NONE || connection->status == LINKAGE_STATUS_PENDING))
    return;

  gtk_widget_activate_action (page, approved ? "table.show-customers" : "table.show-reason", "s", connection->id);
  walk_settle (GTK_WIDGET (walk->window));
  popover = walk_find (page, popovers[approved ? 0 : 1]);
  g_assert_nonnull (popover);
  walk_look (walk, popover, name);
  gtk_popover_popdown (GTK_POPOVER (popover));
  walk_settle (GTK_WIDGET (walk->window));
}

static void
test_popovers (Walk *walk, gconstpointer size)
{
  walk_open_sandbox (walk, FALSE);
  for_each_connection (walk, look_at_popover);
}

static void
look_at_sending (Walk *walk, GtkWidget *page, LinkageConnection *connection, guint i)
{
  g_autofree char *name = g_strdup_printf ("sending-%u", i);

  if ((connection->actions & LINKAGE_ACTIONS_CONNECT) == 0)
    return;

  gtk_widget_activate_action (page, "win.connect", "s", connection->id);
  walk_settle (GTK_WIDGET (walk->window));
  walk_look (walk, GTK_WIDGET (walk->window), name);
}

static void
test_sending (Walk *walk, gconstpointer size)
{
  walk_open_sandbox (walk, FALSE);
  for_each_connection (walk, look_at_sending);
}

static void
look_at_window (Walk *walk, GType type, const char *page)
{
  GtkWindow *window = walk_find_window (type);

  g_assert_nonnull (window);
  if (is_narrow (walk))
    gtk_window_set_default_size (window, walk->width, walk->height);
  walk_wait (is_mapped, window);
  walk_settle (GTK_WIDGET (window));
  walk_look (walk, GTK_WIDGET (window), page);
}

static void
close_window (GType type)
{
  gtk_window_destroy (walk_find_window (type));
}

static void
test_windows (Walk *walk, gconstpointer size)
{
  walk_open_sandbox (walk, FALSE);

  linkage_about_present (GTK_WINDOW (walk->window), walk->manager, 7);
  look_at_window (walk, ADW_TYPE_ABOUT_WINDOW, "about");
  close_window (ADW_TYPE_ABOUT_WINDOW);

  /* The toolkit's, and as wide as it likes; where there is a keyboard there is room. */
  if (is_narrow (walk))
    return;

  g_action_group_activate_action (G_ACTION_GROUP (walk->application), "shortcuts", NULL);
  look_at_window (walk, GTK_TYPE_SHORTCUTS_WINDOW, "shortcuts");
  close_window (GTK_TYPE_SHORTCUTS_WINDOW);
}

static void
look_at_ask (Walk *walk, LinkageAskText *owned_text, const char *page)
{
  g_autoptr (LinkageAskText) text = owned_text;

  linkage_ask_dialog_present (GTK_WINDOW (walk->window), text);
  look_at_window (walk, LINKAGE_TYPE_ASK_DIALOG, page);
  close_window (LINKAGE_TYPE_ASK_DIALOG);
}

static void
test_ask (Walk *walk, gconstpointer size)
{
  g_autoptr (LinkageAccountInfo) info = NULL;

  walk_open_sandbox (walk, FALSE);
  info = linkage_account_get_info (linkage_window_get_account (walk->window));
  look_at_ask (walk, linkage_ask_text_new_for_invitation (info), "ask-customer");
  look_at_ask (walk, linkage_ask_text_new_for_support (info), "ask-support");
  look_at_ask (walk, linkage_ask_text_new_for_role (info), "ask-role");
}

static void
test_role (Walk *walk, gconstpointer size)
{
  walk_open_sandbox (walk, TRUE);
  walk_look (walk, GTK_WIDGET (walk->window), "role");
}

static void
test_notices (Walk *walk, gconstpointer size)
{
  static const LinkageAccountState states[] = {
    LINKAGE_ACCOUNT_STATE_OFFLINE,
    LINKAGE_ACCOUNT_STATE_UNREACHABLE,
    LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED,
    LINKAGE_ACCOUNT_STATE_REMOVED,
  };
  g_autoptr (LinkageTestAccount) account = linkage_test_account_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = g_object_new (LINKAGE_TYPE_NOTICE_BAR, NULL);

  walk_check_add_data (walk->check, "Fabrikam Supplies");
  walk_check_add_data (walk->check, "Lindqvist Components");
  linkage_notice_bar_set_can_open_merged (LINKAGE_NOTICE_BAR (bar), TRUE);
  linkage_notice_bar_set_narrow (LINKAGE_NOTICE_BAR (bar), is_narrow (walk));
  linkage_notice_bar_set_account (LINKAGE_NOTICE_BAR (bar), LINKAGE_ACCOUNT (account));
  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_window_set_default_size (GTK_WINDOW (window), walk->width, 200);
  gtk_window_present (GTK_WINDOW (window));

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *page = g_strdup_printf ("notice-%u", i + 1);

      linkage_test_account_set_state (account, states[i]);
      walk_settle (window);
      walk_look (walk, window, page);
    }

  linkage_notice_bar_set_account (LINKAGE_NOTICE_BAR (bar), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  Walk *walk;
  LinkageTestAccount *account;
  GtkWidget *parent;
  GtkWidget *dialog;
  GtkWidget *page;
} Search;

static void
open_search (Search *search, Walk *walk)
{
  search->walk = walk;
  search->account = linkage_test_account_new ();
  search->parent = adw_window_new ();
  search->page = linkage_search_page_new (LINKAGE_ACCOUNT (search->account), is_narrow (walk));
  search->dialog = linkage_page_dialog_new (GTK_WINDOW (search->parent), search->page);
  if (is_narrow (walk))
    gtk_window_set_default_size (GTK_WINDOW (search->dialog), walk->width, walk->height);
  gtk_window_present (GTK_WINDOW (search->dialog));
  walk_wait (is_mapped, search->dialog);
  walk_settle (search->dialog);
}

static void
close_search (Search *search)
{
  gtk_window_destroy (GTK_WINDOW (search->dialog));
  gtk_window_destroy (GTK_WINDOW (search->parent));
  g_object_unref (search->account);
}

static void
look_at_search (Search *search, const char *page)
{
  walk_settle (search->dialog);
  walk_look (search->walk, search->dialog, page);
}

static void
search_for (Search *search, const char *name)
{
  GtkWidget *view = walk_find (search->page, "LinkageSearchView");

  walk_check_add_data (search->walk->check, name);
  gtk_editable_set_text (GTK_EDITABLE (walk_find (view, "GtkEntry")), name);
  gtk_widget_activate_action (view, "search.run", NULL);
}

/* What stands where nothing was searched for yet. */
static void
look_at_first_pages (Search *search)
{
  look_at_search (search, "search");
  linkage_test_account_set_state (search->account, LINKAGE_ACCOUNT_STATE_OFFLINE);
  look_at_search (search, "search-offline");
  linkage_test_account_set_state (search->account, LINKAGE_ACCOUNT_STATE_READY);
  linkage_test_account_set_searches_used (search->account, 5);
  look_at_search (search, "search-spent");
  linkage_test_account_set_searches_used (search->account, 1);
}

static void
look_at_failed_searches (Search *search)
{
  linkage_test_account_set_total (search->account, 0);
  search_for (search, "Lindqvist & Daughters");
  look_at_search (search, "search-none");

  linkage_test_account_fail_next (search->account,
                                  g_error_new_literal (LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE, ""));
  search_for (search, "Northwind");
  look_at_search (search, "search-error");

  linkage_test_account_hold (search->account, TRUE);
  search_for (search, "Tailspin");
  look_at_search (search, "searching");
  gtk_widget_activate_action (walk_find (search->page, "LinkageSearchView"), "search.cancel", NULL);
  linkage_test_account_hold (search->account, FALSE);
}

static void
test_search (Walk *walk, gconstpointer size)
{
  Search search;

  walk_check_add_data (walk->check, "DE");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("Contoso %u", i);

      walk_check_add_data (walk->check, name);
    }

  open_search (&search, walk);
  look_at_first_pages (&search);
  search_for (&search, "Contoso");
  look_at_search (&search, "search-results");
  search_for (&search, "Contoso");
  look_at_search (&search, "search-results-again");
  look_at_failed_searches (&search);
  close_search (&search);
}

static gboolean
is_verified (gpointer row)
{
  g_autofree char *session = NULL;

  g_object_get (row, "session", &session, NULL);

  return session != NULL;
}

static gboolean
shows_form (gpointer page)
{
  return walk_find (page, "LinkageRequestView") != NULL;
}

/* Nothing opens an address of this kind. A provider's name is the same in every language. */
static void
look_at_browser (Search *search, GtkWidget *verification)
{
  walk_check_add_data (search->walk->check, "hCaptcha");
  linkage_test_account_set_page (search->account, "x-linkage-nobody:1");
  gtk_widget_activate_action (verification, "verification.start", NULL);
  look_at_search (search, "form-browser");
  gtk_widget_activate_action (verification, "verification.cancel", NULL);
  look_at_search (search, "form-browser-cancelled");
  linkage_test_account_set_page (search->account, NULL);
}

static void
test_form (Walk *walk, gconstpointer size)
{
  Search search;
  GtkWidget *form;
  GtkWidget *verification;

  walk_check_add_data (walk->check, "Contoso 0");
  open_search (&search, walk);
  search_for (&search, "Contoso");
  walk_settle (search.dialog);
  gtk_widget_activate_action (walk_find (search.page, "LinkageSearchView"), "search.choose", "s", "customer-0");
  walk_wait (shows_form, search.page);
  look_at_search (&search, "form");

  form = walk_find (search.page, "LinkageRequestView");
  verification = walk_find (form, "LinkageVerificationRow");
  gtk_editable_set_text (GTK_EDITABLE (walk_find (form, "GtkEntry")), "777");
  gtk_widget_activate_action (form, "request.send", NULL);
  look_at_search (&search, "form-invalid");

  linkage_test_account_hold (search.account, TRUE);
  gtk_widget_activate_action (verification, "verification.start", NULL);
  look_at_search (&search, "form-verifying");
  gtk_widget_activate_action (verification, "verification.cancel", NULL);
  look_at_browser (&search, verification);
  linkage_test_account_hold (search.account, FALSE);
  walk_settle (search.dialog);

  gtk_editable_set_text (GTK_EDITABLE (walk_find (form, "GtkEntry")), "anna@contoso.example");
  gtk_widget_activate_action (verification, "verification.start", NULL);
  walk_wait (is_verified, verification);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (walk_find (form, "GtkCheckButton")), TRUE);
  look_at_search (&search, "form-verified");

  linkage_test_account_set_outcome (search.account, LINKAGE_OPERATION_REFUSED, "takes-no-requests");
  gtk_widget_activate_action (form, "request.send", NULL);
  look_at_search (&search, "form-refused");
  close_search (&search);
}

static void
set_up_translations (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("LINKAGE_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static const struct
{
  const char *name;
  void (*function) (Walk *walk, gconstpointer size);
} visits[] = {
  { "welcome", test_welcome },
  { "table", test_table },
  { "menus", test_menus },
  { "filter", test_filter },
  { "states", test_states },
  { "errors", test_errors },
  { "popovers", test_popovers },
  { "sending", test_sending },
  { "windows", test_windows },
  { "ask", test_ask },
  { "role", test_role },
  { "portal-dialog", walk_visit_portal_dialog },
  { "sign-in", walk_visit_sign_in },
  { "notices", test_notices },
  { "search", test_search },
  { "form", test_form },
  { "account", walk_visit_account },
  { "lists", walk_lists },
  { "by-hand", walk_visit_by_hand },
  { "merge", walk_visit_merge },
  { "removed", walk_visit_removed },
};

int
main (int argc, char **argv)
{
  static const char *const sizes[WALK_SIZES] = { "wide", "narrow" };

  /* Nobody listens. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  set_up_translations ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  /* No animations, and the buttons that GNOME has. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-decoration-layout", ":close", NULL);

  for (guint i = 0; i < WALK_SIZES; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (visits); j++)
        {
          g_autofree char *path = g_strdup_printf ("/walk/%s/%s", sizes[i], visits[j].name);

          g_test_add (path, Walk, GUINT_TO_POINTER (i), walk_set_up, visits[j].function, walk_tear_down);
        }
    }

  return g_test_run ();
}
