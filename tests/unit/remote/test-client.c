/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client asks, and that each function gives its value. */

#include <string.h>

#include "linkage-client.h"
#include "sample-replies.h"
#include "scripted-portal.h"
#include "waiting.h"

typedef struct
{
  ScriptedPortal *portal;
  LinkageClient *client;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *api = NULL;

  fixture->portal = scripted_portal_new (NULL);
  api = g_strconcat (fixture->portal->address, "/api/v1", NULL);
  fixture->client = linkage_client_new (NULL, api, "acc/1", "secret");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->client);
  scripted_portal_free (fixture->portal);
}

static void
wait_for_result (Fixture *fixture)
{
  WAIT_UNTIL (fixture->result != NULL);
}

static const char *
get_asked_header (Fixture *fixture, const char *name)
{
  return soup_message_headers_get_one (fixture->portal->asked_headers, name);
}

static void
assert_asked (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_assert_cmpstr (fixture->portal->method, ==, method);
  g_assert_cmpstr (fixture->portal->path, ==, path);
  g_assert_cmpstr (fixture->portal->asked_body, ==, body);
  g_assert_cmpstr (get_asked_header (fixture, "Authorization"), ==, "Bearer secret");
  if (*body != '\0')
    g_assert_cmpstr (get_asked_header (fixture, "Content-Type"), ==, "application/json");
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", "[]");
  linkage_client_set_token (fixture->client, "another");
  linkage_client_list_accounts_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  accounts = linkage_client_list_accounts_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 0);

  g_assert_cmpstr (get_asked_header (fixture, "Authorization"), ==, "Bearer another");
  g_assert_true (g_str_has_prefix (get_asked_header (fixture, "User-Agent"), "Linkage/"));
  g_assert_true (g_str_has_prefix (get_asked_header (fixture, "Accept"), "application/json"));
  g_assert_nonnull (get_asked_header (fixture, "Accept-Language"));
  g_assert_null (get_asked_header (fixture, "Idempotency-Key"));
  g_assert_null (get_asked_header (fixture, "Challenge-Session"));
}

/* What a person pasted may be anything. */
static void
test_impossible_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  linkage_client_set_token (fixture->client, "secret\r\nHost: example.com");
  linkage_client_list_accounts_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  g_assert_null (linkage_client_list_accounts_finish (fixture->client, fixture->result, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 0);
}

