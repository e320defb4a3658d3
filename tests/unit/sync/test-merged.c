/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What programs make of a merge: of the account that is no more, and of the one that stays. */

#include "fixture-account.h"
#include "fixture-merge.h"
#include "fixture-portal.h"
#include "fixture-proxy.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-portal-account.h"
#include "linkage-portal-probe.h"

#define CONNECTABLE "mek-noi" /* of the other account */

typedef struct
{
  FixturePortal *portal; /* (owned) */
  FixtureProxy *proxy;   /* (owned): before the other account */
  char *folder;          /* (owned) */
  char *other_folder;    /* (owned) */
  LinkageAccount *account;
  LinkageAccount *other;
  GPtrArray *refused; /* (owned) (element-type LinkageOperation): of the other account */
} Fixture;

static void
on_operation_refused (Fixture *fixture, LinkageOperation *operation, LinkageAccount *account)
{
  g_ptr_array_add (fixture->refused, linkage_operation_ref (operation));
}

static void
open_other (Fixture *fixture)
{
  g_autofree char *token = fixture_portal_dup_token (fixture->portal, "other-admin");

  fixture->other = fixture_account_open_as (fixture->other_folder, fixture->proxy->api, token, FIXTURE_OTHER_ACCOUNT);
  g_signal_connect_swapped (fixture->other, "operation-refused", G_CALLBACK (on_operation_refused), fixture);
}

static void
close_other (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->other, fixture);
  fixture_account_close (g_steal_pointer (&fixture->other));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->proxy = fixture_proxy_start (fixture->portal->port);
  fixture->folder = fixture_make_folder ();
  fixture->other_folder = fixture_make_folder ();
  fixture->refused = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);
  fixture->account =
    fixture_account_open (fixture->folder, fixture->portal->api, fixture->portal->greeting->admin_token);
  open_other (fixture);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  fixture_account_wait_state (fixture->other, LINKAGE_ACCOUNT_STATE_READY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_other (fixture);
  fixture_account_close (g_steal_pointer (&fixture->account));
  g_clear_pointer (&fixture->refused, g_ptr_array_unref);
  g_clear_pointer (&fixture->portal, fixture_portal_free);
  g_clear_pointer (&fixture->proxy, fixture_proxy_free);
  fixture_remove_folder (fixture->folder);
  fixture_remove_folder (fixture->other_folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_pointer (&fixture->other_folder, g_free);
}

static void
assert_merged_into (LinkageAccount *account, const char *id, const char *name)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  g_assert_cmpint (linkage_account_get_state (account), ==,
                   id != NULL ? LINKAGE_ACCOUNT_STATE_REMOVED : LINKAGE_ACCOUNT_STATE_READY);
  g_assert_cmpstr (info->merged_into_id, ==, id);
  g_assert_cmpstr (info->merged_into_name, ==, name);
}

static void
merge_other (Fixture *fixture)
{
  fixture_merge (fixture->other, fixture->account, FIXTURE_ACCOUNT, FALSE);
  fixture_account_wait_state (fixture->other, LINKAGE_ACCOUNT_STATE_REMOVED);
}

static gboolean
check_sign_in (Fixture *fixture, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_portal_probe_check_async (fixture->portal->api, FIXTURE_OTHER_ACCOUNT, token, NULL, fixture_keep_result,
                                    &result);
  fixture_wait_result (&result);

  return linkage_portal_probe_check_finish (result, error);
}

/* Its people may sign in to it still, and are told then what became of it; others may not. */
static void
test_sign_in_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = fixture_portal_dup_token (fixture->portal, "other-admin");
  g_autoptr (GError) error = NULL;

  merge_other (fixture);
  check_sign_in (fixture, token, &error);
  g_assert_no_error (error);
  g_assert_false (check_sign_in (fixture, fixture->portal->greeting->admin_token, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_OTHER_USER);
}

/* It is known without the portal, after a restart too, and its rows stay. */
static void
test_going (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_account_describe_rows (fixture->other);
  g_autofree char *after = NULL;

  merge_other (fixture);
  assert_merged_into (fixture->other, FIXTURE_ACCOUNT, "Lindqvist Components");
  assert_merged_into (fixture->account, NULL, NULL);
  close_other (fixture);
  fixture_portal_kill (fixture->portal);

  open_other (fixture);
  g_assert_false (linkage_account_get_busy (fixture->other));
  g_assert_true (linkage_account_get_has_content (fixture->other));
  assert_merged_into (fixture->other, FIXTURE_ACCOUNT, "Lindqvist Components");
  after = fixture_account_describe_rows (fixture->other);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (linkage_account_get_busy (fixture->other));
  g_assert_null (linkage_account_get_last_error (fixture->other));
}

