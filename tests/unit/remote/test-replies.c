/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client makes of whatever may come back. */

#include <glib/gstdio.h>
#include <string.h>

#include "linkage-client.h"
#include "raw-server.h"
#include "sample-replies.h"
#include "scripted-portal.h"
#include "waiting.h"

#define PROBLEM "application/problem+json"
#define TYPE(name) "{\"type\": \"https://linkage-app.github.io/problems/" name "\", \"title\": \"T\", \"status\": 400}"

static LinkageConnection *
get_connection_at (const char *address, GCancellable *cancellable, GError **error)
{
  g_autofree char *api = g_strconcat (address, "/api/v1", NULL);
  g_autoptr (LinkageClient) client = linkage_client_new (NULL, api, "acc/1", "token");
  g_autoptr (GAsyncResult) result = NULL;

  linkage_client_get_connection_async (client, "con-1", cancellable, waiting_on_ready, &result);
  WAIT_UNTIL (result != NULL);

  return linkage_client_get_connection_finish (client, result, error);
}

static void
assert_error_at (const char *address, LinkageRemoteError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get_connection_at (address, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, (int)code);
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    const char *content_type;
    const char *body;
    LinkageRemoteError code;
  } cases[] = {
    { 401, PROBLEM, TYPE ("authentication-required"), LINKAGE_REMOTE_ERROR_UNAUTHORIZED },
    { 401, "text/html", "<p>Sign in</p>", LINKAGE_REMOTE_ERROR_UNAUTHORIZED },
    { 403, PROBLEM, TYPE ("role-required"), LINKAGE_REMOTE_ERROR_ROLE_REQUIRED },
    { 403, PROBLEM, TYPE ("challenge-required"), LINKAGE_REMOTE_ERROR_CHALLENGE },
    { 403, PROBLEM, TYPE ("challenge-expired"), LINKAGE_REMOTE_ERROR_CHALLENGE },
    { 403, PROBLEM, TYPE ("challenge-mismatch"), LINKAGE_REMOTE_ERROR_CHALLENGE },
    { 403, PROBLEM, TYPE ("no-requests-left"), LINKAGE_REMOTE_ERROR_REFUSED },
    { 403, PROBLEM, TYPE ("something-new"), LINKAGE_REMOTE_ERROR_REFUSED },
    { 403, "text/html", "<p>Blocked</p>", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 400, PROBLEM, TYPE ("invalid-request"), LINKAGE_REMOTE_ERROR_REFUSED },
    { 404, PROBLEM, TYPE ("not-found"), LINKAGE_REMOTE_ERROR_NOT_FOUND },
    { 404, "text/html", "<p>Not found</p>", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 404, PROBLEM, "not found", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 404, PROBLEM, "{\"title\": \"T\", \"status\": 404}", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 409, PROBLEM, TYPE ("still-running"), LINKAGE_REMOTE_ERROR_TRY_LATER },
    { 410, PROBLEM, TYPE ("state-unusable"), LINKAGE_REMOTE_ERROR_STATE_UNUSABLE },
    { 410, PROBLEM, TYPE ("account-merged"), LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED },
    { 413, PROBLEM, TYPE ("too-large"), LINKAGE_REMOTE_ERROR_TOO_LARGE },
    { 422, PROBLEM, TYPE ("key-reused"), LINKAGE_REMOTE_ERROR_REFUSED },
    { 422, PROBLEM, TYPE ("invalid-fields"), LINKAGE_REMOTE_ERROR_INVALID_FIELDS },
    { 422, PROBLEM, TYPE ("challenge-failed"), LINKAGE_REMOTE_ERROR_CHALLENGE },
    { 429, PROBLEM, TYPE ("too-many-requests"), LINKAGE_REMOTE_ERROR_TRY_LATER },
    { 429, NULL, NULL, LINKAGE_REMOTE_ERROR_TRY_LATER },
    { 500, PROBLEM, TYPE ("internal-error"), LINKAGE_REMOTE_ERROR_SERVER },
    { 502, "text/html", "<p>Bad gateway</p>", LINKAGE_REMOTE_ERROR_SERVER },
    { 503, "text/html", "<p>Away</p>", LINKAGE_REMOTE_ERROR_TRY_LATER },
    { 304, NULL, NULL, LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, "text/html", "<!DOCTYPE html>", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, NULL, SAMPLE_CONNECTION, LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, PROBLEM, SAMPLE_CONNECTION, LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, "application/json", "<!DOCTYPE html>", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, "application/json", "", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, "application/json", "{}", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 200, "application/json", "\xff\xfe{", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { 204, NULL, NULL, LINKAGE_REMOTE_ERROR_INVALID_REPLY },
  };
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      scripted_portal_answer (portal, cases[i].status, cases[i].content_type, cases[i].body);
      assert_error_at (portal->address, cases[i].code);
    }
}

