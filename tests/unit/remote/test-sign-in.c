/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in with the bundled portal, and with servers that are not what they say. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "bundled-portal.h"
#include "linkage-client.h"
#include "linkage-sign-in-metadata.h"
#include "linkage-sign-in.h"
#include "linkage-remote-error.h"
#include "linkage-token-endpoint.h"
#include "scripted-portal.h"
#include "waiting.h"

#define CLIENT "linkage"

static const LinkageLoopbackWords words = {
  .language = "en",
  .done_title = "Back to Linkage & on",
  .done_sentence = "You can close this page.",
  .wrong_title = "Wrong",
  .wrong_sentence = "This is not the answer.",
};

typedef struct
{
  BundledPortal portal;
  SoupSession *session;
  SoupSession *browser; /* with cookies */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();

  bundled_portal_start (&fixture->portal);
  fixture->session = linkage_client_create_session ();
  fixture->browser = soup_session_new ();
  soup_session_add_feature (fixture->browser, SOUP_SESSION_FEATURE (jar));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->browser);
  g_clear_object (&fixture->session);
  bundled_portal_stop (&fixture->portal);
}

/* What a browser gets. */
typedef struct
{
  guint status;
  char *location; /* (owned) (nullable) */
  char *text;     /* (owned) */
} Page;

static void
page_free (Page *page)
{
  g_free (page->location);
  g_free (page->text);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static Page *
browse (Fixture *fixture, const char *method, const char *address, const char *form)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  Page *page = g_new0 (Page, 1);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (form != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, bytes);
    }
  soup_session_send_and_read_async (fixture->browser, message, G_PRIORITY_DEFAULT, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  body = soup_session_send_and_read_finish (fixture->browser, result, &error);
  g_assert_no_error (error);

  page->status = soup_message_get_status (message);
  page->location = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  page->text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return page;
}

static char *
find_csrf (const Page *page)
{
  g_autoptr (GRegex) regex = g_regex_new ("name=\"csrf\" value=\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (regex, page->text, 0, &match));

  return g_match_info_fetch (match, 1);
}

/* A person's way through the portal's pages; where the portal sends the browser in the end. */
static char *
go_through (Fixture *fixture, const char *address, const char *answer)
{
  g_autoptr (JsonNode) introduction = json_from_string (fixture->portal.line, NULL);
  JsonObject *admin = json_object_get_object_member (json_node_get_object (introduction), "admin");
  const char *base = fixture->portal.greeting->address;
  g_autofree char *password_page = g_strconcat (base, "/oauth/sign-in", NULL);
  g_autofree char *consent_page = g_strconcat (base, "/oauth/consent", NULL);
  g_autoptr (Page) first = browse (fixture, "GET", address, NULL);
  g_autofree char *first_csrf = find_csrf (first);
  g_autofree char *password_form =
    soup_form_encode ("csrf", first_csrf, "answer", "sign-in", "email", json_object_get_string_member (admin, "email"),
                      "password", json_object_get_string_member (admin, "password"), NULL);
  g_autoptr (Page) second = browse (fixture, "POST", password_page, password_form);
  g_autoptr (Page) third = browse (fixture, "GET", consent_page, NULL);
  g_autofree char *third_csrf = find_csrf (third);
  g_autofree char *consent_form = soup_form_encode ("csrf", third_csrf, "answer", answer, NULL);
  g_autoptr (Page) last = browse (fixture, "POST", consent_page, consent_form);

  g_assert_cmpuint (second->status, ==, SOUP_STATUS_SEE_OTHER);
  g_assert_cmpuint (last->status, ==, SOUP_STATUS_SEE_OTHER);

  return g_steal_pointer (&last->location);
}

static LinkageSignInMetadata *
read_metadata (SoupSession *session, const char *issuer, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_sign_in_metadata_read_async (session, issuer, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_sign_in_metadata_read_finish (result, error);
}

static LinkageSignIn *
new_sign_in (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LinkageSignInMetadata *metadata = read_metadata (fixture->session, fixture->portal.greeting->address, &error);

  g_assert_no_error (error);

  return linkage_sign_in_new (fixture->session, metadata, CLIENT);
}

static void
assert_signs_in (Fixture *fixture, const LinkageCredentials *credentials)
{
  g_autofree char *api = g_strconcat (fixture->portal.greeting->address, "/api/v1", NULL);
  g_autoptr (LinkageClient) client = linkage_client_new (NULL, api, NULL, credentials->access_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  linkage_client_list_accounts_async (client, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  accounts = linkage_client_list_accounts_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, >=, 1);
}

static LinkageCredentials *
sign_in (Fixture *fixture)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *back = NULL;
  g_autoptr (Page) page = NULL;
  LinkageCredentials *credentials;

  g_assert_true (linkage_sign_in_listen (try, &words, &error));
  address = linkage_sign_in_make_address (try);
  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  back = go_through (fixture, address, "allow");
  page = browse (fixture, "GET", back, NULL);
  g_assert_cmpuint (page->status, ==, SOUP_STATUS_OK);
  g_assert_nonnull (strstr (page->text, "Back to Linkage &amp; on"));
  WAIT_UNTIL (result != NULL);
  credentials = linkage_sign_in_run_finish (try, result, &error);
  g_assert_no_error (error);

  return credentials;
}

static void
test_through_the_browser_and_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageCredentials) credentials = sign_in (fixture);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_nonnull (credentials->refresh_token);
  g_assert_cmpint (credentials->expires_at, >, now + 60);
  g_assert_cmpint (credentials->expires_at, <=, now + 60 * 60);
  assert_signs_in (fixture, credentials);
}

