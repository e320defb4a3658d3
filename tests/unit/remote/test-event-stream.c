/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>
#include <string.h>

#include "linkage-client.h"
#include "linkage-event-stream-private.h"
#include "linkage-remote-error.h"
#include "raw-server.h"
#include "scripted-portal.h"
#include "waiting.h"

#define FIRST_DELAY 10
#define SHORT_SILENCE 300 /* milliseconds: enough for an answer to arrive */
#define SILENCE 60000

typedef struct
{
  SoupServer *server;
  SoupSession *session;
  char *api;
  LinkageEventStream *stream;

  guint status;
  const char *content_type;
  const char *text;
  gboolean stays_open;
  guint n_asked;
  char *last_event_id;
  char *path;
  char *authorization;

  GPtrArray *states;
  guint n_connected;
  GError *refusal;
} Fixture;

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  fixture->n_asked++;
  g_free (fixture->last_event_id);
  fixture->last_event_id = g_strdup (soup_message_headers_get_one (asked, "Last-Event-ID"));
  g_free (fixture->authorization);
  fixture->authorization = g_strdup (soup_message_headers_get_one (asked, "Authorization"));
  g_free (fixture->path);
  fixture->path = g_strdup (path);

  soup_server_message_set_status (message, fixture->status, NULL);
  soup_message_headers_set_content_type (headers, fixture->content_type, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, fixture->text, strlen (fixture->text));
  if (!fixture->stays_open)
    soup_message_body_complete (body);
}

static void
on_state (LinkageEventStream *stream, const char *state, Fixture *fixture)
{
  g_ptr_array_add (fixture->states, g_strdup (state));
}

static void
on_refused (LinkageEventStream *stream, const GError *error, Fixture *fixture)
{
  g_assert_null (fixture->refusal);
  fixture->refusal = g_error_copy (error);
}

static void
on_connected (LinkageEventStream *stream, GParamSpec *pspec, Fixture *fixture)
{
  if (linkage_event_stream_get_connected (stream))
    fixture->n_connected++;
}

static void
make_stream (Fixture *fixture, const char *api)
{
  g_autoptr (LinkageTokenSource) source =
    linkage_token_source_new (fixture->session, NULL, NULL, linkage_credentials_new ("secret", NULL, 0));

  fixture->stream = linkage_event_stream_new (api, "acc/1", source);
  linkage_event_stream_set_timing (fixture->stream, FIRST_DELAY, SILENCE);
  g_signal_connect (fixture->stream, "state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->stream, "refused", G_CALLBACK (on_refused), fixture);
  g_signal_connect (fixture->stream, "notify::connected", G_CALLBACK (on_connected), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GSList *uris;
  g_autoptr (GError) error = NULL;

  fixture->states = g_ptr_array_new_with_free_func (g_free);
  fixture->status = 200;
  fixture->content_type = "text/event-stream";
  fixture->text = ":\n\n";
  fixture->stays_open = TRUE;
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_asked, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->api = g_strdup_printf ("http://127.0.0.1:%d/api/v1", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  fixture->session = linkage_client_create_session ();
  make_stream (fixture, fixture->api);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->stream);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_object_unref (fixture->session);
  g_free (fixture->api);
  g_free (fixture->last_event_id);
  g_free (fixture->path);
  g_free (fixture->authorization);
  g_ptr_array_unref (fixture->states);
  g_clear_error (&fixture->refusal);
}

static const char *
get_last_state (Fixture *fixture)
{
  return g_ptr_array_index (fixture->states, fixture->states->len - 1);
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  fixture->text = "event: state\nid: s1\ndata: {\"state\": \"s1\"}\n\n"
                  ": still here\n\n"
                  "event: weather\nid: s2\ndata: rain\n\n"
                  "event: state\nid: s3\ndata: {\"state\": \"s3\"}\n\n";

  g_assert_false (linkage_event_stream_get_connected (fixture->stream));
  linkage_event_stream_start (fixture->stream);
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->states->len == 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->states, 0), ==, "s1");
  g_assert_cmpstr (g_ptr_array_index (fixture->states, 1), ==, "s3");
  g_assert_true (linkage_event_stream_get_connected (fixture->stream));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpstr (fixture->path, ==, "/api/v1/accounts/acc/1/events");
  g_assert_cmpstr (fixture->authorization, ==, "Bearer secret");
  g_assert_null (fixture->last_event_id);

  linkage_event_stream_stop (fixture->stream);
  g_assert_false (linkage_event_stream_get_connected (fixture->stream));
}

/* A stream that ends is opened again from where it was. */
static void
test_reconnect (Fixture *fixture, gconstpointer data)
{
  fixture->text = "event: state\nid: s1\ndata: {}\n\nevent: state\nid: lost\ndata: cut o";
  fixture->stays_open = FALSE;

  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->n_asked == 1);
  fixture->text = "event: state\nid: s2\ndata: {}\n\n";
  fixture->stays_open = TRUE;
  WAIT_UNTIL (fixture->states->len > 0 && g_str_equal (get_last_state (fixture), "s2"));
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  g_assert_cmpstr (fixture->last_event_id, ==, "s1");
  g_assert_cmpuint (fixture->states->len, ==, 2);
  g_assert_cmpuint (fixture->n_connected, ==, 2);
}

