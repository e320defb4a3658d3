/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-account-info.h"
#include "linkage-challenge.h"
#include "linkage-changes.h"
#include "linkage-connection.h"
#include "linkage-operation.h"
#include "linkage-removed-connection.h"
#include "linkage-search.h"

static LinkageConnection *
make_connection (void)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");

  return linkage_connection_new ("r1", customer);
}

static void
add_attempt (LinkageConnection *connection, const char *contact_email)
{
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = connection->attempts->len + 1;
  attempt->contact_email = g_strdup (contact_email);
  g_ptr_array_add (connection->attempts, attempt);
}

static void
test_status_words (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (LINKAGE_TYPE_STATUS);

  for (LinkageStatus status = LINKAGE_STATUS_UNKNOWN; status <= LINKAGE_STATUS_REJECTED; status++)
    {
      const char *word = linkage_status_to_string (status);

      g_assert_cmpint (linkage_status_from_string (word), ==, status);
      g_assert_cmpstr (g_enum_get_value (klass, (int)status)->value_nick, ==, word);
    }
  g_assert_cmpstr (linkage_status_to_string (LINKAGE_STATUS_APPROVED), ==, "approved");
  g_assert_cmpint (linkage_status_from_string ("on-hold"), ==, LINKAGE_STATUS_UNKNOWN);
  g_assert_cmpint (linkage_status_from_string ("Approved"), ==, LINKAGE_STATUS_UNKNOWN);
  g_assert_cmpint (linkage_status_from_string (NULL), ==, LINKAGE_STATUS_UNKNOWN);
}

static void
test_origin_words (void)
{
  LinkageOrigin origin = LINKAGE_ORIGIN_SUGGESTION;

  g_assert_true (linkage_origin_from_string ("search", &origin));
  g_assert_cmpint (origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_false (linkage_origin_from_string ("import", &origin));
  g_assert_false (linkage_origin_from_string (NULL, &origin));
  g_assert_cmpint (origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_true (linkage_origin_from_string ("suggestion", &origin));
  g_assert_cmpint (origin, ==, LINKAGE_ORIGIN_SUGGESTION);
  g_assert_cmpstr (linkage_origin_to_string (LINKAGE_ORIGIN_SUGGESTION), ==, "suggestion");
  g_assert_cmpstr (linkage_origin_to_string (LINKAGE_ORIGIN_SEARCH), ==, "search");
}

static void
test_action_words (void)
{
  static const LinkageActions actions[] = { LINKAGE_ACTIONS_CONNECT, LINKAGE_ACTIONS_RESEND, LINKAGE_ACTIONS_REQUEST };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_cmpint (linkage_action_from_string (linkage_action_to_string (actions[i])), ==, actions[i]);

  g_assert_cmpint (linkage_action_from_string ("withdraw"), ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (linkage_action_from_string (NULL), ==, LINKAGE_ACTIONS_NONE);
  g_assert_null (linkage_action_to_string (LINKAGE_ACTIONS_NONE));
  g_assert_null (linkage_action_to_string (LINKAGE_ACTIONS_CONNECT | LINKAGE_ACTIONS_RESEND));
}

static void
test_challenge_words (void)
{
  LinkageChallengeStatus read = LINKAGE_CHALLENGE_PENDING;

  for (LinkageChallengeStatus status = LINKAGE_CHALLENGE_PENDING; status <= LINKAGE_CHALLENGE_USED; status++)
    {
      g_assert_true (linkage_challenge_status_from_string (linkage_challenge_status_to_string (status), &read));
      g_assert_cmpint (read, ==, status);
    }
  g_assert_false (linkage_challenge_status_from_string ("solved", &read));
  g_assert_false (linkage_challenge_status_from_string (NULL, &read));
  g_assert_cmpint (read, ==, LINKAGE_CHALLENGE_USED);
}

static void
test_search_state_words (void)
{
  for (LinkageSearchState state = LINKAGE_SEARCH_STATE_UNKNOWN; state <= LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS;
       state++)
    g_assert_cmpint (linkage_search_state_from_string (linkage_search_state_to_string (state)), ==, state);

  g_assert_cmpstr (linkage_search_state_to_string (LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT), ==, "no-requests-left");
  g_assert_cmpint (linkage_search_state_from_string ("busy"), ==, LINKAGE_SEARCH_STATE_UNKNOWN);
  g_assert_cmpint (linkage_search_state_from_string (NULL), ==, LINKAGE_SEARCH_STATE_UNKNOWN);
}

static void
test_operation_words (void)
{
  LinkageOperationKind read = LINKAGE_OPERATION_CONNECT;

  for (LinkageOperationKind kind = LINKAGE_OPERATION_CONNECT; kind <= LINKAGE_OPERATION_REQUEST; kind++)
    {
      g_assert_true (linkage_operation_kind_from_string (linkage_operation_kind_to_string (kind), &read));
      g_assert_cmpint (read, ==, kind);
    }
  g_assert_false (linkage_operation_kind_from_string ("withdraw", &read));
  g_assert_false (linkage_operation_kind_from_string (NULL, &read));
}

static void
test_customer (void)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  g_autoptr (LinkageCustomerEntry) entry = linkage_customer_entry_new ("Contoso GmbH", "4711", "DE", FALSE);

  g_assert_true (customer->accepts_requests);
  g_assert_cmpuint (customer->entries->len, ==, 0);
  g_ptr_array_add (customer->entries, linkage_customer_entry_ref (entry));
  g_ptr_array_add (customer->entries, linkage_customer_entry_new ("Contoso Ltd", NULL, NULL, TRUE));
  g_assert_cmpstr (entry->reference, ==, "4711");
  g_assert_cmpstr (entry->country, ==, "DE");
  g_assert_false (entry->active);
}

static void
test_connection_is_a_bare_suggestion (void)
{
  g_autoptr (LinkageConnection) connection = make_connection ();

  g_assert_cmpstr (connection->id, ==, "r1");
  g_assert_cmpstr (connection->customer->name, ==, "Contoso");
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_SUGGESTED);
  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_null (linkage_connection_get_latest_attempt (connection));
  g_assert_false (linkage_connection_is_system_initiated (connection));
}

static void
test_connection_shows_its_latest_attempt (void)
{
  g_autoptr (LinkageConnection) connection = make_connection ();

  add_attempt (connection, NULL);
  g_assert_true (linkage_connection_is_system_initiated (connection));

  add_attempt (connection, "anna@contoso.example");
  g_assert_cmpuint (linkage_connection_get_latest_attempt (connection)->number, ==, 2);
  g_assert_false (linkage_connection_is_system_initiated (connection));
}

static void
test_account_info (void)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_info_new ("a1", "Fabrikam");

  g_assert_cmpuint (linkage_account_info_get_searches_left (info), ==, 5);
  info->searches_used = 2;
  g_assert_cmpuint (linkage_account_info_get_searches_left (info), ==, 3);
  info->searches_used = 7;
  g_assert_cmpuint (linkage_account_info_get_searches_left (info), ==, 0);
}