static void
test_carried_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = linkage_sign_in_make_address (try);
  g_autofree char *page = go_through (fixture, address, "allow");
  g_autoptr (GHashTable) members = soup_form_decode (strchr (page, '?') + 1);
  g_autofree char *typed = g_strconcat ("  ", g_hash_table_lookup (members, "code"), "\n", NULL);

  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  g_assert_false (linkage_sign_in_take_text (try, "", &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ANSWER);
  g_clear_error (&error);
  g_assert_false (linkage_sign_in_take_text (try, "two words", NULL));
  g_assert_false (linkage_sign_in_take_text (try, "http://127.0.0.1:1/?code=x&state=other", NULL));
  g_assert_true (linkage_sign_in_take_text (try, typed, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (result != NULL);
  credentials = linkage_sign_in_run_finish (try, result, &error);
  g_assert_no_error (error);
  assert_signs_in (fixture, credentials);
}

/* The browser is on a machine where nobody listens; its address line is all there is to copy. */
static void
test_an_address_carried_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *back = NULL;

  g_assert_true (linkage_sign_in_listen (try, &words, &error));
  address = linkage_sign_in_make_address (try);
  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  back = go_through (fixture, address, "allow");
  g_assert_true (linkage_sign_in_take_text (try, back, &error));
  WAIT_UNTIL (result != NULL);
  credentials = linkage_sign_in_run_finish (try, result, &error);
  g_assert_no_error (error);
  assert_signs_in (fixture, credentials);
}

static void
test_the_person_says_no (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *back = NULL;
  g_autoptr (Page) page = NULL;

  g_assert_true (linkage_sign_in_listen (try, &words, &error));
  address = linkage_sign_in_make_address (try);
  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  back = go_through (fixture, address, "deny");
  page = browse (fixture, "GET", back, NULL);
  WAIT_UNTIL (result != NULL);
  g_assert_null (linkage_sign_in_run_finish (try, result, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_DENIED);
}

static char *
make_answer (LinkageSignIn *try, const char *first, const char *value, const char *issuer)
{
  g_autofree char *address = linkage_sign_in_make_address (try);
  g_autoptr (GHashTable) members = soup_form_decode (strchr (address, '?') + 1);
  g_autofree char *query = NULL;

  query = soup_form_encode (first, value, "state", g_hash_table_lookup (members, "state"),
                            issuer != NULL ? "iss" : NULL, issuer, NULL);

  return g_strconcat (g_hash_table_lookup (members, "redirect_uri"), "?", query, NULL);
}

static void
test_forged_answers_change_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LinkageCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *base = NULL;
  g_autofree char *back = NULL;
  g_autoptr (Page) page = NULL;
  const char *forged[] = { "", "?", "?code=x", "?code=x&state=", "?code=x&state=guessed", "?error=access_denied" };

  g_assert_true (linkage_sign_in_listen (try, &words, &error));
  address = linkage_sign_in_make_address (try);
  base = make_answer (try, "x", "y", NULL);
  *strchr (base, '?') = '\0';
  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autofree char *there = g_strconcat (base, forged[i], NULL);
      g_autoptr (Page) wrong = browse (fixture, "GET", there, NULL);

      g_assert_cmpuint (wrong->status, ==, SOUP_STATUS_BAD_REQUEST);
      g_assert_nonnull (strstr (wrong->text, "This is not the answer."));
      g_assert_null (result);
    }
  back = go_through (fixture, address, "allow");
  page = browse (fixture, "GET", back, NULL);
  WAIT_UNTIL (result != NULL);
  credentials = linkage_sign_in_run_finish (try, result, &error);
  g_assert_no_error (error);
  assert_signs_in (fixture, credentials);
}

