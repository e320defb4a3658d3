/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections that keep to the limits and such that do not. Server and clients share the main loop. */

#include <string.h>
#include <sys/socket.h>

#include "portal-listener.h"
#include "portal-transport.h"

#define DEADLINE 20 /* seconds */
#define LARGE_REPLY (8 * 1024 * 1024)
#define HEAD "GET / HTTP/1.1\r\nHost: portal\r\n\r\n"
#define TOO_LARGE "HTTP/1.1 413 Too Large\r\n\r\n"

#define WAIT_UNTIL(condition)                                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    guint wait_id = g_timeout_add_seconds (DEADLINE, on_deadline, NULL);                                               \
    while (!(condition))                                                                                               \
      g_main_context_iteration (NULL, TRUE);                                                                           \
    g_source_remove (wait_id);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

typedef struct
{
  PortalListener *listener;
  SoupServer *soup;
  PortalTransport *arriving; /* (unowned) (nullable) */
  SoupServerMessage *quiet;  /* (unowned) (nullable) */
  gsize reply_size;
  guint n_requests;
} Fixture;

/* A client that keeps all that came, where it reads at all. */
typedef struct
{
  GIOStream *connection; /* (owned) */
  GString *received;     /* (owned) */
  gboolean is_ended;
  gboolean is_reading;
  char buffer[4096];
} Caller;

static gboolean
on_deadline (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;
  char *text = g_malloc (fixture->reply_size);

  fixture->n_requests++;
  memset (text, 'x', fixture->reply_size);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_TAKE, text, fixture->reply_size);
}

/* An event stream that has told all it has to tell. */
static void
on_quiet_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_requests++;
  fixture->quiet = message;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  portal_transport_set_quiet (portal_transport_get_for_message (message), TRUE);
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  Fixture *fixture = user_data;

  portal_transport_take_message (fixture->arriving, message);
}

static void
on_body_too_large (PortalTransport *transport, gpointer user_data)
{
  g_autoptr (GBytes) answer = g_bytes_new_static (TOO_LARGE, strlen (TOO_LARGE));

  portal_transport_answer (transport, answer);
}

static void
on_opened (PortalListener *listener, PortalTransport *transport, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->arriving = transport;
  g_signal_connect (transport, "body-too-large", G_CALLBACK (on_body_too_large), NULL);
  soup_server_accept_iostream (fixture->soup, G_IO_STREAM (transport),
                               G_SOCKET_ADDRESS (portal_listener_get_address (listener)),
                               portal_transport_get_remote (transport), &error);
  g_assert_no_error (error);
  fixture->arriving = NULL;
}

static PortalLimits
get_limits (void)
{
  PortalLimits limits = PORTAL_LIMITS_DEFAULT;

  limits.connections = 4;
  limits.connections_per_peer = 3;
  limits.body = 1000;

  return limits;
}

static void
set_up_with (Fixture *fixture, const PortalLimits *limits)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  fixture->reply_size = 10;
  fixture->soup = soup_server_new ("server-header", "test", NULL);
  soup_server_add_handler (fixture->soup, NULL, on_request, fixture, NULL);
  soup_server_add_handler (fixture->soup, "/quiet", on_quiet_request, fixture, NULL);
  g_signal_connect (fixture->soup, "request-started", G_CALLBACK (on_request_started), fixture);
  fixture->listener = portal_listener_new (G_INET_SOCKET_ADDRESS (address), NULL, limits, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->listener, "opened", G_CALLBACK (on_opened), fixture);
}

static void
tear_down (Fixture *fixture)
{
  soup_server_disconnect (fixture->soup);
  portal_listener_close (fixture->listener);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture->listener) == 0);
  g_assert_finalize_object (fixture->listener);
  g_assert_finalize_object (fixture->soup);
}

static void read_on (Caller *caller);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Caller *caller = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  caller->is_reading = FALSE;
  caller->is_ended = n <= 0;
  if (n <= 0)
    return;

  g_string_append_len (caller->received, caller->buffer, n);
  read_on (caller);
}

static void
read_on (Caller *caller)
{
  caller->is_reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (caller->connection), caller->buffer, sizeof caller->buffer,
                             G_PRIORITY_DEFAULT, NULL, on_read, caller);
}

/* From an address of its own: all of 127.0.0.0/8 leads back. */
static Caller *
call_from (Fixture *fixture, const char *from)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (from);
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  Caller *caller = g_new0 (Caller, 1);

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_local_address (client, local);
  caller->received = g_string_new (NULL);
  caller->connection = G_IO_STREAM (g_socket_client_connect (
    client, G_SOCKET_CONNECTABLE (portal_listener_get_address (fixture->listener)), NULL, &error));
  g_assert_no_error (error);

  return caller;
}