static void
test_account_info_copy (void)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_info_new ("a1", "Fabrikam");
  g_autoptr (LinkageAccountInfo) copy = NULL;

  info->merged_into_id = g_strdup ("a2");
  info->merged_into_name = g_strdup ("Contoso");
  copy = linkage_account_info_copy (info);
  g_assert_cmpstr (copy->name, ==, "Fabrikam");
  g_assert_cmpstr (copy->merged_into_id, ==, "a2");
  g_assert_cmpstr (copy->merged_into_name, ==, "Contoso");
}

static void
test_removed_connection (void)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  g_autoptr (LinkageConnection) connection = linkage_connection_new ("one", customer);
  g_autoptr (LinkageRemovedConnection) removed = linkage_removed_connection_new (connection, 1700000000);
  g_autoptr (LinkageRemovedConnection) same = linkage_removed_connection_ref (removed);

  g_assert_true (same->connection == connection);
  g_assert_cmpint (same->removed_at, ==, 1700000000);
}

static void
test_changes (void)
{
  g_autoptr (LinkageChanges) changes = linkage_changes_new ();

  g_assert_cmpuint (changes->changed->len, ==, 0);
  g_assert_cmpuint (changes->removed->len, ==, 0);
  changes->account = linkage_account_info_new ("a1", "Fabrikam");
  changes->new_state = g_strdup ("s2");
  g_ptr_array_add (changes->changed, make_connection ());
  g_ptr_array_add (changes->removed, linkage_tombstone_new ("r0", 9));
}

static void
test_challenge (void)
{
  g_autoptr (LinkageChallenge) challenge = linkage_challenge_new ("s1", LINKAGE_ACTIONS_RESEND, "c1");

  g_assert_cmpstr (challenge->provider, ==, "proof-of-work");
  g_assert_cmpint (challenge->status, ==, LINKAGE_CHALLENGE_PENDING);
  challenge->proof_of_work = linkage_proof_of_work_new ();
}

