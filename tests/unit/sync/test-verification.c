/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the program waits while the person is in a browser. */

#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-challenge-waiter.h"
#include "linkage-verifier.h"
#include "scripted-portal.h"

#define PAGE "https://portal.example.com/challenges/cha-1?token=secret"
#define SEARCHED "quillhaven-press"
#define FOREVER 60 /* seconds between two looks: the longest that a portal may say */

typedef struct
{
  ScriptedPortal *portal;            /* (owned) */
  LinkageClient *client;             /* (owned) */
  LinkageVerification *verification; /* (owned) */
  GCancellable *cancellable;         /* (owned) */
  GAsyncResult *result;              /* (owned) (nullable) */
  guint n_expected;
  guint n_not_yet;
} Fixture;

static void
on_not_yet (Fixture *fixture)
{
  fixture->n_not_yet++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *api = NULL;

  fixture->portal = scripted_portal_new (NULL);
  api = g_strconcat (fixture->portal->address, "/api/v1", NULL);
  fixture->client = linkage_client_new (NULL, api, "acc-1", "token");
  fixture->verification = linkage_verification_new ();
  fixture->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (fixture->verification, "not-yet", G_CALLBACK (on_not_yet), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->cancellable);
  g_assert_finalize_object (g_steal_pointer (&fixture->verification));
  g_assert_finalize_object (g_steal_pointer (&fixture->client));
  g_clear_pointer (&fixture->portal, scripted_portal_free);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* interval: 0: none is said, and LINKAGE_HURRY makes the program's own short. */
static void
answer (Fixture *fixture, LinkageChallengeStatus status, guint interval)
{
  g_autoptr (GDateTime) expires_at = g_date_time_new_from_unix_utc (get_now () + 600);
  g_autofree char *time = g_date_time_format_iso8601 (expires_at);
  g_autofree char *member = interval > 0 ? g_strdup_printf (", \"interval\": %u", interval) : g_strdup ("");
  g_autofree char *body =
    g_strdup_printf ("{\"id\": \"cha-1\", \"action\": \"request\", \"customer-id\": \"cus-1\", \"provider\": "
                     "\"hcaptcha\", \"status\": \"%s\", \"expires-at\": \"%s\", \"proof-of-work\": null, "
                     "\"page\": \"" PAGE "\"%s}",
                     linkage_challenge_status_to_string (status), time, member);

  scripted_portal_answer (fixture->portal, 200, "application/json", body);
}

static void
begin (Fixture *fixture, guint interval, gint64 lifetime)
{
  g_autoptr (LinkageChallenge) challenge = linkage_challenge_new ("cha-1", LINKAGE_ACTIONS_REQUEST, "cus-1");

  g_free (challenge->provider);
  challenge->provider = g_strdup ("hcaptcha");
  challenge->page = g_strdup (PAGE);
  challenge->interval = interval;
  challenge->expires_at = get_now () + lifetime;
  linkage_challenge_waiter_wait_async (fixture->client, challenge, fixture->verification, fixture->cancellable,
                                       fixture_keep_result, &fixture->result);
}

static char *
finish (Fixture *fixture, GError **error)
{
  fixture_wait_result (&fixture->result);

  return linkage_challenge_waiter_wait_finish (fixture->client, fixture->result, error);
}

static gboolean
was_asked (Fixture *fixture)
{
  return fixture->portal->n_asked >= fixture->n_expected;
}

static void
wait_until_asked (Fixture *fixture, guint n)
{
  fixture->n_expected = n;
  FIXTURE_WAIT (was_asked, fixture);
}

static void
assert_passed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *session = finish (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (session, ==, "cha-1");
}

static void
assert_run_out (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_VERIFICATION);
}

static void
test_goes_on_by_itself (Fixture *fixture, gconstpointer data)
{
  answer (fixture, LINKAGE_CHALLENGE_PENDING, 0);
  begin (fixture, 0, 600);
  g_assert_cmpstr (linkage_verification_get_page (fixture->verification), ==, PAGE);
  g_assert_cmpstr (linkage_verification_get_provider (fixture->verification), ==, "hcaptcha");

  wait_until_asked (fixture, 3);
  g_assert_cmpstr (fixture->portal->path, ==, "/api/v1/accounts/acc-1/challenges/cha-1");
  answer (fixture, LINKAGE_CHALLENGE_PASSED, 0);
  assert_passed (fixture);
  g_assert_cmpuint (fixture->n_not_yet, ==, 0);
}

static gboolean
was_told (Fixture *fixture)
{
  return fixture->n_not_yet > 0;
}

static void
test_the_person_says_so (Fixture *fixture, gconstpointer data)
{
  answer (fixture, LINKAGE_CHALLENGE_PENDING, FOREVER);
  begin (fixture, FOREVER, 600);
  linkage_verification_check (fixture->verification);
  FIXTURE_WAIT (was_told, fixture);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 1);

  answer (fixture, LINKAGE_CHALLENGE_PASSED, FOREVER);
  linkage_verification_check (fixture->verification);
  linkage_verification_check (fixture->verification);
  assert_passed (fixture);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 2);
}

