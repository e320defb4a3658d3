/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main job without a window: the real manager, store and client against the bundled portal as another process. */

#include "fixture-account.h"
#include "fixture-customer.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-rules.h"

#define SUGGESTED "brambleford-tools"
#define SEARCHED "quillhaven-press"
#define APPROVING "larkmoor-energy"
#define REJECTING "brueckenhof"
#define DAYS_31 (31 * 24 * 60 * 60)

typedef struct
{
  char *folder;                   /* (owned) */
  LinkageAccountManager *manager; /* (owned) */
  LinkageAccount *account;        /* (owned) */
  LinkageOperation *refused;      /* (owned) (nullable) */
} Journey;

static void
on_operation_refused (Journey *journey, LinkageOperation *operation, LinkageAccount *account)
{
  g_clear_pointer (&journey->refused, linkage_operation_unref);
  journey->refused = linkage_operation_ref (operation);
}

static void
begin (Journey *journey, gboolean as_user)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  journey->folder = fixture_make_folder ();
  journey->manager = linkage_account_manager_new (journey->folder);
  linkage_account_manager_open_sandbox_async (journey->manager, as_user, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_open_sandbox_finish (journey->manager, result, &error);
  g_assert_no_error (error);

  journey->account = g_object_ref (linkage_account_manager_get_current (journey->manager));
  g_signal_connect_swapped (journey->account, "operation-refused", G_CALLBACK (on_operation_refused), journey);
}

static void
end (Journey *journey)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_leave_async (journey->manager, fixture_keep_result, &result);
  g_assert_null (linkage_account_manager_get_current (journey->manager));
  fixture_wait_result (&result);
  linkage_account_manager_leave_finish (journey->manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_handlers_disconnect_by_data (journey->account, journey);
  g_assert_finalize_object (journey->account);
  g_assert_finalize_object (journey->manager);
  fixture_remove_folder (journey->folder);
  g_free (journey->folder);
  g_clear_pointer (&journey->refused, linkage_operation_unref);
}

