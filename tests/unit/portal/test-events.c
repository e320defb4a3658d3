/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The event stream over a real connection. Server and client share the main loop. */

#include <string.h>

#include "portal-changes.h"
#include "portal-events.h"
#include "portal-sample.h"
#include "portal-server.h"
#include "portal-transitions.h"

#define DEADLINE 20 /* seconds */

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
  PortalStore *store;
  PortalServer *server;
  char *token;
} Fixture;

/* A client of the stream that keeps all that came. */
typedef struct
{
  GIOStream *connection; /* (owned) */
  GString *received;     /* (owned) */
  gboolean is_ended;
  guint n_pending;
  char buffer[4096];
} Listener;

static gboolean
on_deadline (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

static void
set_up_at (Fixture *fixture, const char *path, const PortalLimits *limits)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  fixture->store = portal_sample_open (path);
  portal_sample_add_row (fixture->store, "a", 0);
  fixture->token = portal_tokens_create (fixture->store, "ada", NULL, &error);
  g_assert_no_error (error);
  fixture->server = portal_server_new (fixture->store, FALSE, 100);
  if (limits != NULL)
    portal_server_set_limits (fixture->server, limits);
  portal_server_listen (fixture->server, G_INET_SOCKET_ADDRESS (address), NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  set_up_at (fixture, ":memory:", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  portal_server_stop (fixture->server);
  g_assert_finalize_object (fixture->server);
  portal_sample_close (fixture->store);
  g_free (fixture->token);
}

static void read_on (Listener *listener);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *listener = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  listener->n_pending--;
  if (n > 0)
    {
      g_string_append_len (listener->received, listener->buffer, n);
      read_on (listener);
    }
  else
    listener->is_ended = TRUE;
}

static void
read_on (Listener *listener)
{
  listener->n_pending++;
  g_input_stream_read_async (g_io_stream_get_input_stream (listener->connection), listener->buffer,
                             sizeof listener->buffer, G_PRIORITY_DEFAULT, NULL, on_read, listener);
}

static Listener *
listen_to_account (Fixture *fixture, const char *account_id, const char *last_state)
{
  const char *host = portal_server_get_address (fixture->server) + strlen ("http://");
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  g_autofree char *last = last_state != NULL ? g_strdup_printf ("Last-Event-ID: %s\r\n", last_state) : g_strdup ("");
  Listener *listener = g_new0 (Listener, 1);

  g_socket_client_set_enable_proxy (client, FALSE);
  listener->received = g_string_new (NULL);
  listener->connection = G_IO_STREAM (g_socket_client_connect_to_host (client, host, 0, NULL, &error));
  g_assert_no_error (error);
  request = g_strdup_printf ("GET /api/v1/accounts/%s/events HTTP/1.1\r\nHost: %s\r\n"
                             "Authorization: Bearer %s\r\n%s\r\n",
                             account_id, host, fixture->token, last);
  g_output_stream_write_all (g_io_stream_get_output_stream (listener->connection), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  read_on (listener);

  return listener;
}

static Listener *
listen_to (Fixture *fixture, const char *last_state)
{
  return listen_to_account (fixture, "a", last_state);
}

/* Leaves without a word, as a program does that is killed. */
static void
listener_free (Listener *listener)
{
  if (!listener->is_ended)
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (listener->connection)), TRUE, TRUE, NULL);
  WAIT_UNTIL (listener->n_pending == 0);
  g_io_stream_close (listener->connection, NULL, NULL);
  g_object_unref (listener->connection);
  g_string_free (listener->received, TRUE);
  g_free (listener);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

static char *
get_event (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = portal_changes_get_newest_state (fixture->store, "a", &error);

  g_assert_no_error (error);
  return g_strdup_printf ("event: state\nid: %s\ndata: {\"state\":\"%s\"}\n\n", state, state);
}

static gboolean
has_newest (Fixture *fixture, Listener *listener)
{
  g_autofree char *event = get_event (fixture);

  return strstr (listener->received->str, event) != NULL;
}

static guint
count_events (Listener *listener)
{
  guint n = 0;

  for (const char *at = listener->received->str; (at = strstr (at, "event: state")) != NULL; at++)
    n++;

  return n;
}

static void
test_newest_at_once (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);

  WAIT_UNTIL (has_newest (fixture, listener));
  g_assert_nonnull (strstr (listener->received->str, "text/event-stream"));
}

static void
test_each_change (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);

  WAIT_UNTIL (has_newest (fixture, listener));
  portal_sample_send (fixture->store, "a-c0");
  WAIT_UNTIL (has_newest (fixture, listener));
  g_assert_cmpuint (count_events (listener), ==, 2);
}

/* The state that the client knows is not told again; another account's change is none. */
static void
test_nothing_new (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *state = portal_changes_get_newest_state (fixture->store, "a", NULL);
  g_autoptr (Listener) listener = listen_to (fixture, state);

  WAIT_UNTIL (strstr (listener->received->str, "\r\n\r\n") != NULL);
  portal_sample_add_row (fixture->store, "b", 0);
  portal_sample_send (fixture->store, "b-c0");
  portal_sample_send (fixture->store, "a-c0");
  WAIT_UNTIL (has_newest (fixture, listener));
  g_assert_cmpuint (count_events (listener), ==, 1);
}