static Caller *
call (Fixture *fixture)
{
  return call_from (fixture, "127.0.0.1");
}

static void
say (Caller *caller, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (caller->connection), text, strlen (text), NULL, NULL,
                             &error);
  g_assert_no_error (error);
}

static void
caller_free (Caller *caller)
{
  if (caller->is_reading)
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (caller->connection)), TRUE, TRUE, NULL);
  WAIT_UNTIL (!caller->is_reading);
  g_io_stream_close (caller->connection, NULL, NULL);
  g_object_unref (caller->connection);
  g_string_free (caller->received, TRUE);
  g_free (caller);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Caller, caller_free)

static gboolean
is_answered (Caller *caller)
{
  return caller->is_ended && g_str_has_prefix (caller->received->str, "HTTP/1.1 200 ");
}

static void
test_request (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *caller;

  set_up_with (&fixture, &limits);
  caller = call (&fixture);
  read_on (caller);
  say (caller, HEAD);
  WAIT_UNTIL (is_answered (caller));
  caller_free (caller);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 0);
  tear_down (&fixture);
}

/* Nothing else is done meanwhile: no condition is waited for, the time itself is what is tested. */
static void
hold_main_loop (guint seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autoptr (GMutexLocker) locker = NULL;
  GMutex mutex;
  GCond never;

  g_mutex_init (&mutex);
  g_cond_init (&never);
  locker = g_mutex_locker_new (&mutex);
  while (g_cond_wait_until (&never, &mutex, end))
    ;
  g_clear_pointer (&locker, g_mutex_locker_free);
  g_cond_clear (&never);
  g_mutex_clear (&mutex);
}

/* A portal that is busy or asleep for longer than a client's time reads what the client had said by then. */
static void
test_busy_portal (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *caller;

  limits.head_seconds = 2;
  limits.body_seconds = 2;
  limits.reply_seconds = 2;
  set_up_with (&fixture, &limits);
  caller = call (&fixture);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 1);
  say (caller, HEAD);
  hold_main_loop (3);
  read_on (caller);
  WAIT_UNTIL (caller->is_ended);
  g_assert_true (is_answered (caller));

  caller_free (caller);
  tear_down (&fixture);
}

/* What a client says in place of a request, and how long it is listened to: it waits for ever. */
typedef struct
{
  const char *name;
  const char *text;
  guint head_seconds;
  guint body_seconds;
} Slow;

static void
test_slow (gconstpointer data)
{
  const Slow *slow = data;
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *caller;

  limits.head_seconds = slow->head_seconds;
  limits.body_seconds = slow->body_seconds;
  set_up_with (&fixture, &limits);
  caller = call (&fixture);
  say (caller, slow->text);
  read_on (caller);
  WAIT_UNTIL (caller->is_ended);
  g_assert_cmpuint (fixture.n_requests, ==, 0);
  g_assert_false (g_str_has_prefix (caller->received->str, "HTTP/1.1 2"));
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 0);

  caller_free (caller);
  tear_down (&fixture);
}

static const Slow slow_clients[] = {
  { "says-nothing", "", 1, DEADLINE },
  { "half-a-line", "GET / HT", 1, DEADLINE },
  { "half-a-head", "GET / HTTP/1.1\r\nHost: portal\r\n", 1, DEADLINE },
  { "no-body", "POST / HTTP/1.1\r\nHost: portal\r\nContent-Length: 10\r\n\r\n", DEADLINE, 1 },
  { "half-a-body", "POST / HTTP/1.1\r\nHost: portal\r\nContent-Length: 10\r\n\r\n12345", DEADLINE, 1 },
  { "half-a-chunk", "POST / HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123", DEADLINE, 1 },
};

/* libsoup by itself would answer, and a write be done of which the key and the body are missing. */
static void
test_head_cut_off (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *caller;

  set_up_with (&fixture, &limits);
  caller = call (&fixture);
  say (caller, "POST / HTTP/1.1\r\nHost: portal\r\n");
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (caller->connection)), FALSE, TRUE, NULL);
  read_on (caller);
  WAIT_UNTIL (caller->is_ended);
  g_assert_cmpuint (fixture.n_requests, ==, 0);
  g_assert_cmpuint (caller->received->len, ==, 0);

  caller_free (caller);
  tear_down (&fixture);
}

/* A reply that nobody takes is larger than what the kernel holds. */
static void
test_no_reader (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *caller;

  limits.reply_seconds = 1;
  set_up_with (&fixture, &limits);
  fixture.reply_size = LARGE_REPLY;
  caller = call (&fixture);
  say (caller, HEAD);
  WAIT_UNTIL (fixture.n_requests == 1);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 0);
  read_on (caller);
  WAIT_UNTIL (caller->is_ended);
  g_assert_cmpuint (caller->received->len, <, LARGE_REPLY);

  caller_free (caller);
  tear_down (&fixture);
}

