/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to a request on its way, when the line or the portal fails in the middle of it. */

#include <signal.h>

#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-proxy.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-portal-account.h"

#define SUGGESTED "brambleford-tools"
#define PENDING "cinaralti-tekstil"
#define SEARCHED "quillhaven-press"

typedef struct
{
  FixturePortal *portal;     /* (owned) */
  FixtureProxy *proxy;       /* (owned) */
  char *folder;              /* (owned) */
  LinkageAccount *account;   /* (owned) (nullable) */
  LinkageOperation *refused; /* (owned) (nullable) */
} Fixture;

static void
on_operation_refused (Fixture *fixture, LinkageOperation *operation, LinkageAccount *account)
{
  g_clear_pointer (&fixture->refused, linkage_operation_unref);
  fixture->refused = linkage_operation_ref (operation);
}

static void
open_account (Fixture *fixture, const char *token)
{
  fixture->account = fixture_account_open (fixture->folder, fixture->proxy->api, token);
  g_signal_connect_swapped (fixture->account, "operation-refused", G_CALLBACK (on_operation_refused), fixture);
}

static void
close_account (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->account, fixture);
  fixture_account_close (g_steal_pointer (&fixture->account));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->proxy = fixture_proxy_start (fixture->portal->port);
  fixture->folder = fixture_make_folder ();
  open_account (fixture, fixture->portal->greeting->admin_token);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->account != NULL)
    close_account (fixture);
  g_clear_pointer (&fixture->refused, linkage_operation_unref);
  g_clear_pointer (&fixture->portal, fixture_portal_free);
  g_clear_pointer (&fixture->proxy, fixture_proxy_free);
  fixture_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static gboolean
was_cut (FixtureProxy *proxy)
{
  return proxy->n_cut > 0;
}

static void
cut_off_connect (Fixture *fixture)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageOperation) stays = NULL;

  fixture->proxy->cut_writes = TRUE;
  entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (fixture->account, entry->key);
  FIXTURE_WAIT (was_cut, fixture->proxy);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
  fixture->proxy->cut_writes = FALSE;

  stays = fixture_account_get_operation (fixture->account);
  g_assert_cmpstr (stays->key, ==, entry->key);
  g_assert_cmpint (stays->state, ==, LINKAGE_OPERATION_SENDING);
  g_assert_cmpuint (stays->tries, >=, 1);
  g_assert_nonnull (stays->epoch);
  g_assert_error (linkage_account_get_last_error (fixture->account), LINKAGE_ACCOUNT_ERROR,
                  LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
}

static void
assert_one_attempt (Fixture *fixture)
{
  g_autoptr (LinkageConnection) connection = fixture_account_find (fixture->account, SUGGESTED);

  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpuint (connection->attempts->len, ==, 1);
  g_assert_cmpuint (connection->requests_used, ==, 1);
}

/* A refresh that is asked for in the same breath takes it along. */
static void
test_sent_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;

  entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (fixture->account, entry->key);
  fixture_account_refresh (fixture->account, &error);
  g_assert_no_error (error);
  waiting = linkage_account_list_operations (fixture->account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (waiting->len, ==, 0);
  assert_one_attempt (fixture);
}

static void
test_portal_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cut_off_connect (fixture);
  fixture_portal_kill (fixture->portal);
  g_assert_false (fixture_account_refresh (fixture->account, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  g_clear_error (&error);

  fixture_portal_restart (fixture->portal);
  fixture->proxy->target = fixture->portal->port;
  fixture_account_refresh (fixture->account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 0);
  g_assert_cmpuint (fixture->proxy->n_writes, >=, 2);
  assert_one_attempt (fixture);
}

static void
test_program_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) stays = NULL;

  cut_off_connect (fixture);
  stays = fixture_account_get_operation (fixture->account);
  close_account (fixture);

  open_account (fixture, fixture->portal->greeting->admin_token);
  g_assert_true (linkage_account_get_has_content (fixture->account));
  fixture_account_wait_empty_outbox (fixture->account);
  g_assert_cmpuint (fixture->proxy->n_writes, >=, 2);
  assert_one_attempt (fixture);
}