static void
test_left_alone (Fixture *fixture, gconstpointer data)
{
  soup_message_headers_replace (fixture->portal->headers, "Retry-After", "1");
  scripted_portal_answer (fixture->portal, 503, NULL, NULL);
  begin (fixture, 0, 600);
  wait_until_asked (fixture, 1);
  answer (fixture, LINKAGE_CHALLENGE_PASSED, 0);
  assert_passed (fixture);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 2);
}

static void
test_not_reached (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->portal->server);
  begin (fixture, 0, 2);
  assert_run_out (fixture);
}

static void
test_over (Fixture *fixture, gconstpointer data)
{
  answer (fixture, GPOINTER_TO_INT (data), 0);
  begin (fixture, 0, 600);
  assert_run_out (fixture);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 1);
}

static void
answer_problem (Fixture *fixture, guint status, const char *type)
{
  g_autofree char *body = g_strdup_printf (
    "{\"type\": \"https://linkage-app.github.io/problems/%s\", \"title\": \"No\", \"status\": %u}", type, status);

  scripted_portal_answer (fixture->portal, status, "application/problem+json", body);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  answer_problem (fixture, 404, "not-found");
  begin (fixture, 0, 600);
  assert_run_out (fixture);
}

static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_problem (fixture, 401, "authentication-required");
  begin (fixture, 0, 600);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  begin (fixture, FOREVER, 600);
  g_cancellable_cancel (fixture->cancellable);
  linkage_verification_check (fixture->verification);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_nobody_is_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer (fixture, LINKAGE_CHALLENGE_PENDING, 0);
  linkage_verifier_pass_async (fixture->client, LINKAGE_ACTIONS_REQUEST, "cus-1", NULL, NULL, fixture_keep_result,
                               &fixture->result);
  fixture_wait_result (&fixture->result);
  g_assert_null (linkage_verifier_pass_finish (fixture->client, fixture->result, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_VERIFICATION);
  g_assert_cmpuint (fixture->portal->n_asked, ==, 1);
}

static void
find_by_search (LinkageAccount *account, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageSearch) found = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_search_async (account, name, FALSE, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  found = linkage_account_search_finish (account, result, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_provider (LinkageAccount *account, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *provider = NULL;

  linkage_account_find_provider_async (account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  provider = linkage_account_find_provider_finish (account, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (provider, ==, expected);
}

static gboolean
needs_verification (LinkageAccount *account)
{
  g_autoptr (LinkageOperation) operation = fixture_account_get_operation (account);

  return operation->state == LINKAGE_OPERATION_VERIFICATION_NEEDED;
}

/* What was queued is not lost: it waits for the person, who may give it up. */
static void
test_in_the_outbox (void)
{
  static const char *const options[] = { "--verification", "hcaptcha", "--verification-site-key", "site-key", NULL };
  g_autoptr (FixturePortal) portal = NULL;
  g_autofree char *folder = fixture_make_folder ();
  g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_REQUEST, SEARCHED, "Quillhaven");
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageOperation) waits = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccount *account;

  g_setenv ("LINKAGE_VERIFICATION_SECRET", "secret", TRUE);
  portal = fixture_portal_start_with (options);
  account = fixture_account_open (folder, portal->api, portal->greeting->admin_token);
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_READY);
  assert_provider (account, "hcaptcha");

  operation->contact_email = g_strdup ("buyer@quillhaven.example");
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup ("ran-out-long-ago");
  find_by_search (account, "Quillhaven");
  entry = fixture_account_submit (account, operation);
  FIXTURE_WAIT (needs_verification, account);
  waits = fixture_account_get_operation (account);
  g_assert_cmpstr (waits->key, ==, entry->key);
  g_assert_cmpstr (waits->contact_email, ==, "buyer@quillhaven.example");
  g_assert_null (waits->challenge_session);

  g_assert_true (fixture_account_undo (account, entry->key, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_account_count_operations (account), ==, 0);

  fixture_account_close (account);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_setenv ("LINKAGE_HURRY", "100", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test, data) g_test_add ("/sync/verification/" path, Fixture, data, set_up, test, tear_down)
  ADD ("goes-on-by-itself", test_goes_on_by_itself, NULL);
  ADD ("the-person-says-so", test_the_person_says_so, NULL);
  ADD ("left-alone", test_left_alone, NULL);
  ADD ("not-reached", test_not_reached, NULL);
  ADD ("expired", test_over, GINT_TO_POINTER (LINKAGE_CHALLENGE_EXPIRED));
  ADD ("used", test_over, GINT_TO_POINTER (LINKAGE_CHALLENGE_USED));
  ADD ("forgotten", test_forgotten, NULL);
  ADD ("signed-out", test_signed_out, NULL);
  ADD ("cancelled", test_cancelled, NULL);
  ADD ("nobody-is-there", test_nobody_is_there, NULL);
#undef ADD
  g_test_add_func ("/sync/verification/in-the-outbox", test_in_the_outbox);

  return g_test_run ();
}