static void
test_problem (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  const LinkageProblem *problem;

  scripted_portal_answer (portal, 403, PROBLEM "; charset=utf-8", SAMPLE_PROBLEM);
  g_assert_null (get_connection_at (portal->address, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED);

  copy = g_error_copy (error);
  g_clear_error (&error);
  problem = linkage_remote_error_get_problem (copy);
  g_assert_nonnull (problem);
  g_assert_cmpuint (problem->status, ==, 403);
  g_assert_cmpstr (problem->type, ==, "already-pending");
  g_assert_cmpstr (problem->title, ==, "Already pending");
  g_assert_cmpstr (problem->connection->id, ==, "con-1");
  g_assert_cmpuint (problem->retry_after, ==, 0);
}

static void
test_no_problem (void)
{
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "other");
  g_autoptr (GError) plain = g_error_new_literal (LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNREACHABLE, "plain");

  g_assert_null (linkage_remote_error_get_problem (other));
  g_assert_null (linkage_remote_error_get_problem (plain));
}

static guint
ask_retry_after (ScriptedPortal *portal, guint status, const char *value)
{
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (portal, status, NULL, NULL);
  soup_message_headers_append (portal->headers, "Retry-After", value);
  g_assert_null (get_connection_at (portal->address, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER);

  return linkage_remote_error_get_problem (error)->retry_after;
}

/* A sandbox may be a month ahead. */
static void
test_retry_after_by_portal_clock (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (GError) error = NULL;

  scripted_portal_answer (portal, 503, NULL, NULL);
  soup_message_headers_append (portal->headers, "Date", "Fri, 01 Jan 2038 00:00:00 GMT");
  soup_message_headers_append (portal->headers, "Retry-After", "Fri, 01 Jan 2038 00:00:09 GMT");
  g_assert_null (get_connection_at (portal->address, NULL, &error));
  g_assert_cmpuint (linkage_remote_error_get_problem (error)->retry_after, ==, 9);
}

static void
test_retry_after (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 100);
  g_autofree char *date = soup_date_time_to_string (later, SOUP_DATE_HTTP);

  g_assert_cmpuint (ask_retry_after (portal, 429, "7"), ==, 7);
  g_assert_cmpuint (ask_retry_after (portal, 503, "0"), ==, 0);
  g_assert_cmpuint (ask_retry_after (portal, 503, "soon"), ==, 0);
  g_assert_cmpuint (ask_retry_after (portal, 503, "-5"), ==, 0);
  g_assert_cmpuint (ask_retry_after (portal, 503, "4000000000"), ==, 24 * 60 * 60);
  g_assert_cmpuint (ask_retry_after (portal, 503, "Thu, 01 Jan 2015 00:00:00 GMT"), ==, 0);
  g_assert_cmpuint (ask_retry_after (portal, 503, date), >=, 75);
  g_assert_cmpuint (ask_retry_after (portal, 503, date), <=, 101);
}