static gboolean
was_refused (Fixture *fixture)
{
  return fixture->refused != NULL;
}

static void
test_another_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) connection = NULL;

  cut_off_connect (fixture);
  linkage_account_sandbox_reset_async (fixture->account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_reset_finish (fixture->account, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  fixture_account_refresh (fixture->account, &error);
  g_assert_no_error (error);
  FIXTURE_WAIT (was_refused, fixture);
  g_assert_cmpstr (fixture->refused->refusal_type, ==, LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN);
  connection = fixture_account_find (fixture->account, SUGGESTED);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_SUGGESTED);
}

static void
test_colleague_faster (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccount *colleague =
    fixture_account_open (folder, fixture->portal->api, fixture->portal->greeting->admin_token);
  g_autoptr (LinkageOperation) ours = NULL;
  g_autoptr (LinkageOperation) theirs = NULL;

  fixture_account_wait_state (colleague, LINKAGE_ACCOUNT_STATE_READY);
  ours = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  theirs = fixture_account_press (colleague, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (colleague, theirs->key);
  fixture_account_wait_status (colleague, SUGGESTED, LINKAGE_STATUS_PENDING);

  linkage_account_send_now (fixture->account, ours->key);
  fixture_account_wait_empty_outbox (fixture->account);
  g_assert_null (fixture->refused);
  assert_one_attempt (fixture);

  fixture_account_close (colleague);
  fixture_remove_folder (folder);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) first = NULL;
  g_autoptr (LinkageOperation) second = NULL;
  g_autoptr (LinkageOperation) kept = NULL;

  first = fixture_account_press (fixture->account, LINKAGE_OPERATION_RESEND, "may-trang-nho");
  linkage_account_send_now (fixture->account, first->key);
  FIXTURE_WAIT (was_refused, fixture);
  g_assert_cmpstr (fixture->refused->refusal_type, ==, "rejected");
  g_assert_nonnull (fixture->refused->refusal_detail);
  kept = fixture_account_get_operation (fixture->account);
  g_assert_cmpint (kept->state, ==, LINKAGE_OPERATION_REFUSED);

  second = fixture_account_press (fixture->account, LINKAGE_OPERATION_RESEND, "may-trang-nho");
  g_assert_cmpstr (second->key, !=, first->key);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 1);
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) first = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_autoptr (LinkageOperation) second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_submit_async (fixture->account, first, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  second = linkage_account_submit_finish (fixture->account, result, &error);
  g_assert_null (second);
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING);
}

static void
find_by_search (Fixture *fixture, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_search_async (fixture->account, name, FALSE, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  found = linkage_account_search_finish (fixture->account, result, NULL, &error);
  g_assert_no_error (error);
}

static void
test_verified_by_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation =
    linkage_operation_new (LINKAGE_OPERATION_REQUEST, SEARCHED, "Quillhaven Press");
  g_autoptr (LinkageOperation) entry = NULL;

  operation->contact_email = g_strdup ("buyer@quillhaven.example");
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup ("ran-out-long-ago");
  find_by_search (fixture, "Quillhaven");
  entry = fixture_account_submit (fixture->account, operation);
  fixture_account_wait_empty_outbox (fixture->account);
  g_assert_null (fixture->refused);
  fixture_account_wait_status (fixture->account, SEARCHED, LINKAGE_STATUS_PENDING);
}

static void
cut_off_request (Fixture *fixture)
{
  g_autoptr (LinkageOperation) operation =
    linkage_operation_new (LINKAGE_OPERATION_REQUEST, SEARCHED, "Quillhaven Press");
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  find_by_search (fixture, "Quillhaven");
  linkage_account_verify_async (fixture->account, LINKAGE_ACTIONS_REQUEST, SEARCHED, NULL, NULL, fixture_keep_result,
                                &result);
  fixture_wait_result (&result);
  operation->challenge_session = linkage_account_verify_finish (fixture->account, result, &error);
  g_assert_no_error (error);
  operation->contact_email = g_strdup ("buyer@quillhaven.example");
  operation->confirmed = TRUE;

  fixture->proxy->cut_writes = TRUE;
  entry = fixture_account_submit (fixture->account, operation);
  FIXTURE_WAIT (was_cut, fixture->proxy);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
}

