/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every function of the client and the event stream with the bundled portal, a process of its own. */

#include <gio/gio.h>

#include "bundled-portal.h"
#include "linkage-client.h"
#include "linkage-event-stream.h"
#include "waiting.h"

#define PAGE 7
#define DAY (24 * 60 * 60)

typedef struct
{
  BundledPortal portal;
  LinkageDiscovery *discovery;
  LinkageClient *client;
} Fixture;

static LinkageClient *
make_client (Fixture *fixture, const char *token)
{
  g_autoptr (LinkageClient) client = linkage_client_new (NULL, fixture->discovery->api, NULL, token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccountInfo *account;

  linkage_client_list_accounts_async (client, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  accounts = linkage_client_list_accounts_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, >=, 1);
  account = g_ptr_array_index (accounts, 0);

  return linkage_client_new (NULL, fixture->discovery->api, account->id, token);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bundled_portal_start (&fixture->portal);
  linkage_client_discover_async (NULL, fixture->portal.greeting->address, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  fixture->discovery = linkage_client_discover_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (fixture->discovery->sandbox);
  fixture->client = make_client (fixture, fixture->portal.greeting->admin_token);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  linkage_discovery_free (fixture->discovery);
  bundled_portal_stop (&fixture->portal);
}

static LinkageChanges *
get_changes (LinkageClient *client, const char *since, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_client_get_changes_async (client, since, PAGE, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_client_get_changes_finish (client, result, error);
}

/* All rows, and the state they are of. */
static GPtrArray *
read_all (LinkageClient *client, char **state)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  gboolean has_more = TRUE;

  g_clear_pointer (state, g_free);
  while (has_more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LinkageChanges) changes = get_changes (client, *state, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (changes->old_state, ==, *state);
      g_assert_true (changes->account->is_admin);
      for (guint i = 0; i < changes->changed->len; i++)
        g_ptr_array_add (rows, linkage_connection_ref (g_ptr_array_index (changes->changed, i)));
      g_free (*state);
      *state = g_strdup (changes->new_state);
      has_more = changes->has_more;
      g_assert_true (has_more || changes->total <= rows->len);
    }

  return g_steal_pointer (&rows);
}

static LinkageConnection *
find_row (GPtrArray *rows, LinkageActions action, LinkageOrigin origin)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LinkageConnection *row = g_ptr_array_index (rows, i);

      if ((row->actions & action) != 0 && row->origin == origin)
        return row;
    }

  return NULL;
}

static LinkageConnection *
send_operation (LinkageClient *client, LinkageOperation *operation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  LinkageConnection *connection;

  linkage_client_send_async (client, operation, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  connection = linkage_client_send_finish (client, result, &account, error);
  g_assert_cmpint (connection != NULL, ==, account != NULL);

  return connection;
}

static LinkageOperation *
make_operation (LinkageOperationKind kind, const LinkageCustomer *customer, const char *connection_id)
{
  LinkageOperation *operation = linkage_operation_new (kind, customer->id, customer->name);

  operation->connection_id = g_strdup (connection_id);

  return operation;
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GPtrArray) rows = read_all (fixture->client, &state);
  g_autoptr (LinkageChanges) none = get_changes (fixture->client, state, NULL);
  LinkageConnection *row = g_ptr_array_index (rows, 0);
  g_autoptr (LinkageConnection) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_clock;

  g_assert_cmpuint (rows->len, >, 2 * PAGE);
  g_assert_cmpuint (none->changed->len, ==, 0);
  g_assert_false (none->has_more);

  linkage_client_get_connection_async (fixture->client, row->id, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  again = linkage_client_get_connection_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, row->id);
  g_assert_cmpint (again->revision, >=, row->revision);
  g_assert_cmpint (ABS (linkage_client_get_clock_offset (fixture->client, &has_clock)), <, 60);
  g_assert_true (has_clock);
}