/* A client that does not keep up hears of the newest state, and not of each one before. */
static void
test_many_changes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);

  WAIT_UNTIL (has_newest (fixture, listener));
  for (guint i = 1; i < PORTAL_SAMPLE_CUSTOMERS; i++)
    portal_sample_add_row (fixture->store, "a", i);
  WAIT_UNTIL (has_newest (fixture, listener));
  g_assert_cmpuint (count_events (listener), <=, 3);
}

/* Nobody asks, and still the stream tells that a request has expired. */
static void
test_expiry (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = NULL;
  g_autoptr (GError) error = NULL;

  portal_sample_send (fixture->store, "a-c0");
  linkage_database_execute (portal_store_get_database (fixture->store),
                            "UPDATE connections SET expires_at = unixepoch () + 2 WHERE id = 'a-c0'", &error);
  g_assert_no_error (error);
  listener = listen_to (fixture, NULL);
  WAIT_UNTIL (has_newest (fixture, listener));

  portal_sample_add_row (fixture->store, "a", 1); /* the timer looks again */
  WAIT_UNTIL (portal_sample_read_int (fixture->store, "SELECT status = 'expired' FROM connections WHERE id = 'a-c0'"));
  WAIT_UNTIL (has_newest (fixture, listener));
}

static void
test_revoked_token (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);
  g_autoptr (GError) error = NULL;

  WAIT_UNTIL (has_newest (fixture, listener));
  portal_tokens_revoke (fixture->store, fixture->token, &error);
  g_assert_no_error (error);
  WAIT_UNTIL (g_str_has_suffix (listener->received->str, "0\r\n\r\n"));
}

static void
test_stop (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);

  WAIT_UNTIL (has_newest (fixture, listener));
  portal_server_stop (fixture->server);
  WAIT_UNTIL (listener->is_ended);
}

static void
test_lost_role (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Listener) listener = listen_to (fixture, NULL);
  g_autoptr (GError) error = NULL;

  WAIT_UNTIL (has_newest (fixture, listener));
  linkage_database_execute (portal_store_get_database (fixture->store), "UPDATE members SET role = 'user'", &error);
  g_assert_no_error (error);
  portal_sample_send (fixture->store, "a-c0");
  WAIT_UNTIL (g_str_has_suffix (listener->received->str, "0\r\n\r\n"));
  g_assert_cmpuint (count_events (listener), ==, 1);
}

static void
open_streams (Fixture *fixture, GPtrArray *listeners, const char *account_id, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      Listener *listener = listen_to_account (fixture, account_id, NULL);

      g_ptr_array_add (listeners, listener);
      WAIT_UNTIL (strstr (listener->received->str, "event: state") != NULL);
    }
}

static void
assert_full (Fixture *fixture, const char *account_id)
{
  g_autoptr (Listener) refused = listen_to_account (fixture, account_id, NULL);

  WAIT_UNTIL (strstr (refused->received->str, "too-many-streams") != NULL);
  g_assert_true (g_str_has_prefix (refused->received->str, "HTTP/1.1 503"));
  g_assert_nonnull (strstr (refused->received->str, "Retry-After: "));
}

/* One account cannot take the streams of another, and the place of a client that has left goes to the next one. */
static void
test_limits (void)
{
  PortalLimits limits = PORTAL_LIMITS_DEFAULT;
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) listeners = g_ptr_array_new_with_free_func ((GDestroyNotify)listener_free);

  limits.streams = 5;
  limits.streams_per_account = 3;
  set_up_at (&fixture, ":memory:", &limits);
  open_streams (&fixture, listeners, "a", 3);
  assert_full (&fixture, "a");
  open_streams (&fixture, listeners, "b", 2);
  assert_full (&fixture, "b");

  g_ptr_array_remove_index (listeners, 0);
  for (gboolean is_open = FALSE; !is_open;)
    {
      g_autoptr (Listener) next = listen_to (&fixture, NULL);

      WAIT_UNTIL (strstr (next->received->str, "\r\n\r\n") != NULL);
      is_open = g_str_has_prefix (next->received->str, "HTTP/1.1 200");
    }

  g_clear_pointer (&listeners, g_ptr_array_unref);
  tear_down (&fixture, NULL);
}

/* What another process writes to the file is told too. */
static void
test_other_process (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "portal.sqlite", NULL);
  Fixture fixture = { NULL };
  PortalStore *other;
  Listener *listener;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  set_up_at (&fixture, path, NULL);
  other = portal_sample_open (path);
  listener = listen_to (&fixture, NULL);
  WAIT_UNTIL (has_newest (&fixture, listener));

  portal_sample_send (other, "a-c0");
  WAIT_UNTIL (has_newest (&fixture, listener));
  g_assert_cmpuint (count_events (listener), ==, 2);

  listener_free (listener);
  portal_sample_close (other);
  tear_down (&fixture, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/portal/events/newest-at-once", test_newest_at_once);
  ADD ("/portal/events/each-change", test_each_change);
  ADD ("/portal/events/nothing-new", test_nothing_new);
  ADD ("/portal/events/many-changes", test_many_changes);
  ADD ("/portal/events/expiry", test_expiry);
  ADD ("/portal/events/revoked-token", test_revoked_token);
  ADD ("/portal/events/lost-role", test_lost_role);
  ADD ("/portal/events/stop", test_stop);
#undef ADD
  g_test_add_func ("/portal/events/limits", test_limits);
  g_test_add_func ("/portal/events/other-process", test_other_process);

  return g_test_run ();
}