static void
advance (Journey *journey, gint64 seconds)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = linkage_account_get_now (journey->account);

  linkage_account_sandbox_advance_async (journey->account, seconds, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_advance_finish (journey->account, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (linkage_account_get_now (journey->account), >=, before + seconds - 2);
}

static LinkageSearch *
search (Journey *journey, const char *name, gboolean again, gboolean *counted, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_search_async (journey->account, name, again, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_search_finish (journey->account, result, counted, error);
}

static void
assert_searches_left (Journey *journey, guint left)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (journey->account);

  g_assert_cmpuint (linkage_account_info_get_searches_left (info), ==, left);
}

static void
connect_with_undo (Journey *journey)
{
  g_autoptr (LinkageOperation) first = fixture_account_press (journey->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_autoptr (LinkageOperation) second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (first->not_before, >, now + LINKAGE_RULES_UNDO_SECONDS - 5);
  g_assert_cmpint (first->not_before, <=, now + LINKAGE_RULES_UNDO_SECONDS);
  fixture_account_undo (journey->account, first->key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_account_count_operations (journey->account), ==, 0);

  second = fixture_account_press (journey->account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  g_assert_cmpstr (first->key, !=, second->key);
  linkage_account_send_now (journey->account, second->key);
  fixture_account_wait_status (journey->account, SUGGESTED, LINKAGE_STATUS_PENDING);
  fixture_account_wait_empty_outbox (journey->account);

  g_assert_false (fixture_account_undo (journey->account, second->key, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TOO_LATE);
}

static void
expire_and_resend (Journey *journey)
{
  g_autoptr (LinkageOperation) operation = NULL;

  advance (journey, DAYS_31);
  fixture_account_wait_status (journey->account, SUGGESTED, LINKAGE_STATUS_EXPIRED);
  operation = fixture_account_press (journey->account, LINKAGE_OPERATION_RESEND, SUGGESTED);
  linkage_account_send_now (journey->account, operation->key);
  fixture_account_wait_status (journey->account, SUGGESTED, LINKAGE_STATUS_PENDING);
  fixture_account_wait_empty_outbox (journey->account);
}

static gboolean
was_refused (Journey *journey)
{
  return journey->refused != NULL;
}

static void
use_up_requests (Journey *journey)
{
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (LinkageOperation) kept = NULL;
  g_autoptr (GError) error = NULL;

  advance (journey, DAYS_31);
  fixture_account_wait_status (journey->account, SUGGESTED, LINKAGE_STATUS_EXPIRED);
  connection = fixture_account_find (journey->account, SUGGESTED);
  g_assert_cmpuint (connection->requests_used, ==, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_NONE);

  operation = fixture_account_press (journey->account, LINKAGE_OPERATION_RESEND, SUGGESTED);
  linkage_account_send_now (journey->account, operation->key);
  FIXTURE_WAIT (was_refused, journey);
  g_assert_cmpstr (journey->refused->key, ==, operation->key);
  g_assert_cmpstr (journey->refused->refusal_type, ==, "no-requests-left");

  kept = fixture_account_get_operation (journey->account);
  g_assert_cmpint (kept->state, ==, LINKAGE_OPERATION_REFUSED);
  fixture_account_undo (journey->account, operation->key, &error);
  g_assert_no_error (error);
  fixture_account_wait_empty_outbox (journey->account);
}

static char *
verify (Journey *journey, const char *customer_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageVerification) verification = linkage_verification_new ();
  char *session;

  linkage_account_verify_async (journey->account, LINKAGE_ACTIONS_REQUEST, customer_id, verification, NULL,
                                fixture_keep_result, &result);
  fixture_wait_result (&result);
  session = linkage_account_verify_finish (journey->account, result, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (linkage_verification_get_fraction (verification), ==, 1.0);
  g_assert_null (linkage_verification_get_page (verification));

  return session;
}

/* A page of what was found is read as often as one likes. */
static void
assert_read_again (Journey *journey, const LinkageSearch *found)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageSearch) page = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_read_search_async (journey->account, found->id, 0, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  page = linkage_account_read_search_finish (journey->account, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->name, ==, found->name);
  g_assert_cmpuint (page->results->len, ==, found->results->len);
}

static void
request_after_search (Journey *journey)
{
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  LinkageSearchResult *result;
  LinkageAttempt *attempt;
  gboolean counted = FALSE;

  found = search (journey, "Quillhaven", FALSE, &counted, &error);
  g_assert_no_error (error);
  g_assert_true (counted);
  assert_read_again (journey, found);
  assert_searches_left (journey, LINKAGE_RULES_SEARCHES_PER_ACCOUNT - 1);
  g_assert_cmpuint (found->results->len, ==, 1);
  result = g_ptr_array_index (found->results, 0);
  g_assert_cmpstr (result->customer->id, ==, SEARCHED);
  g_assert_cmpint (result->actions, ==, LINKAGE_ACTIONS_REQUEST);

  operation = linkage_operation_new (LINKAGE_OPERATION_REQUEST, SEARCHED, result->customer->name);
  operation->contact_email = g_strdup ("buyer@quillhaven.example");
  operation->confirmed = TRUE;
  operation->challenge_session = verify (journey, SEARCHED);
  entry = fixture_account_submit (journey->account, operation);
  g_assert_cmpint (entry->not_before, <=, g_get_real_time () / G_USEC_PER_SEC);
  fixture_account_wait_status (journey->account, SEARCHED, LINKAGE_STATUS_PENDING);
  fixture_account_wait_empty_outbox (journey->account);

  connection = fixture_account_find (journey->account, SEARCHED);
  attempt = linkage_connection_get_latest_attempt (connection);
  g_assert_cmpstr (attempt->contact_email, ==, "buyer@quillhaven.example");
}

static void
use_up_searches (Journey *journey)
{
  const char *const names[] = { "Larkmoor", "Pebblewick", "nobody has this name", "みずうみ" };
  g_autoptr (LinkageSearch) again = NULL;
  g_autoptr (LinkageSearch) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *known = NULL;
  gboolean counted = TRUE;

  known = linkage_account_find_search (journey->account, "  QUILLHAVEN ");
  g_assert_nonnull (known);
  again = search (journey, "quillhaven", FALSE, &counted, &error);
  g_assert_no_error (error);
  g_assert_false (counted);
  g_assert_cmpstr (again->id, ==, known);
  g_assert_cmpint (((LinkageSearchResult *)g_ptr_array_index (again->results, 0))->state, ==,
                   LINKAGE_SEARCH_STATE_PENDING);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LinkageSearch) found = search (journey, names[i], FALSE, &counted, &error);

      g_assert_no_error (error);
      g_assert_nonnull (found);
      g_assert_true (counted);
      assert_searches_left (journey, LINKAGE_RULES_SEARCHES_PER_ACCOUNT - 2 - i);
    }

  refused = search (journey, "one more", FALSE, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT);
  g_assert_cmpstr (linkage_account_error_get_refusal (error), ==, "no-searches-left");
  g_assert_nonnull (linkage_account_error_get_detail (error));
}

static void
test_admin (void)
{
  Journey journey = { NULL };

  begin (&journey, FALSE);
  g_assert_cmpint (linkage_account_get_features (journey.account) & LINKAGE_ACCOUNT_FEATURES_SANDBOX, !=, 0);
  fixture_account_wait_state (journey.account, LINKAGE_ACCOUNT_STATE_READY);
  g_assert_true (linkage_account_get_has_content (journey.account));
  g_assert_cmpint (linkage_account_get_updated_at (journey.account), >, 0);
  g_assert_null (linkage_account_get_last_error (journey.account));
  assert_searches_left (&journey, LINKAGE_RULES_SEARCHES_PER_ACCOUNT);

  connect_with_undo (&journey);
  expire_and_resend (&journey);
  expire_and_resend (&journey);
  use_up_requests (&journey);
  request_after_search (&journey);
  use_up_searches (&journey);
  end (&journey);
}

static LinkageConnection *
connect_and_answer (Journey *journey, const char *customer_id, const char *answer, const char *comment)
{
  g_autoptr (LinkageOperation) operation =
    fixture_account_press (journey->account, LINKAGE_OPERATION_CONNECT, customer_id);

  linkage_account_send_now (journey->account, operation->key);
  fixture_account_wait_status (journey->account, customer_id, LINKAGE_STATUS_PENDING);
  fixture_account_wait_empty_outbox (journey->account);
  fixture_customer_answer (journey->account, operation->connection_id, answer, comment);
  fixture_account_wait_status (journey->account, customer_id,
                               comment == NULL ? LINKAGE_STATUS_APPROVED : LINKAGE_STATUS_REJECTED);

  return fixture_account_find (journey->account, customer_id);
}

/* The customers answer on their own pages; nobody asks for the answers. */
static void
test_answers (void)
{
  Journey journey = { NULL };
  g_autoptr (LinkageConnection) approved = NULL;
  g_autoptr (LinkageConnection) rejected = NULL;

  begin (&journey, FALSE);
  fixture_account_wait_state (journey.account, LINKAGE_ACCOUNT_STATE_READY);
  approved = connect_and_answer (&journey, APPROVING, "approve", NULL);
  g_assert_cmpuint (approved->customer->entries->len, >, 0);
  rejected = connect_and_answer (&journey, REJECTING, "reject", "Not this year, sorry");
  g_assert_cmpstr (linkage_connection_get_latest_attempt (rejected)->comment, ==, "Not this year, sorry");
  g_assert_true (rejected->was_rejected);
  end (&journey);
}

static void
test_user (void)
{
  Journey journey = { NULL };
  g_autoptr (LinkageAccountInfo) info = NULL;

  begin (&journey, TRUE);
  fixture_account_wait_state (journey.account, LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED);
  info = linkage_account_get_info (journey.account);
  g_assert_nonnull (info);
  g_assert_false (info->is_admin);
  g_assert_nonnull (info->user_name);
  g_assert_false (linkage_account_get_has_content (journey.account));
  g_assert_error (linkage_account_get_last_error (journey.account), LINKAGE_ACCOUNT_ERROR,
                  LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED);
  end (&journey);
}

static void
test_reset (void)
{
  Journey journey = { NULL };
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) link_result = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  begin (&journey, FALSE);
  fixture_account_wait_state (journey.account, LINKAGE_ACCOUNT_STATE_READY);
  operation = fixture_account_press (journey.account, LINKAGE_OPERATION_CONNECT, SUGGESTED);
  linkage_account_send_now (journey.account, operation->key);
  fixture_account_wait_status (journey.account, SUGGESTED, LINKAGE_STATUS_PENDING);

  linkage_account_sandbox_reset_async (journey.account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_reset_finish (journey.account, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture_account_wait_status (journey.account, SUGGESTED, LINKAGE_STATUS_SUGGESTED);

  linkage_account_sandbox_customer_link_async (journey.account, NULL, fixture_keep_result, &link_result);
  fixture_wait_result (&link_result);
  link = linkage_account_sandbox_customer_link_finish (journey.account, link_result, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (link, "http://127.0.0.1:"));
  g_clear_object (&link_result);
  end (&journey);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/journey/admin", test_admin);
  g_test_add_func ("/sync/journey/answers", test_answers);
  g_test_add_func ("/sync/journey/user", test_user);
  g_test_add_func ("/sync/journey/reset", test_reset);

  return g_test_run ();
}