static void
test_cut_off (void)
{
  static const struct
  {
    const char *reply;
    LinkageRemoteError code;
  } cases[] = {
    { "", LINKAGE_REMOTE_ERROR_UNREACHABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: app", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"id\"",
      LINKAGE_REMOTE_ERROR_UNREACHABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id",
      LINKAGE_REMOTE_ERROR_UNREACHABLE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"id\"", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
    { "SSH-2.0-OpenSSH\r\n\r\n", LINKAGE_REMOTE_ERROR_INVALID_REPLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (cases[i].reply);

      g_test_message ("Case %" G_GSIZE_FORMAT, i);
      assert_error_at (server->address, cases[i].code);
    }
}

/* A reply with the right number of bytes missing must not become a value, even where what came is a JSON text. */
static void
test_cut_off_value (void)
{
  g_autofree char *reply =
    g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                     strlen (SAMPLE_CONNECTION) + 1, SAMPLE_CONNECTION);
  g_autoptr (RawServer) server = raw_server_new (reply);

  assert_error_at (server->address, LINKAGE_REMOTE_ERROR_UNREACHABLE);
}

static void
test_unreachable (void)
{
  g_autoptr (RawServer) gone = raw_server_new ("");
  g_autofree char *address = g_strdup (gone->address);

  g_clear_pointer (&gone, raw_server_free);
  assert_error_at (address, LINKAGE_REMOTE_ERROR_UNREACHABLE);
  assert_error_at ("https://portal.invalid", LINKAGE_REMOTE_ERROR_UNREACHABLE);
}

static void
test_deep (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autofree char *body = g_strnfill (100000, '[');

  scripted_portal_answer (portal, 200, "application/json", body);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
}

/* A large body goes through a thread of the pool, and gives the same. */
static void
test_large (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *padding = g_strnfill (15 * 1024 * 1024, ' ');
  g_autofree char *body = g_strconcat (SAMPLE_CONNECTION, padding, NULL);
  g_autofree char *wrong = g_strconcat ("[", padding, "]", NULL);

  scripted_portal_answer (portal, 200, "application/json", body);
  connection = get_connection_at (portal->address, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (connection->customer->name, ==, "Harbour Foods");

  scripted_portal_answer (portal, 200, "application/json", wrong);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
}

static void
test_too_large (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autofree char *body = g_strnfill (40 * 1024 * 1024, ' ');

  scripted_portal_answer (portal, 200, "application/json", body);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_TOO_LARGE);
  scripted_portal_answer (portal, 500, PROBLEM, body);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_TOO_LARGE);
}