static void
test_stop_and_start (Fixture *fixture, gconstpointer data)
{
  fixture->text = "event: state\nid: s1\ndata: {}\n\n";

  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->states->len == 1);
  linkage_event_stream_stop (fixture->stream);
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->states->len == 2);
  g_assert_cmpstr (fixture->last_event_id, ==, "s1");
}

static void
on_state_stop (LinkageEventStream *stream, const char *state, gpointer user_data)
{
  linkage_event_stream_stop (stream);
}

static void
test_stop_in_handler (Fixture *fixture, gconstpointer data)
{
  fixture->text = "event: state\nid: s1\ndata: {}\n\n";

  g_signal_connect (fixture->stream, "state", G_CALLBACK (on_state_stop), NULL);
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->states->len == 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (linkage_event_stream_get_connected (fixture->stream));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

typedef struct
{
  guint status;
  const char *type;
  LinkageRemoteError code;
} Refusal;

static const Refusal refusals[] = {
  { 401, "authentication-required", LINKAGE_REMOTE_ERROR_UNAUTHORIZED },
  { 403, "role-required", LINKAGE_REMOTE_ERROR_ROLE_REQUIRED },
  { 404, "not-found", LINKAGE_REMOTE_ERROR_NOT_FOUND },
  { 410, "account-merged", LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *problem =
    g_strdup_printf ("{\"type\": \"https://linkage-app.github.io/problems/%s\", \"title\": \"T\", \"status\": %u}",
                     refusal->type, refusal->status);

  fixture->status = refusal->status;
  fixture->content_type = "application/problem+json";
  fixture->text = problem;
  fixture->stays_open = FALSE;

  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->refusal != NULL);
  g_assert_error (fixture->refusal, LINKAGE_REMOTE_ERROR, (int)refusal->code);
  /* A token alone cannot be changed into another, which is then what is said. */
  if (refusal->status != 401)
    g_assert_cmpstr (linkage_remote_error_get_problem (fixture->refusal)->type, ==, refusal->type);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_cmpuint (fixture->n_connected, ==, 0);
}

/* What is no refusal by the portal passes. */
static void
test_failures_pass (Fixture *fixture, gconstpointer data)
{
  fixture->status = 500;
  fixture->stays_open = FALSE;
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->n_asked == 1);
  fixture->status = 404;
  fixture->content_type = "text/html";
  WAIT_UNTIL (fixture->n_asked == 2);
  fixture->status = 200;
  WAIT_UNTIL (fixture->n_asked == 3);
  fixture->content_type = "text/event-stream";
  fixture->text = "event: state\nid: s1\ndata: {}\n\n";
  fixture->stays_open = TRUE;
  WAIT_UNTIL (fixture->states->len == 1);
  g_assert_no_error (fixture->refusal);
  g_assert_cmpuint (fixture->n_asked, ==, 4);
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  linkage_event_stream_set_timing (fixture->stream, FIRST_DELAY, SHORT_SILENCE);
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->n_connected >= 2);
  g_assert_cmpuint (fixture->n_asked, >=, 2);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strnfill (100000, 'x');

  fixture->text = line;
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->n_asked == 2);
  g_assert_cmpuint (fixture->states->len, ==, 0);
}

/* The stream may ask for patience, but for no less than a second. */
static void
test_retry (Fixture *fixture, gconstpointer data)
{
  gint64 begin;

  fixture->text = "retry: 1\n\n";
  fixture->stays_open = FALSE;
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->n_asked == 1);
  begin = g_get_monotonic_time ();
  WAIT_UNTIL (fixture->n_asked == 2);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, G_USEC_PER_SEC * 9 / 10);
}

/* Nothing is asked beyond loopback without TLS. */
static void
test_insecure (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->stream);
  make_stream (fixture, "http://portal.example.com/api/v1");
  linkage_event_stream_start (fixture->stream);
  WAIT_UNTIL (fixture->refusal != NULL);
  g_assert_error (fixture->refusal, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INSECURE);
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RawServer) gone = raw_server_new ("");
  g_autofree char *address = g_strdup (gone->address);

  g_clear_pointer (&gone, raw_server_free);
  g_assert_finalize_object (fixture->stream);
  make_stream (fixture, address);
  linkage_event_stream_start (fixture->stream);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_no_error (fixture->refusal);
}

/* A portal whose tokens last until they are told not to. */
typedef struct
{
  ScriptedPortal *portal;
  const char *good_token;
  guint n_refreshed;
  guint n_streams;
  guint n_refused;
} Renewing;