static void
advance_portal (Fixture *fixture, gint64 seconds)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccount *other = fixture_account_open (folder, fixture->portal->api, fixture->portal->greeting->admin_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_sandbox_advance_async (other, seconds, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_advance_finish (other, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture_account_close (other);
  fixture_remove_folder (folder);
}

/* After 50 days the portal may have forgotten the key: the row says what became of it, and nothing is sent. */
static void
test_key_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) connection = NULL;
  guint n_writes;

  cut_off_request (fixture);
  close_account (fixture);
  fixture->proxy->cut_writes = FALSE;
  n_writes = fixture->proxy->n_writes;
  advance_portal (fixture, 51 * 24 * 60 * 60);

  open_account (fixture, fixture->portal->greeting->admin_token);
  fixture_account_wait_empty_outbox (fixture->account);
  g_assert_null (fixture->refused);
  g_assert_cmpuint (fixture->proxy->n_writes, ==, n_writes);
  connection = fixture_account_find (fixture->account, SEARCHED);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_EXPIRED);
  g_assert_cmpuint (connection->attempts->len, ==, 1);
}

static void
reset_portal (Fixture *fixture)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccount *other = fixture_account_open (folder, fixture->portal->api, fixture->portal->greeting->admin_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_sandbox_reset_async (other, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_reset_finish (other, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture_account_close (other);
  fixture_remove_folder (folder);
}

/* Who opens the window and closes it at once replays nothing at a portal that may know the key no more. */
static void
test_closing_asks_for_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) kept = NULL;
  g_autoptr (LinkageConnection) connection = NULL;
  guint n_writes;

  cut_off_connect (fixture);
  close_account (fixture);
  n_writes = fixture->proxy->n_writes;
  reset_portal (fixture);

  open_account (fixture, fixture->portal->greeting->admin_token);
  close_account (fixture);
  g_assert_cmpuint (fixture->proxy->n_writes, ==, n_writes);

  open_account (fixture, fixture->portal->greeting->admin_token);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  kept = fixture_account_get_operation (fixture->account);
  g_assert_cmpstr (kept->refusal_type, ==, LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN);
  connection = fixture_account_find (fixture->account, SUGGESTED);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_SUGGESTED);
}

static void
test_sign_in_needed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageCredentials) credentials = NULL;

  close_account (fixture);
  open_account (fixture, "not-the-token");
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (fixture->account, entry->key);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 1);

  credentials = linkage_credentials_new (fixture->portal->greeting->admin_token, NULL, 0);
  linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (fixture->account), NULL, NULL, credentials);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  fixture_account_wait_empty_outbox (fixture->account);
  assert_one_attempt (fixture);
}

static void
test_closing_sends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);

  close_account (fixture);
  g_assert_cmpuint (fixture->proxy->n_writes, ==, 1);

  open_account (fixture, fixture->portal->greeting->admin_token);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 0);
  assert_one_attempt (fixture);
}

/* Who closes a second time waits for the same end: the store must not be closed while the first still sends. */
static void
test_closing_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_close_async (fixture->account, fixture_keep_result, &first);
  linkage_account_close_async (fixture->account, fixture_keep_result, &second);
  fixture_wait_result (&second);
  g_assert_cmpuint (fixture->proxy->n_writes, ==, 1);
  linkage_account_close_finish (fixture->account, second, &error);
  g_assert_no_error (error);
  fixture_wait_result (&first);
  linkage_account_close_finish (fixture->account, first, &error);
  g_assert_no_error (error);
  g_clear_object (&first);
  g_clear_object (&second);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_handlers_disconnect_by_data (fixture->account, fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->account));

  open_account (fixture, fixture->portal->greeting->admin_token);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 0);
  assert_one_attempt (fixture);
}

