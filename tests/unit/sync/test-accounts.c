/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several accounts at once: each has its own store, outbox and sync, and none disturbs another. */

#include <glib/gstdio.h>

#include "fixture-account.h"
#include "fixture-person.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-companion-account.h"

#define SUGGESTED "brambleford-tools"

typedef struct
{
  FixturePortal *portal;
  char *folder;
  LinkageAccountManager *manager;
} Fixture;

static void
close_manager (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_async (fixture->manager, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_close_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->manager));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_manager (fixture);
  fixture_portal_free (fixture->portal);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LinkageAccount *
get_current (Fixture *fixture)
{
  return linkage_account_manager_get_current (fixture->manager);
}

/* (transfer full): its local id */
static char *
add_portal (Fixture *fixture, FixturePortal *portal, const char *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_portal_async (fixture->manager, portal->greeting->address, token, NULL,
                                            fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_add_portal_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_READY);

  return g_strdup (linkage_account_get_id (get_current (fixture)));
}

/* (transfer full): its local id */
static char *
add_companion (Fixture *fixture, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_companion_async (fixture->manager, name, "https://portal.example/requests", NULL,
                                               fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_add_companion_finish (fixture->manager, result, &error);
  g_assert_no_error (error);

  return g_strdup (linkage_account_get_id (get_current (fixture)));
}

static gboolean
switch_to (Fixture *fixture, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_switch_async (fixture->manager, id, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_switch_finish (fixture->manager, result, error);
}

static void
switch_successfully (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (switch_to (fixture, id, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, id);
}

static gboolean
load (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_load_async (fixture->manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_load_finish (fixture->manager, result, error);
}

static void
start_again (Fixture *fixture)
{
  close_manager (fixture);
  fixture->manager = linkage_account_manager_new (fixture->folder);
}

static guint
count_entries (Fixture *fixture)
{
  return g_list_model_get_n_items (linkage_account_manager_get_accounts (fixture->manager));
}

/* (transfer none) */
static LinkageAccountEntry *
get_entry (Fixture *fixture, guint position)
{
  g_autoptr (LinkageAccountEntry) entry =
    g_list_model_get_item (linkage_account_manager_get_accounts (fixture->manager), position);

  g_assert_nonnull (entry);

  return entry;
}

static gboolean
is_decided (LinkageAccountEntry *entry)
{
  return linkage_account_entry_get_account (entry) != NULL || linkage_account_entry_get_error (entry) != NULL;
}

static gboolean
is_open (LinkageAccountEntry *entry)
{
  return linkage_account_entry_get_account (entry) != NULL;
}

static void
assert_entry (Fixture *fixture, guint position, const char *id, const char *name, const char *host)
{
  LinkageAccountEntry *entry = get_entry (fixture, position);
  g_autofree char *found_name = linkage_account_entry_dup_name (entry);
  g_autofree char *found_host = linkage_account_entry_dup_host (entry);

  g_assert_cmpstr (linkage_account_entry_get_id (entry), ==, id);
  g_assert_cmpstr (found_name, ==, name);
  g_assert_cmpstr (found_host, ==, host);
}

static void
count_changes (LinkageAccountManager *manager, guint *n_changes)
{
  (*n_changes)++;
}

/* They are listed in the order in which they were added, and after the next start all are open again. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *portal = add_portal (fixture, fixture->portal, fixture->portal->greeting->admin_token);
  g_autofree char *first = add_companion (fixture, "Ours");
  g_autofree char *second = add_companion (fixture, "Theirs");
  g_autoptr (GError) error = NULL;
  g_autofree char *user = NULL;
  guint n_changes = 0;

  g_assert_cmpuint (count_entries (fixture), ==, 3);
  assert_entry (fixture, 0, portal, "Lindqvist Components", "127.0.0.1");
  assert_entry (fixture, 1, first, "Ours", "portal.example");
  assert_entry (fixture, 2, second, "Theirs", "portal.example");
  user = linkage_account_entry_dup_user (get_entry (fixture, 0));
  g_assert_nonnull (user);
  switch_successfully (fixture, first);

  start_again (fixture);
  g_signal_connect (fixture->manager, "accounts-changed", G_CALLBACK (count_changes), &n_changes);
  g_assert_true (load (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, >=, 3);
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, first);
  assert_entry (fixture, 0, portal, "Lindqvist Components", "127.0.0.1");
  assert_entry (fixture, 1, first, "Ours", "portal.example");
  assert_entry (fixture, 2, second, "Theirs", "portal.example");
  FIXTURE_WAIT (is_open, get_entry (fixture, 0));
  FIXTURE_WAIT (is_open, get_entry (fixture, 2));
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, first);
  g_signal_handlers_disconnect_by_data (fixture->manager, &n_changes);
}

/* What was asked for goes on to be sent, whichever account is shown. */
static void
test_in_background (Fixture *fixture, gconstpointer data)
{
  g_autofree char *portal = add_portal (fixture, fixture->portal, fixture->portal->greeting->admin_token);
  LinkageAccount *account = get_current (fixture);
  g_autoptr (LinkageOperation) operation = NULL;
  g_autofree char *companion = NULL;

  operation = fixture_account_press (account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_assert_cmpuint (linkage_account_entry_count_waiting (get_entry (fixture, 0)), ==, 1);
  companion = add_companion (fixture, "Ours");
  g_assert_false (get_current (fixture) == account);
  linkage_account_send_now (account, operation->key);
  fixture_account_wait_status (account, SUGGESTED, LINKAGE_STATUS_PENDING);
  g_assert_cmpuint (linkage_account_entry_count_waiting (get_entry (fixture, 0)), ==, 0);
  switch_successfully (fixture, portal);
  g_assert_true (get_current (fixture) == account);
}

/* Two of one portal, each with what its own user may see. */
static void
test_one_portal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_portal (fixture, fixture->portal, fixture->portal->greeting->admin_token);
  LinkageAccount *former = get_current (fixture);
  g_autofree char *token = fixture_person_get_token (fixture->portal, "other-admin");
  g_autofree char *second = add_portal (fixture, fixture->portal, token);
  g_autoptr (LinkageOperation) operation = NULL;

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (count_entries (fixture), ==, 2);
  operation = fixture_account_press (former, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_assert_cmpuint (linkage_account_entry_count_waiting (get_entry (fixture, 0)), ==, 1);
  g_assert_cmpuint (linkage_account_entry_count_waiting (get_entry (fixture, 1)), ==, 0);
}

static void
test_one_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FixturePortal) other = fixture_portal_start ();
  g_autofree char *first = add_portal (fixture, fixture->portal, fixture->portal->greeting->admin_token);
  LinkageAccount *dead = get_current (fixture);
  g_autofree char *second = add_portal (fixture, other, other->greeting->admin_token);
  LinkageAccount *alive = get_current (fixture);
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  fixture_portal_kill (fixture->portal);
  g_assert_false (fixture_account_refresh (dead, NULL));
  fixture_account_wait_state (dead, LINKAGE_ACCOUNT_STATE_UNREACHABLE);

  fixture_account_refresh (alive, &error);
  g_assert_no_error (error);
  g_assert_cmpint (linkage_account_get_state (alive), ==, LINKAGE_ACCOUNT_STATE_READY);
  operation = fixture_account_press (alive, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (alive, operation->key);
  fixture_account_wait_status (alive, SUGGESTED, LINKAGE_STATUS_PENDING);

  /* What is kept of the other one is still there to be read. */
  switch_successfully (fixture, first);
  g_assert_true (linkage_account_get_has_content (dead));
  switch_successfully (fixture, second);
}

static void
spoil (Fixture *fixture, const char *id, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "accounts", id, name, NULL);
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      return;
    }

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* What cannot be opened is listed with its error, and stays where it is. */
static void
test_some_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *described = add_companion (fixture, "Described Wrongly");
  g_autofree char *stored = add_companion (fixture, "Stored Wrongly");
  g_autofree char *good = add_companion (fixture, "Good");
  g_autoptr (GError) error = NULL;
  LinkageAccountEntry *entry;

  close_manager (fixture);
  spoil (fixture, described, "account.ini", "no description");
  spoil (fixture, stored, "store.sqlite", NULL);
  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, good);

  g_assert_cmpuint (count_entries (fixture), ==, 3);
  for (guint i = 0; i < 3; i++)
    FIXTURE_WAIT (is_decided, get_entry (fixture, i));
  assert_entry (fixture, 0, described, "", NULL);
  entry = get_entry (fixture, 0);
  g_assert_error (linkage_account_entry_get_error (entry), LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_FAILED);
  entry = get_entry (fixture, 1);
  assert_entry (fixture, 1, stored, "Stored Wrongly", "portal.example");
  g_assert_nonnull (linkage_account_entry_get_error (entry));
  g_assert_true (linkage_account_entry_get_error (entry)->domain == LINKAGE_ACCOUNT_ERROR);

  /* Who wants to see it sees why not, also at the next start, and gets away from it again. */
  g_assert_false (switch_to (fixture, stored, &error));
  g_assert_true (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, linkage_account_entry_get_error (entry)->code));
  g_clear_error (&error);
  g_assert_null (get_current (fixture));
  g_assert_true (linkage_account_manager_get_current_entry (fixture->manager) == entry);
  start_again (fixture);
  g_assert_false (load (fixture, &error));
  g_assert_nonnull (error);
  g_assert_null (get_current (fixture));
  switch_successfully (fixture, good);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_companion (fixture, "Ours");
  g_autoptr (GError) error = NULL;

  g_assert_false (switch_to (fixture, "nobody", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_FAILED);
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, id);
}