/* A person who asks all the same hears the same, and that the portal is away is no news of the account. */
static void
test_refreshed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  merge_other (fixture);
  g_assert_false (fixture_account_refresh (fixture->other, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_REFUSED);
  g_assert_cmpstr (linkage_account_error_get_refusal (error), ==, "account-merged");
  g_clear_error (&error);

  fixture_portal_kill (fixture->portal);
  g_assert_false (fixture_account_refresh (fixture->other, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  assert_merged_into (fixture->other, FIXTURE_ACCOUNT, "Lindqvist Components");
}

/* A sandbox that is set up anew has both again. */
static void
test_there_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  merge_other (fixture);
  linkage_account_sandbox_reset_async (fixture->account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_reset_finish (fixture->account, result, &error);
  g_assert_no_error (error);

  fixture_account_refresh (fixture->other, &error);
  g_assert_no_error (error);
  assert_merged_into (fixture->other, NULL, NULL);
}

typedef struct
{
  Fixture *fixture;
  guint n_refused;
} Refusals;

static gboolean
are_refused (Refusals *refusals)
{
  return refusals->fixture->refused->len >= refusals->n_refused;
}

/* What could still be undone is closed with the account, and says why. */
static void
test_outbox (Fixture *fixture, gconstpointer data)
{
  Refusals refusals = { fixture, 1 };
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageOperation) left = NULL;
  g_autoptr (GError) error = NULL;

  entry = fixture_account_press (fixture->other, LINKAGE_OPERATION_CONNECT, CONNECTABLE);
  merge_other (fixture);
  FIXTURE_WAIT (are_refused, &refusals);
  left = fixture_account_get_operation (fixture->other);
  g_assert_cmpstr (left->key, ==, entry->key);
  g_assert_cmpint (left->state, ==, LINKAGE_OPERATION_REFUSED);
  g_assert_cmpstr (left->refusal_type, ==, "account-merged");

  /* Seen once, it goes. */
  fixture_account_undo (fixture->other, left->key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_account_count_operations (fixture->other), ==, 0);
}

static gboolean
was_cut (FixtureProxy *proxy)
{
  return proxy->n_cut > 0;
}

/* What the account had accepted before it was merged, it still says. */
static void
test_unanswered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autofree char *folder = fixture_make_folder ();
  g_autofree char *token = fixture_portal_dup_token (fixture->portal, "other-admin");
  LinkageAccount *colleague = fixture_account_open_as (folder, fixture->portal->api, token, FIXTURE_OTHER_ACCOUNT);

  fixture_account_wait_state (colleague, LINKAGE_ACCOUNT_STATE_READY);
  fixture->proxy->cut_writes = TRUE;
  entry = fixture_account_press (fixture->other, LINKAGE_OPERATION_CONNECT, CONNECTABLE);
  linkage_account_send_now (fixture->other, entry->key);
  FIXTURE_WAIT (was_cut, fixture->proxy);
  fixture_account_wait_state (fixture->other, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
  fixture_merge (colleague, fixture->account, FIXTURE_ACCOUNT, FALSE);

  fixture->proxy->cut_writes = FALSE;
  fixture_account_refresh (fixture->other, NULL);
  fixture_account_wait_state (fixture->other, LINKAGE_ACCOUNT_STATE_REMOVED);
  fixture_account_wait_empty_outbox (fixture->other);
  g_assert_cmpuint (fixture->refused->len, ==, 0);
  fixture_account_wait_status (fixture->other, CONNECTABLE, LINKAGE_STATUS_PENDING);
  assert_merged_into (fixture->other, FIXTURE_ACCOUNT, "Lindqvist Components");

  fixture_account_close (colleague);
  fixture_remove_folder (folder);
}

/* What the changes alone make of the table is what a program reads that never saw it before. */
static void
assert_as_read_anew (Fixture *fixture, LinkageAccount *account, const char *who, const char *account_id)
{
  g_autofree char *folder = fixture_make_folder ();
  g_autofree char *token = fixture_portal_dup_token (fixture->portal, who);
  LinkageAccount *anew = fixture_account_open_as (folder, fixture->portal->api, token, account_id);
  g_autofree char *rows = NULL;
  g_autofree char *all_rows = NULL;
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autoptr (LinkageAccountInfo) info_anew = NULL;
  g_autoptr (GError) error = NULL;

  fixture_account_wait_state (anew, LINKAGE_ACCOUNT_STATE_READY);
  fixture_account_refresh (account, &error);
  g_assert_no_error (error);
  rows = fixture_account_describe_rows (account);
  all_rows = fixture_account_describe_rows (anew);
  g_assert_cmpstr (rows, ==, all_rows);
  info = linkage_account_get_info (account);
  info_anew = linkage_account_get_info (anew);
  g_assert_cmpuint (info->searches_used, ==, info_anew->searches_used);
  g_assert_cmpint (info->revision, ==, info_anew->revision);

  fixture_account_close (anew);
  fixture_remove_folder (folder);
}

static void
test_staying (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_account_describe_rows (fixture->account);
  g_autofree char *after = NULL;

  merge_other (fixture);
  after = fixture_account_describe_rows (fixture->account);
  g_assert_cmpstr (after, !=, before);
  assert_as_read_anew (fixture, fixture->account, "admin", FIXTURE_ACCOUNT);
}

/* The one that says yes goes, and the one that asked stays. */
static void
test_asking_stays (Fixture *fixture, gconstpointer data)
{
  fixture_merge (fixture->other, fixture->account, FIXTURE_ACCOUNT, TRUE);
  assert_merged_into (fixture->account, FIXTURE_OTHER_ACCOUNT, "Lindqvist Hydraulics");
  assert_as_read_anew (fixture, fixture->other, "other-admin", FIXTURE_OTHER_ACCOUNT);
  assert_merged_into (fixture->other, NULL, NULL);
}

static GPtrArray *
list_removed (LinkageAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;
  guint total;

  linkage_account_list_removed_async (account, 0, LINKAGE_ACCOUNT_MAX_REMOVED, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  rows = linkage_account_list_removed_finish (account, result, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, rows->len);

  return rows;
}

/* after: what fixture_account_describe_rows() says */
static gboolean
shows (const char *after, const char *customer_id)
{
  g_autofree char *first = g_strconcat (customer_id, " ", NULL);
  g_autofree char *next = g_strconcat ("\n", first, NULL);

  return g_str_has_prefix (after, first) || g_strrstr (after, next) != NULL;
}

/* Rows that had any attempt, of which before tells, and that after does not have. */
static guint
count_gone (const char *before, const char *after)
{
  g_auto (GStrv) lines = g_strsplit (before, "\n", -1);
  guint n_gone = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      n_gone += g_strrstr (lines[i], "; ") != NULL && !shows (after, words[0]);
    }

  return n_gone;
}

static void
reset_sandbox (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_sandbox_reset_async (fixture->account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_reset_finish (fixture->account, result, &error);
  g_assert_no_error (error);
}

/* What the merge removes of the one that stays can still be read, until the portal is set up anew. */
static void
test_removed_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_account_describe_rows (fixture->account);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) rows = list_removed (fixture->account);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (rows->len, ==, 0);
  g_clear_pointer (&rows, g_ptr_array_unref);
  merge_other (fixture);
  after = fixture_account_describe_rows (fixture->account);
  rows = list_removed (fixture->account);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpuint (rows->len, ==, count_gone (before, after));
  for (guint i = 0; i < rows->len; i++)
    {
      LinkageRemovedConnection *removed = g_ptr_array_index (rows, i);

      g_assert_true (shows (before, removed->connection->customer->id));
      g_assert_false (shows (after, removed->connection->customer->id));
      g_assert_cmpuint (removed->connection->attempts->len, >, 0);
      g_assert_cmpint (removed->removed_at, >, 0);
    }
  g_clear_pointer (&rows, g_ptr_array_unref);

  reset_sandbox (fixture);
  fixture_account_refresh (fixture->account, &error);
  g_assert_no_error (error);
  rows = list_removed (fixture->account);
  g_assert_cmpuint (rows->len, ==, 0);
}

#define ADD(name, func) g_test_add ("/sync/merged/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("going", test_going);
  ADD ("refreshed", test_refreshed);
  ADD ("sign-in-again", test_sign_in_again);
  ADD ("there-again", test_there_again);
  ADD ("outbox", test_outbox);
  ADD ("unanswered", test_unanswered);
  ADD ("staying", test_staying);
  ADD ("asking-stays", test_asking_stays);
  ADD ("removed-rows", test_removed_rows);

  return g_test_run ();
}