static void
test_connect (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GPtrArray) rows = read_all (fixture->client, &state);
  LinkageConnection *suggestion = find_row (rows, LINKAGE_ACTIONS_CONNECT, LINKAGE_ORIGIN_SUGGESTION);
  g_autoptr (LinkageOperation) operation =
    make_operation (LINKAGE_OPERATION_CONNECT, suggestion->customer, suggestion->id);
  g_autoptr (LinkageOperation) second_press =
    make_operation (LINKAGE_OPERATION_CONNECT, suggestion->customer, suggestion->id);
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (LinkageConnection) replayed = NULL;
  g_autoptr (GError) error = NULL;
  const LinkageProblem *problem;

  row = send_operation (fixture->client, operation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (row->revision, >, suggestion->revision);
  replayed = send_operation (fixture->client, operation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (replayed->revision, ==, row->revision);

  g_assert_null (send_operation (fixture->client, second_press, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED);
  problem = linkage_remote_error_get_problem (error);
  g_assert_cmpstr (problem->type, ==, "already-pending");
  g_assert_cmpstr (problem->connection->id, ==, row->id);
}

static LinkageChallenge *
create_challenge (LinkageClient *client, LinkageActions action, const char *customer_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageChallenge *challenge;

  linkage_client_create_challenge_async (client, action, customer_id, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  challenge = linkage_client_create_challenge_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (challenge->action, ==, action);
  g_assert_cmpint (challenge->status, ==, LINKAGE_CHALLENGE_PENDING);

  return challenge;
}

static LinkageChallenge *
solve (LinkageClient *client, const char *challenge_id, const char *payload, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_client_solve_challenge_async (client, challenge_id, payload, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_client_solve_challenge_finish (client, result, error);
}

/* A verification that was passed. */
static char *
verify (LinkageClient *client, LinkageActions action, const char *customer_id)
{
  g_autoptr (LinkageChallenge) challenge = create_challenge (client, action, customer_id);
  g_autoptr (LinkageChallenge) solved = NULL;
  g_autoptr (LinkageChallenge) passed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *payload = linkage_proof_of_work_solve (challenge->proof_of_work, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  solved = solve (client, challenge->id, payload, &error);
  g_assert_no_error (error);
  g_assert_cmpint (solved->status, ==, LINKAGE_CHALLENGE_PASSED);

  linkage_client_get_challenge_async (client, challenge->id, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  passed = linkage_client_get_challenge_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (passed->status, ==, LINKAGE_CHALLENGE_PASSED);

  return g_strdup (challenge->id);
}

static LinkageSearch *
search (LinkageClient *client, const char *name, LinkageAccountInfo **account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *key = g_uuid_string_random ();

  linkage_client_create_search_async (client, key, name, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_client_create_search_finish (client, result, account, error);
}

static LinkageSearchResult *
find_result (LinkageSearch *found, LinkageActions action)
{
  for (guint i = 0; i < found->results->len; i++)
    {
      LinkageSearchResult *result = g_ptr_array_index (found->results, i);

      if ((result->actions & action) != 0)
        return result;
    }

  return NULL;
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (LinkageSearch) again = NULL;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageSearchResult *available;

  found = search (fixture->client, "a", &account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (account->searches_used, ==, 1);
  available = find_result (found, LINKAGE_ACTIONS_REQUEST);
  g_assert_nonnull (available);

  operation = make_operation (LINKAGE_OPERATION_REQUEST, available->customer, NULL);
  operation->contact_email = g_strdup ("buyer@example.com");
  operation->confirmed = TRUE;
  g_assert_null (send_operation (fixture->client, operation, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_CHALLENGE);
  g_clear_error (&error);

  operation->challenge_session = verify (fixture->client, LINKAGE_ACTIONS_REQUEST, available->customer->id);
  row = send_operation (fixture->client, operation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (row->origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpstr (linkage_connection_get_latest_attempt (row)->contact_email, ==, "buyer@example.com");

  linkage_client_get_search_async (fixture->client, found->id, 0, 50, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  again = linkage_client_get_search_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->total, ==, found->total);
}

static void
test_wrong_solution (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) found = search (fixture->client, "a", NULL, NULL);
  LinkageSearchResult *available = find_result (found, LINKAGE_ACTIONS_REQUEST);
  g_autoptr (LinkageChallenge) challenge =
    create_challenge (fixture->client, LINKAGE_ACTIONS_REQUEST, available->customer->id);
  g_autoptr (GError) error = NULL;

  g_assert_null (solve (fixture->client, challenge->id, "bm8gc29sdXRpb24=", &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_CHALLENGE);
}

static void
test_invalid_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) found = search (fixture->client, "a", NULL, NULL);
  LinkageSearchResult *available = find_result (found, LINKAGE_ACTIONS_REQUEST);
  g_autoptr (LinkageOperation) operation = make_operation (LINKAGE_OPERATION_REQUEST, available->customer, NULL);
  g_autoptr (GError) error = NULL;

  operation->contact_email = g_strdup ("nobody");
  operation->confirmed = TRUE;
  g_assert_null (send_operation (fixture->client, operation, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_FIELDS);
  g_assert_cmpuint (linkage_remote_error_get_problem (error)->fields->len, >=, 1);
}

static void
test_no_searches_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_searches = 0;

  while (error == NULL)
    {
      g_autoptr (LinkageSearch) found = search (fixture->client, "nobody has this name", NULL, &error);

      g_assert_cmpuint (n_searches, <=, 5);
      n_searches++;
    }
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED);
  g_assert_cmpstr (linkage_remote_error_get_problem (error)->type, ==, "no-searches-left");
}

static void
advance (LinkageClient *client, gint64 seconds)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_client_sandbox_advance_async (client, seconds, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (linkage_client_sandbox_advance_finish (client, result, &error));
  g_assert_no_error (error);
}

static void
resend_first (Fixture *fixture, GPtrArray *rows, LinkageOrigin origin)
{
  LinkageConnection *expired = find_row (rows, LINKAGE_ACTIONS_RESEND, origin);
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (expired);
  operation = make_operation (LINKAGE_OPERATION_RESEND, expired->customer, expired->id);
  if (origin == LINKAGE_ORIGIN_SEARCH)
    {
      operation->contact_email = g_strdup ("buyer@example.com");
      operation->confirmed = TRUE;
      operation->challenge_session = verify (fixture->client, LINKAGE_ACTIONS_RESEND, expired->customer->id);
    }
  row = send_operation (fixture->client, operation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpuint (row->requests_used, ==, expired->requests_used + 1);
}

static void
test_resend (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  advance (fixture->client, 31 * DAY);
  g_assert_cmpint (ABS (linkage_client_get_clock_offset (fixture->client, NULL) - 31 * DAY), <, 60);
  rows = read_all (fixture->client, &state);
  resend_first (fixture, rows, LINKAGE_ORIGIN_SUGGESTION);
  resend_first (fixture, rows, LINKAGE_ORIGIN_SEARCH);
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GPtrArray) rows = read_all (fixture->client, &state);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_client_sandbox_reset_async (fixture->client, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (linkage_client_sandbox_reset_finish (fixture->client, result, &error));
  g_assert_no_error (error);
  g_assert_null (get_changes (fixture->client, state, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_STATE_UNUSABLE);
}

static void
test_customer_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;

  linkage_client_sandbox_customer_link_async (fixture->client, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  link = linkage_client_sandbox_customer_link_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (link, fixture->portal.greeting->address));
}

static void
test_rights (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageClient) user = make_client (fixture, fixture->portal.greeting->user_token);
  g_autoptr (GError) error = NULL;

  g_assert_null (get_changes (user, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED);
  g_clear_error (&error);
  linkage_client_set_token (user, "no token");
  g_assert_null (get_changes (user, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
}

static LinkageEventStream *
new_stream (Fixture *fixture, const char *token)
{
  g_autoptr (SoupSession) session = linkage_client_create_session ();
  g_autoptr (LinkageTokenSource) source =
    linkage_token_source_new (session, NULL, NULL, linkage_credentials_new (token, NULL, 0));

  return linkage_event_stream_new (fixture->discovery->api, linkage_client_get_account_id (fixture->client), source);
}

static void
on_state (LinkageEventStream *stream, const char *state, char **place)
{
  g_free (*place);
  *place = g_strdup (state);
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageEventStream) stream = new_stream (fixture, fixture->portal.greeting->admin_token);
  g_autofree char *state = NULL;
  g_autofree char *told = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GPtrArray) rows = read_all (fixture->client, &state);
  g_autoptr (GPtrArray) later = NULL;

  g_signal_connect (stream, "state", G_CALLBACK (on_state), &told);
  linkage_event_stream_start (stream);
  WAIT_UNTIL (told != NULL);
  g_assert_cmpstr (told, ==, state);
  first = g_strdup (told);

  advance (fixture->client, 31 * DAY);
  WAIT_UNTIL (g_strcmp0 (told, first) != 0);
  later = read_all (fixture->client, &state);
  WAIT_UNTIL (g_strcmp0 (told, state) == 0);
  linkage_event_stream_stop (stream);
}

static void
on_refused (LinkageEventStream *stream, const GError *error, GError **place)
{
  *place = g_error_copy (error);
}

static void
test_events_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageEventStream) stream = new_stream (fixture, fixture->portal.greeting->user_token);
  g_autoptr (GError) error = NULL;

  g_signal_connect (stream, "refused", G_CALLBACK (on_refused), &error);
  linkage_event_stream_start (stream);
  WAIT_UNTIL (error != NULL);
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED);
}

#define ADD(name, function) g_test_add ("/bundled-portal/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("changes", test_changes);
  ADD ("connect", test_connect);
  ADD ("request", test_request);
  ADD ("wrong-solution", test_wrong_solution);
  ADD ("invalid-fields", test_invalid_fields);
  ADD ("no-searches-left", test_no_searches_left);
  ADD ("resend", test_resend);
  ADD ("reset", test_reset);
  ADD ("customer-link", test_customer_link);
  ADD ("rights", test_rights);
  ADD ("events", test_events);
  ADD ("events-refused", test_events_refused);

  return g_test_run ();
}
