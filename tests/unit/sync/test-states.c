/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the account makes of a portal's bad answers, from a portal that gives nothing but one. */

#include <libsoup/soup.h>

#include "fixture-account.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"

typedef struct
{
  guint status;
  const char *type; /* (nullable): of the problem */
  const char *retry_after;
  LinkageAccountState state;
  LinkageAccountError code;
} BadAnswer;

typedef struct
{
  SoupServer *server;      /* (owned) */
  const BadAnswer *answer; /* (unowned) */
  guint n_requests;
  gint64 first_at;  /* monotonic microseconds */
  gint64 second_at; /* monotonic microseconds; 0: none yet */
  char *folder;     /* (owned) */
  LinkageAccount *account;
} Fixture;

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  const BadAnswer *answer = fixture->answer;
  g_autofree char *body =
    g_strdup_printf ("{\"type\":\"https://linkage-app.github.io/problems/%s\",\"title\":\"Bad\",\"status\":%u}",
                     answer->type != NULL ? answer->type : "internal-error", answer->status);

  fixture->n_requests++;
  if (fixture->n_requests == 1)
    fixture->first_at = g_get_monotonic_time ();
  else if (fixture->n_requests == 2)
    fixture->second_at = g_get_monotonic_time ();

  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, answer->type != NULL ? "application/problem+json" : "text/html",
                                    SOUP_MEMORY_COPY, body, strlen (body));
  if (answer->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                  answer->retry_after);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *api = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->answer = data;
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  api = g_strdup_printf ("http://127.0.0.1:%d/api/v1", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  fixture->folder = fixture_make_folder ();
  fixture->account = fixture_account_open (fixture->folder, api, "a-token");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_account_close (fixture->account);
  g_clear_object (&fixture->server);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  const BadAnswer *answer = data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  fixture_account_wait_state (fixture->account, answer->state);
  g_assert_error (linkage_account_get_last_error (fixture->account), LINKAGE_ACCOUNT_ERROR, (int)answer->code);
  g_assert_cmpint (linkage_account_get_state_since (fixture->account), >=, now - 1);
  g_assert_false (linkage_account_get_has_content (fixture->account));
  g_assert_cmpint (linkage_account_get_updated_at (fixture->account), ==, 0);
}

static gboolean
has_second_request (Fixture *fixture)
{
  return fixture->second_at > 0;
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  FIXTURE_WAIT (has_second_request, fixture);
  g_assert_cmpint (fixture->second_at - fixture->first_at, >=, 2 * G_USEC_PER_SEC);
}

/* A person who asks is not told to wait. */
static void
test_refresh_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_UNREACHABLE);
  g_assert_false (fixture_account_refresh (fixture->account, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TRY_LATER);
  g_assert_cmpuint (fixture->n_requests, ==, 2);
}

static const BadAnswer token_refused = { 401, "authentication-required", NULL, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED,
                                         LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED };
static const BadAnswer merged = { 410, "account-merged", NULL, LINKAGE_ACCOUNT_STATE_REMOVED,
                                  LINKAGE_ACCOUNT_ERROR_REFUSED };
static const BadAnswer no_json = { 200, NULL, NULL, LINKAGE_ACCOUNT_STATE_UNREACHABLE,
                                   LINKAGE_ACCOUNT_ERROR_INVALID_REPLY };
static const BadAnswer broken = { 500, NULL, NULL, LINKAGE_ACCOUNT_STATE_UNREACHABLE, LINKAGE_ACCOUNT_ERROR_TRY_LATER };
static const BadAnswer state_unusable = { 410, "state-unusable", NULL, LINKAGE_ACCOUNT_STATE_UNREACHABLE,
                                          LINKAGE_ACCOUNT_ERROR_INVALID_REPLY };
static const BadAnswer busy = { 503, "unavailable", "2", LINKAGE_ACCOUNT_STATE_UNREACHABLE,
                                LINKAGE_ACCOUNT_ERROR_TRY_LATER };

static const BadAnswer busy_for_long = { 503, "unavailable", "3600", LINKAGE_ACCOUNT_STATE_UNREACHABLE,
                                         LINKAGE_ACCOUNT_ERROR_TRY_LATER };

#define ADD(name, answer, func) g_test_add ("/sync/states/" name, Fixture, answer, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("token-refused", &token_refused, test_state);
  ADD ("merged", &merged, test_state);
  ADD ("no-json", &no_json, test_state);
  ADD ("broken", &broken, test_state);
  ADD ("state-unusable", &state_unusable, test_state);
  ADD ("busy", &busy, test_state);
  ADD ("retry-after", &busy, test_retry_after);
  ADD ("refresh-at-once", &busy_for_long, test_refresh_at_once);

  return g_test_run ();
}