/* The limit holds while the body arrives, and giving up does not wait for the rest. */
static void
test_too_large_stalled (void)
{
  g_autofree char *padding = g_strnfill (17 * 1024 * 1024, ' ');
  g_autofree char *reply = g_strconcat (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40000000\r\n\r\n", padding, NULL);
  g_autoptr (RawServer) server = raw_server_new (reply);

  server->stays_open = TRUE;
  assert_error_at (server->address, LINKAGE_REMOTE_ERROR_TOO_LARGE);
}

static gboolean
on_time_to_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel_stalled (void)
{
  g_autoptr (RawServer) server =
    raw_server_new ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  server->stays_open = TRUE;
  g_timeout_add (50, on_time_to_cancel, cancellable);
  g_assert_null (get_connection_at (server->address, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GBytes *
compress (const char *text, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, length, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (memory, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_compressed (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (GBytes) body = compress (SAMPLE_CONNECTION, strlen (SAMPLE_CONNECTION));
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  scripted_portal_answer_bytes (portal, 200, "application/json", body);
  soup_message_headers_append (portal->headers, "Content-Encoding", "gzip");
  connection = get_connection_at (portal->address, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (connection->id, ==, "con-1");
}

static void
test_bomb (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autofree char *text = g_strnfill (64 * 1024 * 1024, ' ');
  g_autoptr (GBytes) body = compress (text, strlen (text));

  g_assert_cmpuint (g_bytes_get_size (body), <, 128 * 1024);
  scripted_portal_answer_bytes (portal, 200, "application/json", body);
  soup_message_headers_append (portal->headers, "Content-Encoding", "gzip");
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_TOO_LARGE);
}

static void
answer_redirect (ScriptedPortal *portal, guint status, const char *location)
{
  scripted_portal_answer (portal, status, NULL, NULL);
  soup_message_headers_append (portal->headers, "Location", location);
}

/* The token never goes to another origin. */
static void
test_redirect_elsewhere (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (ScriptedPortal) other = scripted_portal_new (NULL);
  g_autofree char *other_name = g_strdup_printf ("http://localhost%s/", strrchr (portal->address, ':'));

  scripted_portal_answer (other, 200, "application/json", SAMPLE_CONNECTION);
  answer_redirect (portal, 302, other->address);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INSECURE);
  g_assert_cmpuint (other->n_asked, ==, 0);
  answer_redirect (portal, 307, other_name);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INSECURE);
  answer_redirect (portal, 308, "http://portal.example.com/");
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INSECURE);
  answer_redirect (portal, 301, "file:///etc/passwd");
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INSECURE);
  g_assert_cmpuint (portal->n_asked, ==, 4);
}

static void
test_redirect_without_end (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);

  answer_redirect (portal, 302, "/again");
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
  g_assert_cmpuint (portal->n_asked, ==, 11);
  scripted_portal_answer (portal, 302, NULL, NULL);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
}

static void
on_moved (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  soup_server_message_set_redirect (message, 307, "/new");
}

static void
test_redirect_followed (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_add_handler (portal->server, "/api", on_moved, NULL, NULL);
  scripted_portal_answer (portal, 200, "application/json", SAMPLE_CONNECTION);
  connection = get_connection_at (portal->address, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (portal->path, ==, "/new");
  g_assert_cmpstr (soup_message_headers_get_one (portal->asked_headers, "Authorization"), ==, "Bearer token");
}

static void
test_insecure (void)
{
  assert_error_at ("http://portal.example.com", LINKAGE_REMOTE_ERROR_INSECURE);
  assert_error_at ("ftp://127.0.0.1", LINKAGE_REMOTE_ERROR_INVALID_ADDRESS);
  assert_error_at ("nonsense", LINKAGE_REMOTE_ERROR_INVALID_ADDRESS);
}

static GTlsCertificate *
make_certificate (const char *folder)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *file = g_build_filename (folder, "certificate.pem", NULL);
  g_autoptr (GSubprocess) openssl = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509", "-newkey",
                              "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                              "-days", "2", "-keyout", key, "-out", file, NULL);
  if (openssl == NULL)
    return NULL;
  g_assert_true (g_subprocess_wait_check (openssl, NULL, &error));
  certificate = g_tls_certificate_new_from_files (file, key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (key), ==, 0);
  g_assert_cmpint (g_remove (file), ==, 0);

  return g_steal_pointer (&certificate);
}

/* A certificate that nobody vouches for ends the matter before anything is said. */
static void
test_certificate (void)
{
  g_autofree char *folder = g_dir_make_tmp ("linkage-XXXXXX", NULL);
  g_autoptr (GTlsCertificate) certificate = make_certificate (folder);
  g_autoptr (ScriptedPortal) portal = NULL;

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  if (certificate == NULL)
    {
      g_test_skip ("There is no openssl to make a certificate with");
      return;
    }

  portal = scripted_portal_new (certificate);
  scripted_portal_answer (portal, 200, "application/json", SAMPLE_CONNECTION);
  assert_error_at (portal->address, LINKAGE_REMOTE_ERROR_CERTIFICATE);
  g_assert_cmpuint (portal->n_asked, ==, 0);
}

static void
test_no_tls (void)
{
  g_autoptr (RawServer) server = raw_server_new ("HTTP/1.1 200 OK\r\n\r\n");
  g_autofree char *address = g_strconcat ("https", server->address + strlen ("http"), NULL);

  assert_error_at (address, LINKAGE_REMOTE_ERROR_UNREACHABLE);
}

static void
test_cancel (void)
{
  g_autoptr (ScriptedPortal) portal = scripted_portal_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (get_connection_at (portal->address, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replies/statuses", test_statuses);
  g_test_add_func ("/replies/problem", test_problem);
  g_test_add_func ("/replies/no-problem", test_no_problem);
  g_test_add_func ("/replies/retry-after", test_retry_after);
  g_test_add_func ("/replies/retry-after-by-portal-clock", test_retry_after_by_portal_clock);
  g_test_add_func ("/replies/cut-off", test_cut_off);
  g_test_add_func ("/replies/cut-off-value", test_cut_off_value);
  g_test_add_func ("/replies/unreachable", test_unreachable);
  g_test_add_func ("/replies/deep", test_deep);
  g_test_add_func ("/replies/large", test_large);
  g_test_add_func ("/replies/too-large", test_too_large);
  g_test_add_func ("/replies/too-large-stalled", test_too_large_stalled);
  g_test_add_func ("/replies/compressed", test_compressed);
  g_test_add_func ("/replies/bomb", test_bomb);
  g_test_add_func ("/replies/redirect-elsewhere", test_redirect_elsewhere);
  g_test_add_func ("/replies/redirect-without-end", test_redirect_without_end);
  g_test_add_func ("/replies/redirect-followed", test_redirect_followed);
  g_test_add_func ("/replies/insecure", test_insecure);
  g_test_add_func ("/replies/certificate", test_certificate);
  g_test_add_func ("/replies/no-tls", test_no_tls);
  g_test_add_func ("/replies/cancel", test_cancel);
  g_test_add_func ("/replies/cancel-stalled", test_cancel_stalled);

  return g_test_run ();
}