/* The time of an event stream begins when it has something to tell: one outlasts a reply that came later. */
static void
test_quiet (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *quiet, *other;

  limits.reply_seconds = 1;
  set_up_with (&fixture, &limits);
  fixture.reply_size = LARGE_REPLY;
  quiet = call (&fixture);
  say (quiet, "GET /quiet HTTP/1.1\r\nHost: portal\r\n\r\n");
  WAIT_UNTIL (fixture.n_requests == 1);
  other = call (&fixture);
  say (other, HEAD);
  WAIT_UNTIL (fixture.n_requests == 2);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 1);
  read_on (quiet);
  soup_message_body_complete (soup_server_message_get_response_body (fixture.quiet));
  soup_server_message_unpause (fixture.quiet);
  WAIT_UNTIL (is_answered (quiet));

  caller_free (quiet);
  caller_free (other);
  tear_down (&fixture);
}

/* The client gets its answer although it has not sent all, and its place is free soon although it goes on. */
static void
test_body_too_large (gconstpointer data)
{
  const char *head = data;
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  g_autofree char *body = g_strnfill (2000, 'x');
  Caller *caller;

  limits.linger_seconds = 1;
  set_up_with (&fixture, &limits);
  caller = call (&fixture);
  read_on (caller);
  say (caller, head);
  say (caller, body);
  WAIT_UNTIL (caller->is_ended);
  g_assert_cmpstr (caller->received->str, ==, TOO_LARGE);
  g_assert_cmpuint (fixture.n_requests, ==, 0);
  say (caller, body);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 0);

  caller_free (caller);
  tear_down (&fixture);
}

static void
test_share_of_a_peer (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *callers[3];
  Caller *more, *other;

  set_up_with (&fixture, &limits);
  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    callers[i] = call (&fixture);
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 3);
  more = call (&fixture);
  read_on (more);
  WAIT_UNTIL (more->is_ended);
  other = call_from (&fixture, "127.0.0.2");
  read_on (other);
  say (other, HEAD);
  WAIT_UNTIL (is_answered (other));

  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    caller_free (callers[i]);
  caller_free (more);
  caller_free (other);
  tear_down (&fixture);
}

/* Whoever finds all places taken waits for one, and gets it when those who say nothing have had their time. */
static void
test_all_places_taken (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  Caller *callers[4];
  Caller *waiting;

  limits.head_seconds = 1;
  set_up_with (&fixture, &limits);
  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    callers[i] = call_from (&fixture, i % 2 == 0 ? "127.0.0.2" : "127.0.0.3");
  WAIT_UNTIL (portal_listener_get_n_connections (fixture.listener) == 4);
  waiting = call (&fixture);
  read_on (waiting);
  say (waiting, HEAD);
  WAIT_UNTIL (is_answered (waiting));

  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    caller_free (callers[i]);
  caller_free (waiting);
  tear_down (&fixture);
}

static void
test_address_in_use (void)
{
  PortalLimits limits = get_limits ();
  Fixture fixture = { NULL };
  g_autoptr (GError) error = NULL;

  set_up_with (&fixture, &limits);
  g_assert_null (portal_listener_new (portal_listener_get_address (fixture.listener), NULL, &limits, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/listener/request", test_request);
  g_test_add_func ("/portal/listener/busy-portal", test_busy_portal);
  for (guint i = 0; i < G_N_ELEMENTS (slow_clients); i++)
    {
      g_autofree char *name = g_strconcat ("/portal/listener/slow/", slow_clients[i].name, NULL);

      g_test_add_data_func (name, &slow_clients[i], test_slow);
    }
  g_test_add_func ("/portal/listener/head-cut-off", test_head_cut_off);
  g_test_add_func ("/portal/listener/no-reader", test_no_reader);
  g_test_add_func ("/portal/listener/quiet", test_quiet);
  g_test_add_data_func ("/portal/listener/body-too-large/declared",
                        "POST / HTTP/1.1\r\nHost: portal\r\nContent-Length: 100000\r\n\r\n", test_body_too_large);
  g_test_add_data_func ("/portal/listener/body-too-large/chunked",
                        "POST / HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
                        test_body_too_large);
  g_test_add_data_func ("/portal/listener/body-too-large/expected",
                        "POST / HTTP/1.1\r\nHost: portal\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n",
                        test_body_too_large);
  g_test_add_func ("/portal/listener/share-of-a-peer", test_share_of_a_peer);
  g_test_add_func ("/portal/listener/all-places-taken", test_all_places_taken);
  g_test_add_func ("/portal/listener/address-in-use", test_address_in_use);

  return g_test_run ();
}