/* Whoever asks for a log of the calls gets one without the token and without bodies. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;

  if (!g_test_subprocess ())
    {
      g_setenv ("LINKAGE_DEBUG", "http", TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_unsetenv ("LINKAGE_DEBUG");
      g_test_trap_assert_passed ();
      g_test_trap_assert_stderr ("*GET /api/v1/accounts*Authorization: (hidden)*");
      g_test_trap_assert_stderr_unmatched ("*secret*");
      g_test_trap_assert_stderr_unmatched ("*Northwind*");
      g_test_trap_assert_stdout_unmatched ("*secret*");
      return;
    }

  scripted_portal_answer (fixture->portal, 200, "application/json", "[" SAMPLE_ACCOUNT "]");
  linkage_client_list_accounts_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  accounts = linkage_client_list_accounts_finish (fixture->client, fixture->result, NULL);
  g_assert_nonnull (accounts);
}

static void
test_list_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", "[" SAMPLE_ACCOUNT "]");
  linkage_client_list_accounts_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  accounts = linkage_client_list_accounts_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 1);
  assert_asked (fixture, "GET", "/api/v1/accounts", "");
}

static void
test_get_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", SAMPLE_CHANGES);
  linkage_client_get_changes_async (fixture->client, "s1&=+ \xc3\xa9", 500, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  changes = linkage_client_get_changes_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changes->old_state, ==, "s1");
  g_assert_cmpstr (changes->new_state, ==, "s2");
  g_assert_true (changes->has_more);
  g_assert_cmpuint (changes->total, ==, 12);
  g_assert_cmpuint (changes->changed->len, ==, 1);
  g_assert_cmpuint (changes->removed->len, ==, 1);
  g_assert_cmpint (((LinkageTombstone *)g_ptr_array_index (changes->removed, 0))->revision, ==, 8);
  g_assert_cmpstr (changes->account->id, ==, "acc/1");
  assert_asked (fixture, "GET", "/api/v1/accounts/acc%2F1/changes?limit=500&since=s1%26%3D%2B%20%C3%A9", "");
}

static void
test_get_changes_from_beginning (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", SAMPLE_CHANGES);
  linkage_client_get_changes_async (fixture->client, NULL, 1, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  changes = linkage_client_get_changes_finish (fixture->client, fixture->result, NULL);
  g_assert_nonnull (changes);
  assert_asked (fixture, "GET", "/api/v1/accounts/acc%2F1/changes?limit=1", "");
}

static void
test_get_connection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json; charset=utf-8", SAMPLE_CONNECTION);
  linkage_client_get_connection_async (fixture->client, "../con", NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  connection = linkage_client_get_connection_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (connection->id, ==, "con-1");
  assert_asked (fixture, "GET", "/api/v1/accounts/acc%2F1/connections/..%2Fcon", "");
}

static LinkageOperation *
make_operation (LinkageOperationKind kind)
{
  LinkageOperation *operation = linkage_operation_new (kind, "cus-1", "Harbour Foods");

  g_free (operation->key);
  operation->key = g_strdup ("b0c6f0a4-1d2e-4f7e-9a55-0d8c5f1f2e11");
  if (kind != LINKAGE_OPERATION_REQUEST)
    operation->connection_id = g_strdup ("con-1");

  return operation;
}

static void
send_operation (Fixture *fixture, LinkageOperation *operation, guint status)
{
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, status, "application/json", SAMPLE_WRITTEN);
  linkage_client_send_async (fixture->client, operation, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  connection = linkage_client_send_finish (fixture->client, fixture->result, &account, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (connection->id, ==, "con-1");
  g_assert_cmpstr (account->id, ==, "acc/1");
  g_assert_cmpstr (get_asked_header (fixture, "Idempotency-Key"), ==, "\"b0c6f0a4-1d2e-4f7e-9a55-0d8c5f1f2e11\"");
}

static void
test_connect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation (LINKAGE_OPERATION_CONNECT);

  send_operation (fixture, operation, 200);
  assert_asked (fixture, "PUT", "/api/v1/accounts/acc%2F1/connections/con-1/connect", "");
  g_assert_null (get_asked_header (fixture, "Challenge-Session"));
}

static void
test_resend_suggestion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation (LINKAGE_OPERATION_RESEND);

  send_operation (fixture, operation, 200);
  assert_asked (fixture, "PUT", "/api/v1/accounts/acc%2F1/connections/con-1/resend", "");
}

static void
test_resend_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation (LINKAGE_OPERATION_RESEND);

  operation->contact_email = g_strdup ("buyer@example.com");
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup ("cha-1");
  send_operation (fixture, operation, 200);
  assert_asked (fixture, "PUT", "/api/v1/accounts/acc%2F1/connections/con-1/resend",
                "{\"contact-email\":\"buyer@example.com\",\"confirmed\":true}");
  g_assert_cmpstr (get_asked_header (fixture, "Challenge-Session"), ==, "cha-1");
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation (LINKAGE_OPERATION_REQUEST);

  operation->contact_email = g_strdup ("buyer@example.com");
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup ("cha-1");
  send_operation (fixture, operation, 201);
  assert_asked (fixture, "POST", "/api/v1/accounts/acc%2F1/requests",
                "{\"customer-id\":\"cus-1\",\"contact-email\":\"buyer@example.com\",\"confirmed\":true}");
  g_assert_cmpstr (get_asked_header (fixture, "Challenge-Session"), ==, "cha-1");
}

static void
test_create_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) search = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 201, "application/json", SAMPLE_SEARCH_CREATED);
  linkage_client_create_search_async (fixture->client, "key-1", "\"harbour\"", NULL, waiting_on_ready,
                                      &fixture->result);
  wait_for_result (fixture);
  search = linkage_client_create_search_finish (fixture->client, fixture->result, &account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (search->results->len, ==, 1);
  g_assert_cmpuint (linkage_account_info_get_searches_left (account), ==, 3);
  assert_asked (fixture, "POST", "/api/v1/accounts/acc%2F1/searches", "{\"name\":\"\\\"harbour\\\"\"}");
  g_assert_cmpstr (get_asked_header (fixture, "Idempotency-Key"), ==, "\"key-1\"");
}

static void
test_get_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSearch) search = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", SAMPLE_SEARCH);
  linkage_client_get_search_async (fixture->client, "sea-1", 50, 25, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  search = linkage_client_get_search_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (search->id, ==, "sea-1");
  assert_asked (fixture, "GET", "/api/v1/accounts/acc%2F1/searches/sea-1?offset=50&limit=25", "");
}

static void
test_create_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 201, "application/json", SAMPLE_CHALLENGE);
  linkage_client_create_challenge_async (fixture->client, LINKAGE_ACTIONS_RESEND, "cus-1", NULL, waiting_on_ready,
                                         &fixture->result);
  wait_for_result (fixture);
  challenge = linkage_client_create_challenge_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (challenge->proof_of_work->max_number, ==, 2000);
  assert_asked (fixture, "POST", "/api/v1/accounts/acc%2F1/challenges",
                "{\"action\":\"resend\",\"customer-id\":\"cus-1\"}");
}

static void
test_get_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", SAMPLE_CHALLENGE);
  linkage_client_get_challenge_async (fixture->client, "cha-1", NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  challenge = linkage_client_get_challenge_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (challenge->status, ==, LINKAGE_CHALLENGE_PENDING);
  assert_asked (fixture, "GET", "/api/v1/accounts/acc%2F1/challenges/cha-1", "");
}

static void
test_solve_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", SAMPLE_CHALLENGE);
  linkage_client_solve_challenge_async (fixture->client, "cha-1", "cGF5bG9hZA==", NULL, waiting_on_ready,
                                        &fixture->result);
  wait_for_result (fixture);
  challenge = linkage_client_solve_challenge_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  assert_asked (fixture, "PUT", "/api/v1/accounts/acc%2F1/challenges/cha-1/solution", "{\"payload\":\"cGF5bG9hZA==\"}");
}

static void
test_sandbox_advance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 200, "application/json", "{\"now\": \"2026-01-01T00:00:00+00:00\"}");
  linkage_client_sandbox_advance_async (fixture->client, 2678400, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  g_assert_true (linkage_client_sandbox_advance_finish (fixture->client, fixture->result, &error));
  g_assert_no_error (error);
  assert_asked (fixture, "POST", "/sandbox/clock", "{\"advance-seconds\":2678400}");
}

static void
test_sandbox_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 204, NULL, NULL);
  linkage_client_sandbox_reset_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  g_assert_true (linkage_client_sandbox_reset_finish (fixture->client, fixture->result, &error));
  g_assert_no_error (error);
  assert_asked (fixture, "POST", "/sandbox/reset", "");
}

static void
test_sandbox_customer_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (fixture->portal, 201, "application/json", SAMPLE_LINK);
  linkage_client_sandbox_customer_link_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  link = linkage_client_sandbox_customer_link_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (link, ==, "http://127.0.0.1:8080/customer?code=1");
  assert_asked (fixture, "POST", "/sandbox/customer-link", "");
}

static void
ask_at (Fixture *fixture, gint64 portal_offset)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) there = g_date_time_add_seconds (now, portal_offset);
  g_autofree char *date = soup_date_time_to_string (there, SOUP_DATE_HTTP);

  scripted_portal_answer (fixture->portal, 200, "application/json", "[]");
  soup_message_headers_append (fixture->portal->headers, "Date", date);
  linkage_client_list_accounts_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  accounts = linkage_client_list_accounts_finish (fixture->client, fixture->result, NULL);
  g_assert_nonnull (accounts);
  g_clear_object (&fixture->result);
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  gint64 month = 31 * 24 * 60 * 60;
  gboolean has = TRUE;

  g_assert_cmpint (linkage_client_get_clock_offset (fixture->client, &has), ==, 0);
  g_assert_false (has);
  ask_at (fixture, month);
  g_assert_cmpint (ABS (linkage_client_get_clock_offset (fixture->client, &has) - month), <=, 1);
  g_assert_true (has);
  ask_at (fixture, -month);
  g_assert_cmpint (ABS (linkage_client_get_clock_offset (fixture->client, NULL) + month), <=, 1);
  ask_at (fixture, 0);
  g_assert_cmpint (linkage_client_get_clock_offset (fixture->client, NULL), ==, 0);
}

static void
test_check_address (void)
{
  static const struct
  {
    const char *typed;
    const char *address;
    LinkageRemoteError code;
  } cases[] = {
    { "https://portal.example.com", "https://portal.example.com", 0 },
    { "  portal.example.com/ \n", "https://portal.example.com", 0 },
    { "portal.example.com:8443/login?next=1#top", "https://portal.example.com:8443", 0 },
    { "HTTPS://Portal.Example.com/", "https://portal.example.com", 0 },
    { "https://b\xc3\xbc"
      "cher.example",
      "https://xn--bcher-kva.example", 0 },
    { "http://127.0.0.1:8080/", "http://127.0.0.1:8080", 0 },
    { "http://127.9.8.7", "http://127.9.8.7", 0 },
    { "http://[::1]:8080", "http://[::1]:8080", 0 },
    { "http://localhost:8080", "http://localhost:8080", 0 },
    { "localhost:8080", "http://localhost:8080", 0 },
    { "127.0.0.1:8080", "http://127.0.0.1:8080", 0 },
    { "https://localhost", "https://localhost", 0 },
    { "http://portal.example.com", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "http://localhost.example.com", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "http://127.0.0.1.example.com", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "http://192.168.0.1", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "http://[::2]", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "http://0.0.0.0", NULL, LINKAGE_REMOTE_ERROR_INSECURE },
    { "", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "https://", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "file:///etc/passwd", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "ftp://portal.example.com", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "https://user:word@portal.example.com", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "user@portal.example.com", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "my portal", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "https://portal.example.com:99999", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
    { "javascript:alert(1)", NULL, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = linkage_client_check_address (cases[i].typed, &error);

      g_assert_cmpstr (address, ==, cases[i].address);
      if (cases[i].address == NULL)
        g_assert_error (error, LINKAGE_REMOTE_ERROR, (int)cases[i].code);
      else
        g_assert_no_error (error);
    }
}

static LinkageDiscovery *
discover (const char *address, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_client_discover_async (NULL, address, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_client_discover_finish (result, error);
}

static void
answer_discovery (ScriptedPortal *portal, const char *api)
{
  g_autofree char *body =
    g_strdup_printf ("{\"version\": \"1\", \"name\": \"Example portal\", \"issuer\": \"%s\","
                     " \"client-id\": \"linkage\", \"api\": \"%s\", \"sandbox\": true, \"challenge-providers\": []}",
                     portal->address, api);

  scripted_portal_answer (portal, 200, "application/json", body);
}

static void
test_discover (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autofree char *api = g_strconcat (portal->address, "/api/v1", NULL);
  g_autofree char *typed = g_strconcat (portal->address, "/some/page", NULL);
  g_autoptr (LinkageDiscovery) discovery = NULL;
  g_autoptr (GError) error = NULL;

  answer_discovery (portal, api);
  discovery = discover (typed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (discovery->name, ==, "Example portal");
  g_assert_cmpstr (discovery->api, ==, api);
  g_assert_true (discovery->sandbox);
  g_assert_cmpstr (portal->path, ==, "/.well-known/linkage-portal");
  g_assert_null (soup_message_headers_get_one (portal->asked_headers, "Authorization"));
}

static void
assert_not_discovered (const char *address, LinkageRemoteError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (discover (address, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, (int)code);
}

static void
test_discover_no_portal (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);

  scripted_portal_answer (portal, 200, "text/html", "<!DOCTYPE html>");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  scripted_portal_answer (portal, 200, "application/json", "{}");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  scripted_portal_answer (portal, 404, "text/html", "<p>Not found</p>");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  scripted_portal_answer (portal, 401, NULL, NULL);
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  scripted_portal_answer (portal, 500, NULL, NULL);
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_SERVER);
  scripted_portal_answer (portal, 503, NULL, NULL);
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_TRY_LATER);
  assert_not_discovered ("http://portal.example.com", LINKAGE_REMOTE_ERROR_INSECURE);
  assert_not_discovered ("my portal", LINKAGE_REMOTE_ERROR_INVALID_ADDRESS);
}

static void
test_discover_elsewhere (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);

  answer_discovery (portal, "https://other.example.com/api/v1");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  answer_discovery (portal, "http://127.0.0.1:1/api/v1");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL);
  answer_discovery (portal, "http://other.example.com/api/v1");
  assert_not_discovered (portal->address, LINKAGE_REMOTE_ERROR_INSECURE);
}

#define ADD(name, function) g_test_add ("/client/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("headers", test_headers);
  ADD ("impossible-token", test_impossible_token);
  ADD ("log", test_log);
  ADD ("list-accounts", test_list_accounts);
  ADD ("get-changes", test_get_changes);
  ADD ("get-changes-from-beginning", test_get_changes_from_beginning);
  ADD ("get-connection", test_get_connection);
  ADD ("connect", test_connect);
  ADD ("resend-suggestion", test_resend_suggestion);
  ADD ("resend-search", test_resend_search);
  ADD ("request", test_request);
  ADD ("create-search", test_create_search);
  ADD ("get-search", test_get_search);
  ADD ("create-challenge", test_create_challenge);
  ADD ("get-challenge", test_get_challenge);
  ADD ("solve-challenge", test_solve_challenge);
  ADD ("sandbox-advance", test_sandbox_advance);
  ADD ("sandbox-reset", test_sandbox_reset);
  ADD ("sandbox-customer-link", test_sandbox_customer_link);
  ADD ("clock", test_clock);
  g_test_add_func ("/client/check-address", test_check_address);
  g_test_add_func ("/client/discover", test_discover);
  g_test_add_func ("/client/discover-no-portal", test_discover_no_portal);
  g_test_add_func ("/client/discover-elsewhere", test_discover_elsewhere);

  return g_test_run ();
}