static void
answer_text (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static void
on_renewing_asked (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  Renewing *renewing = user_data;
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  g_autofree char *authorization = g_strconcat ("Bearer ", renewing->good_token, NULL);
  g_autofree char *text = NULL;

  if (g_str_has_prefix (path, "/.well-known/"))
    {
      text = g_strdup_printf ("{\"issuer\": \"%1$s\", \"authorization_endpoint\": \"%1$s/a\", \"token_endpoint\": "
                              "\"%1$s/t\", \"code_challenge_methods_supported\": [\"S256\"]}",
                              renewing->portal->address);
      answer_text (message, 200, "application/json", text);
    }
  else if (g_str_equal (path, "/t"))
    {
      renewing->n_refreshed++;
      answer_text (message, 200, "application/json", "{\"access_token\": \"fresh\", \"token_type\": \"Bearer\"}");
    }
  else if (g_strcmp0 (soup_message_headers_get_one (asked, "Authorization"), authorization) == 0)
    {
      renewing->n_streams++;
      answer_text (message, 200, "text/event-stream", "event: state\nid: s1\ndata: {}\n\n");
    }
  else
    {
      renewing->n_refused++;
      answer_text (message, 401, "text/plain", "No");
    }
}

static LinkageEventStream *
start_renewing (Fixture *fixture, Renewing *renewing, gint64 expires_at)
{
  g_autoptr (LinkageTokenSource) source = NULL;
  LinkageEventStream *stream;

  renewing->portal = scripted_portal_new (NULL);
  soup_server_remove_handler (renewing->portal->server, NULL);
  soup_server_add_handler (renewing->portal->server, NULL, on_renewing_asked, renewing, NULL);
  source = linkage_token_source_new (fixture->session, renewing->portal->address, "c",
                                     linkage_credentials_new ("stale", "r", expires_at));
  stream = linkage_event_stream_new (renewing->portal->address, "a", source);
  linkage_event_stream_set_timing (stream, FIRST_DELAY, SILENCE);
  g_signal_connect (stream, "state", G_CALLBACK (on_state), fixture);
  g_signal_connect (stream, "refused", G_CALLBACK (on_refused), fixture);
  linkage_event_stream_start (stream);

  return stream;
}

static void
test_token_ran_out (Fixture *fixture, gconstpointer data)
{
  Renewing renewing = { .good_token = "fresh" };
  g_autoptr (LinkageEventStream) stream = start_renewing (fixture, &renewing, g_get_real_time () / G_USEC_PER_SEC - 1);

  WAIT_UNTIL (fixture->states->len >= 1);
  g_assert_cmpuint (renewing.n_refreshed, ==, 1);
  g_assert_cmpuint (renewing.n_refused, ==, 0);
  g_clear_pointer (&renewing.portal, scripted_portal_free);
}

static void
test_token_refused (Fixture *fixture, gconstpointer data)
{
  Renewing renewing = { .good_token = "fresh" };
  g_autoptr (LinkageEventStream) stream = start_renewing (fixture, &renewing, 0);

  WAIT_UNTIL (fixture->states->len >= 2);
  g_assert_cmpuint (renewing.n_refreshed, ==, 1);
  g_assert_cmpuint (renewing.n_refused, ==, 1);
  g_assert_no_error (fixture->refusal);
  g_clear_pointer (&renewing.portal, scripted_portal_free);
}

/* A portal that takes none of its own tokens is not asked for one after another. */
static void
test_new_token_refused (Fixture *fixture, gconstpointer data)
{
  Renewing renewing = { .good_token = "another" };
  g_autoptr (LinkageEventStream) stream = start_renewing (fixture, &renewing, 0);

  WAIT_UNTIL (fixture->refusal != NULL);
  g_assert_error (fixture->refusal, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (renewing.n_refreshed, ==, 1);
  g_assert_cmpuint (renewing.n_refused, ==, 2);
  g_assert_cmpuint (renewing.n_streams, ==, 0);
  g_clear_pointer (&renewing.portal, scripted_portal_free);
}

#define ADD(name, function) g_test_add ("/event-stream/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("state", test_state);
  ADD ("reconnect", test_reconnect);
  ADD ("stop-and-start", test_stop_and_start);
  ADD ("stop-in-handler", test_stop_in_handler);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *name = g_strdup_printf ("/event-stream/refused/%u", refusals[i].status);

      g_test_add (name, Fixture, &refusals[i], set_up, test_refused, tear_down);
    }
  ADD ("failures-pass", test_failures_pass);
  ADD ("silence", test_silence);
  ADD ("too-large", test_too_large);
  ADD ("retry", test_retry);
  ADD ("insecure", test_insecure);
  ADD ("token-ran-out", test_token_ran_out);
  ADD ("token-refused", test_token_refused);
  ADD ("new-token-refused", test_new_token_refused);
  ADD ("unreachable", test_unreachable);

  return g_test_run ();
}