/* It is listed while it runs, after the others, and neither kept nor opened again. */
static void
test_sandbox (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_companion (fixture, "Ours");
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL;
  g_autofree char *sandbox = NULL;

  linkage_account_manager_open_sandbox_async (fixture->manager, FALSE, NULL, fixture_keep_result, &opened);
  fixture_wait_result (&opened);
  linkage_account_manager_open_sandbox_finish (fixture->manager, opened, &error);
  g_assert_no_error (error);
  sandbox = g_strdup (linkage_account_get_id (get_current (fixture)));
  second = add_companion (fixture, "Theirs");

  g_assert_cmpuint (count_entries (fixture), ==, 3);
  g_assert_true (linkage_account_entry_get_sandbox (get_entry (fixture, 2)));
  g_assert_false (linkage_account_entry_get_sandbox (get_entry (fixture, 1)));
  switch_successfully (fixture, first);
  switch_successfully (fixture, sandbox);
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_READY);
  g_clear_object (&opened);

  start_again (fixture);
  g_assert_true (load (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_account_get_id (get_current (fixture)), ==, first);
  g_assert_cmpuint (count_entries (fixture), ==, 2);
}

/* The program may end at any time on the way. */
static void
test_close_while_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Account %u", i);

      g_free (add_companion (fixture, name));
    }

  for (guint n_turns = 0; n_turns < 12; n_turns++)
    {
      start_again (fixture);
      g_assert_true (load (fixture, &error));
      g_assert_no_error (error);
      for (guint i = 0; i < n_turns; i++)
        g_main_context_iteration (NULL, FALSE);
    }

  for (guint i = 0; i < 5; i++)
    FIXTURE_WAIT (is_open, get_entry (fixture, i));
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/sync/accounts/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/sync/accounts/in-background", Fixture, NULL, set_up, test_in_background, tear_down);
  g_test_add ("/sync/accounts/one-portal", Fixture, NULL, set_up, test_one_portal, tear_down);
  g_test_add ("/sync/accounts/one-unreachable", Fixture, NULL, set_up, test_one_unreachable, tear_down);
  g_test_add ("/sync/accounts/some-unreadable", Fixture, NULL, set_up, test_some_unreadable, tear_down);
  g_test_add ("/sync/accounts/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/sync/accounts/sandbox", Fixture, NULL, set_up, test_sandbox, tear_down);
  g_test_add ("/sync/accounts/close-while-opening", Fixture, NULL, set_up, test_close_while_opening, tear_down);

  return g_test_run ();
}