static void
test_search (void)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  g_autoptr (LinkageSearch) search = linkage_search_new ("q1", " contoso ");
  LinkageSearchResult *result = linkage_search_result_new (customer, LINKAGE_SEARCH_STATE_EXPIRED);

  result->connection_id = g_strdup ("r1");
  g_ptr_array_add (search->results, result);
  g_assert_cmpstr (search->name, ==, " contoso ");
  g_assert_true (result->customer == customer);
}

static void
test_operation_has_a_key_of_its_own (void)
{
  g_autoptr (LinkageOperation) first = linkage_operation_new (LINKAGE_OPERATION_RESEND, "c1", "Contoso");
  g_autoptr (LinkageOperation) second = linkage_operation_new (LINKAGE_OPERATION_RESEND, "c1", "Contoso");

  g_assert_true (g_uuid_string_is_valid (first->key));
  g_assert_cmpstr (first->key, !=, second->key);
  g_assert_cmpint (first->state, ==, LINKAGE_OPERATION_WAITING);
}

static void
test_operation_copy_shares_nothing (void)
{
  g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_REQUEST, "c1", "Contoso");
  g_autoptr (LinkageOperation) copy = NULL;

  operation->contact_email = g_strdup ("anna@contoso.example");
  operation->challenge_session = g_strdup ("s1");
  operation->confirmed = TRUE;
  operation->not_before = 1010;
  operation->tries = 2;
  copy = linkage_operation_copy (operation);
  g_clear_pointer (&operation, linkage_operation_unref);

  g_assert_true (g_uuid_string_is_valid (copy->key));
  g_assert_cmpstr (copy->customer_name, ==, "Contoso");
  g_assert_cmpstr (copy->contact_email, ==, "anna@contoso.example");
  g_assert_cmpstr (copy->challenge_session, ==, "s1");
  g_assert_null (copy->refusal_type);
  g_assert_true (copy->confirmed);
  g_assert_cmpint (copy->not_before, ==, 1010);
  g_assert_cmpuint (copy->tries, ==, 2);
}

/* Pages of changes go from a worker's thread to the main one while both hold them. */
static gpointer
ref_and_unref (gpointer data)
{
  for (guint i = 0; i < 20000; i++)
    linkage_connection_unref (linkage_connection_ref (data));

  return NULL;
}

static void
test_references_cross_threads (void)
{
  g_autoptr (LinkageConnection) connection = make_connection ();
  GThread *thread = g_thread_new ("other", ref_and_unref, connection);

  ref_and_unref (connection);
  g_thread_join (thread);
  g_assert_cmpstr (connection->customer->name, ==, "Contoso");
}

static void
test_boxed_types (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (LinkageConnection) connection = make_connection ();

  g_value_init (&value, LINKAGE_TYPE_CONNECTION);
  g_value_set_boxed (&value, connection);
  g_assert_true (g_value_get_boxed (&value) == connection);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/values/status/words", test_status_words);
  g_test_add_func ("/values/origin/words", test_origin_words);
  g_test_add_func ("/values/actions/words", test_action_words);
  g_test_add_func ("/values/challenge/words", test_challenge_words);
  g_test_add_func ("/values/search/state-words", test_search_state_words);
  g_test_add_func ("/values/operation/words", test_operation_words);
  g_test_add_func ("/values/customer", test_customer);
  g_test_add_func ("/values/connection/bare-suggestion", test_connection_is_a_bare_suggestion);
  g_test_add_func ("/values/connection/latest-attempt", test_connection_shows_its_latest_attempt);
  g_test_add_func ("/values/account-info", test_account_info);
  g_test_add_func ("/values/account-info-copy", test_account_info_copy);
  g_test_add_func ("/values/removed-connection", test_removed_connection);
  g_test_add_func ("/values/changes", test_changes);
  g_test_add_func ("/values/challenge", test_challenge);
  g_test_add_func ("/values/search", test_search);
  g_test_add_func ("/values/operation/key", test_operation_has_a_key_of_its_own);
  g_test_add_func ("/values/operation/copy", test_operation_copy_shares_nothing);
  g_test_add_func ("/values/references-cross-threads", test_references_cross_threads);
  g_test_add_func ("/values/boxed-types", test_boxed_types);

  return g_test_run ();
}