/* The toast goes with the window, whose account may be closed by then. */
static void
test_sent_now_when_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = fixture_account_press (fixture->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_close_async (fixture->account, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_close_finish (fixture->account, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  linkage_account_send_now (fixture->account, entry->key);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->proxy->n_writes, ==, 1);
  g_assert_finalize_object (g_steal_pointer (&fixture->account));
}

static void
test_cache_without_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) connection = NULL;

  close_account (fixture);
  fixture_portal_kill (fixture->portal);
  open_account (fixture, fixture->portal->greeting->admin_token);
  g_assert_true (linkage_account_get_has_content (fixture->account));
  connection = fixture_account_find (fixture->account, PENDING);
  g_assert_nonnull (connection);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
}

static gboolean
has_used_two_searches (LinkageAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  return info->searches_used == 2;
}

static void
test_search_replayed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (LinkageSearch) cut_off = NULL;
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean counted = FALSE;

  fixture->proxy->cut_writes = TRUE;
  linkage_account_search_async (fixture->account, "Quillhaven", FALSE, NULL, fixture_keep_result, &first);
  fixture_wait_result (&first);
  cut_off = linkage_account_search_finish (fixture->account, first, NULL, &error);
  g_assert_null (cut_off);
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  g_clear_error (&error);

  fixture->proxy->cut_writes = FALSE;
  find_by_search (fixture, "Larkmoor");
  linkage_account_search_async (fixture->account, "QUILLHAVEN", FALSE, NULL, fixture_keep_result, &second);
  fixture_wait_result (&second);
  found = linkage_account_search_finish (fixture->account, second, &counted, &error);
  g_assert_no_error (error);
  g_assert_true (counted);
  g_assert_cmpstr (found->name, ==, "Quillhaven");
  g_clear_object (&first);
  g_clear_object (&second);
  FIXTURE_WAIT (has_used_two_searches, fixture->account);
}

static gboolean
was_written_to (FixtureProxy *proxy)
{
  return proxy->n_writes > 0;
}

/* Who closes no longer waits for an answer: that is no fault to tell a person of, and the next run gets the answer. */
static void
test_search_when_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) searched = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->portal->process, SIGSTOP);
  linkage_account_search_async (fixture->account, "Quillhaven", FALSE, NULL, fixture_keep_result, &searched);
  FIXTURE_WAIT (was_written_to, fixture->proxy);
  linkage_account_close_async (fixture->account, fixture_keep_result, &closed);
  fixture_wait_result (&closed);
  linkage_account_close_finish (fixture->account, closed, &error);
  g_assert_no_error (error);

  g_subprocess_send_signal (fixture->portal->process, SIGCONT);
  fixture_wait_result (&searched);
  found = linkage_account_search_finish (fixture->account, searched, NULL, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&searched);
  g_clear_object (&closed);
  close_account (fixture);

  open_account (fixture, fixture->portal->greeting->admin_token);
  find_by_search (fixture, "Quillhaven");
  find_by_search (fixture, "Larkmoor");
  FIXTURE_WAIT (has_used_two_searches, fixture->account);
}

#define ADD(name, func) g_test_add ("/sync/outbox/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("sent-now", test_sent_now);
  ADD ("portal-killed", test_portal_killed);
  ADD ("program-killed", test_program_killed);
  ADD ("another-epoch", test_another_epoch);
  ADD ("key-forgotten", test_key_forgotten);
  ADD ("colleague-faster", test_colleague_faster);
  ADD ("refused", test_refused);
  ADD ("duplicate", test_duplicate);
  ADD ("verified-by-itself", test_verified_by_itself);
  ADD ("sign-in-needed", test_sign_in_needed);
  ADD ("closing-sends", test_closing_sends);
  ADD ("closing-twice", test_closing_twice);
  ADD ("sent-now-when-closed", test_sent_now_when_closed);
  ADD ("closing-asks-for-epoch", test_closing_asks_for_epoch);
  ADD ("cache-without-portal", test_cache_without_portal);
  ADD ("search-replayed", test_search_replayed);
  ADD ("search-when-closing", test_search_when_closing);

  return g_test_run ();
}