static void
test_another_issuer_is_never_believed (Fixture *fixture, gconstpointer data)
{
  const char *issuers[] = { "https://other.example.com", "", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++)
    {
      g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *there = NULL;
      g_autoptr (Page) page = NULL;

      g_assert_true (linkage_sign_in_listen (try, &words, &error));
      there = make_answer (try, "code", "x", issuers[i]);
      linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
      page = browse (fixture, "GET", there, NULL);
      g_assert_cmpuint (page->status, ==, SOUP_STATUS_BAD_REQUEST);
      WAIT_UNTIL (result != NULL);
      g_assert_null (linkage_sign_in_run_finish (try, result, &error));
      g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER);
    }
}

static void
test_a_code_that_is_not_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_sign_in_run_async (try, NULL, waiting_on_ready, &result);
  g_assert_true (linkage_sign_in_take_text (try, "guessed", &error));
  g_assert_false (linkage_sign_in_take_text (try, "guessed", NULL));
  WAIT_UNTIL (result != NULL);
  g_assert_null (linkage_sign_in_run_finish (try, result, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_EXPIRED);
}

static void
test_waiting_is_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageSignIn) try = new_sign_in (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (linkage_sign_in_listen (try, &words, &error));
  linkage_sign_in_run_async (try, cancellable, waiting_on_ready, &result);
  g_cancellable_cancel (cancellable);
  WAIT_UNTIL (result != NULL);
  g_assert_null (linkage_sign_in_run_finish (try, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static LinkageCredentials *
refresh (Fixture *fixture, const char *refresh_token, GError **error)
{
  g_autoptr (GError) metadata_error = NULL;
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  metadata = read_metadata (fixture->session, fixture->portal.greeting->address, &metadata_error);
  g_assert_no_error (metadata_error);
  linkage_token_endpoint_refresh_async (fixture->session, metadata, CLIENT, refresh_token, NULL, waiting_on_ready,
                                        &result);
  WAIT_UNTIL (result != NULL);

  return linkage_token_endpoint_refresh_finish (result, error);
}

static void
test_refreshed_and_signed_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageCredentials) first = sign_in (fixture);
  g_autoptr (LinkageCredentials) second = NULL;
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  second = refresh (fixture, first->refresh_token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second->refresh_token, !=, first->refresh_token);
  assert_signs_in (fixture, second);

  metadata = read_metadata (fixture->session, fixture->portal.greeting->address, &error);
  linkage_token_endpoint_revoke_async (fixture->session, metadata, CLIENT, second->refresh_token, NULL,
                                       waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (linkage_token_endpoint_revoke_finish (result, &error));
  g_assert_no_error (error);
  g_assert_null (refresh (fixture, second->refresh_token, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_EXPIRED);
}

static void
count_renewal (LinkageTokenSource *source, const LinkageCredentials *credentials, guint *n_renewals)
{
  g_assert_nonnull (credentials->refresh_token);
  (*n_renewals)++;
}

static LinkageTokenSource *
new_source (Fixture *fixture, LinkageCredentials *credentials, guint *n_renewals)
{
  LinkageTokenSource *source =
    linkage_token_source_new (fixture->session, fixture->portal.greeting->address, CLIENT, credentials);

  g_signal_connect (source, "renewed", G_CALLBACK (count_renewal), n_renewals);

  return source;
}

static LinkageClient *
new_client (Fixture *fixture, LinkageTokenSource *source)
{
  g_autofree char *api = g_strconcat (fixture->portal.greeting->address, "/api/v1", NULL);
  LinkageClient *client = linkage_client_new (NULL, api, NULL, NULL);

  linkage_client_set_token_source (client, source);

  return client;
}

static gboolean
list_accounts (LinkageClient *client, guint n_calls, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_full (n_calls, g_object_unref);
  gboolean all_good = TRUE;

  g_ptr_array_set_size (results, (int)n_calls);
  for (guint i = 0; i < n_calls; i++)
    linkage_client_list_accounts_async (client, NULL, waiting_on_ready, &g_ptr_array_index (results, i));
  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GPtrArray) accounts = NULL;

      WAIT_UNTIL (g_ptr_array_index (results, i) != NULL);
      accounts = linkage_client_list_accounts_finish (client, g_ptr_array_index (results, i),
                                                      error != NULL && *error == NULL ? error : NULL);
      all_good = all_good && accounts != NULL;
    }

  return all_good;
}

/* The portal's clock, and the tokens with it. */
static void
let_tokens_run_out (Fixture *fixture)
{
  g_autofree char *api = g_strconcat (fixture->portal.greeting->address, "/api/v1", NULL);
  g_autoptr (LinkageClient) admin = linkage_client_new (NULL, api, NULL, fixture->portal.greeting->admin_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_client_sandbox_advance_async (admin, 60 * 60, NULL, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  linkage_client_sandbox_advance_finish (admin, result, &error);
  g_assert_no_error (error);
}

static void
test_a_refused_token_is_renewed_once_for_all (Fixture *fixture, gconstpointer data)
{
  guint n_renewals = 0;
  g_autoptr (LinkageTokenSource) source = new_source (fixture, sign_in (fixture), &n_renewals);
  g_autoptr (LinkageClient) client = new_client (fixture, source);
  g_autoptr (GError) error = NULL;

  g_assert_true (list_accounts (client, 5, &error));
  g_assert_cmpuint (n_renewals, ==, 0);
  let_tokens_run_out (fixture);
  g_assert_true (list_accounts (client, 5, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_renewals, ==, 1);
}

static void
test_a_token_is_renewed_before_it_runs_out (Fixture *fixture, gconstpointer data)
{
  guint n_renewals = 0;
  LinkageCredentials *credentials = sign_in (fixture);
  g_autoptr (LinkageTokenSource) source = new_source (fixture, credentials, &n_renewals);
  g_autoptr (LinkageClient) client = new_client (fixture, source);
  g_autoptr (GError) error = NULL;

  credentials->expires_at = g_get_real_time () / G_USEC_PER_SEC - 1;
  g_assert_true (list_accounts (client, 5, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_renewals, ==, 1);
}

static void
test_who_is_signed_out_signs_in_again (Fixture *fixture, gconstpointer data)
{
  guint n_renewals = 0;
  g_autoptr (LinkageCredentials) credentials = sign_in (fixture);
  g_autoptr (LinkageTokenSource) source = new_source (fixture, linkage_credentials_copy (credentials), &n_renewals);
  g_autoptr (LinkageClient) client = new_client (fixture, source);
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  metadata = read_metadata (fixture->session, fixture->portal.greeting->address, &error);
  linkage_token_endpoint_revoke_async (fixture->session, metadata, CLIENT, credentials->access_token, NULL,
                                       waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);
  g_assert_true (linkage_token_endpoint_revoke_finish (result, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (list_accounts (client, 3, &error));
      g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
      g_clear_error (&error);
    }
  g_assert_cmpuint (n_renewals, ==, 0);
}

/* Nobody signs in again because the network was away. */
static void
test_a_portal_that_is_away_ends_no_sign_in (Fixture *fixture, gconstpointer data)
{
  guint n_renewals = 0;
  LinkageCredentials *credentials = sign_in (fixture);
  g_autoptr (LinkageTokenSource) source = NULL;
  g_autoptr (LinkageClient) client = NULL;
  g_autoptr (ScriptedPortal) away = scripted_portal_new (NULL);
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (away, 502, "text/html", "<p>Bad gateway");
  source = linkage_token_source_new (fixture->session, away->address, CLIENT, credentials);
  g_signal_connect (source, "renewed", G_CALLBACK (count_renewal), &n_renewals);
  client = new_client (fixture, source);
  let_tokens_run_out (fixture);
  g_assert_false (list_accounts (client, 1, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER);
  g_assert_nonnull (credentials->refresh_token);
  g_assert_cmpuint (away->n_asked, ==, 1);
}

static void
test_a_token_alone_is_not_renewed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageTokenSource) source = linkage_token_source_new (
    fixture->session, NULL, NULL, linkage_credentials_new (fixture->portal.greeting->admin_token, NULL, 0));
  g_autoptr (LinkageTokenSource) bad =
    linkage_token_source_new (fixture->session, NULL, NULL, linkage_credentials_new ("unknown", NULL, 0));
  g_autoptr (LinkageClient) client = new_client (fixture, source);
  g_autoptr (GError) error = NULL;

  g_assert_true (list_accounts (client, 1, &error));
  linkage_client_set_token_source (client, bad);
  g_assert_false (list_accounts (client, 1, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
}

static char *
make_metadata (const char *issuer, const char *methods)
{
  return g_strdup_printf ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"https://a.example/\", "
                          "\"token_endpoint\": \"https://a.example/\", \"code_challenge_methods_supported\": [%s]}",
                          issuer, methods);
}

static void
test_metadata_that_are_not_good (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (SoupSession) session = linkage_client_create_session ();
  g_autofree char *of_another = make_metadata ("https://other.example.com", "\"S256\"");
  g_autofree char *without_pkce = make_metadata (portal->address, "\"plain\"");
  g_autofree char *good = make_metadata (portal->address, "\"plain\", \"S256\"");
  g_autofree char *with_path = g_strconcat (portal->address, "/tenant/", NULL);
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (portal, 200, "application/json", of_another);
  g_assert_null (read_metadata (session, portal->address, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER);
  g_clear_error (&error);

  scripted_portal_answer (portal, 200, "application/json", without_pkce);
  g_assert_null (read_metadata (session, portal->address, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  scripted_portal_answer (portal, 200, "application/json", good);
  metadata = read_metadata (session, portal->address, &error);
  g_assert_no_error (error);
  g_assert_false (metadata->names_issuer);
  g_assert_cmpstr (portal->path, ==, "/.well-known/oauth-authorization-server");

  g_assert_null (read_metadata (session, with_path, &error));
  g_assert_cmpstr (portal->path, ==, "/.well-known/oauth-authorization-server/tenant");
  g_clear_error (&error);

  g_assert_null (read_metadata (session, "http://portal.example.com", &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INSECURE);
}

/* RFC 8414, 5: many an issuer has them only where OpenID Connect has them. */
static void
test_metadata_of_openid_connect (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (SoupSession) session = linkage_client_create_session ();
  g_autofree char *issuer = g_strconcat (portal->address, "/tenant/", NULL);
  g_autofree char *of_another = make_metadata ("https://other.example.com", "\"S256\"");
  g_autofree char *good = make_metadata (issuer, "\"S256\"");
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (portal, 404, "text/html", "<p>Nothing here</p>");
  g_assert_null (read_metadata (session, issuer, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND);
  g_assert_cmpuint (portal->n_asked, ==, 2);
  g_assert_cmpstr (portal->path, ==, "/tenant/.well-known/openid-configuration");
  g_clear_error (&error);

  scripted_portal_answer_at (portal, "/tenant/.well-known/openid-configuration", of_another);
  g_assert_null (read_metadata (session, issuer, &error));
  g_assert_error (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER);
  g_clear_error (&error);

  scripted_portal_answer_at (portal, "/tenant/.well-known/openid-configuration", good);
  metadata = read_metadata (session, issuer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (metadata->issuer, ==, issuer);
  g_assert_cmpuint (portal->n_asked, ==, 6);

  /* A server that is out of order has not said that there are none. */
  scripted_portal_answer (portal, 503, "text/html", "");
  g_assert_null (read_metadata (session, issuer, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER);
  g_assert_cmpuint (portal->n_asked, ==, 7);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sign-in/browser", test_through_the_browser_and_back);
  ADD ("/sign-in/code", test_carried_by_hand);
  ADD ("/sign-in/address", test_an_address_carried_by_hand);
  ADD ("/sign-in/denied", test_the_person_says_no);
  ADD ("/sign-in/forged", test_forged_answers_change_nothing);
  ADD ("/sign-in/issuer", test_another_issuer_is_never_believed);
  ADD ("/sign-in/bad-code", test_a_code_that_is_not_good);
  ADD ("/sign-in/cancelled", test_waiting_is_cancelled);
  ADD ("/sign-in/refresh", test_refreshed_and_signed_out);
  ADD ("/tokens/refused", test_a_refused_token_is_renewed_once_for_all);
  ADD ("/tokens/run-out", test_a_token_is_renewed_before_it_runs_out);
  ADD ("/tokens/signed-out", test_who_is_signed_out_signs_in_again);
  ADD ("/tokens/away", test_a_portal_that_is_away_ends_no_sign_in);
  ADD ("/tokens/alone", test_a_token_alone_is_not_renewed);
  g_test_add_func ("/sign-in/metadata", test_metadata_that_are_not_good);
  g_test_add_func ("/sign-in/openid", test_metadata_of_openid_connect);

  return g_test_run ();
}
