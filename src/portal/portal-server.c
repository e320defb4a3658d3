/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-server.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "portal-customer-pages.h"
#include "portal-error.h"
#include "portal-events.h"
#include "portal-housekeeping.h"
#include "portal-routes.h"
#include "portal-transitions.h"

#define HOUSEKEEPING_SECONDS (60 * 60)
#define MAX_TIMER_SECONDS 60 /* a machine that slept looks at the clock again */

struct _PortalServer
{
  GObject parent_instance;

  PortalStore *store;                  /* (owned) */
  PortalEvents *events;                /* (owned) */
  PortalRouter *router;                /* (owned) */
  PortalCustomerPages *customer_pages; /* (owned) (nullable): null before it listens */
  PortalSettings settings;             /* its address is (owned) (nullable): null before it listens */
  char *host;                          /* (owned) (nullable): what the Host header has to say */
  SoupServer *soup;                    /* (owned) (nullable): null once it is stopped */
  GFileMonitor *monitor;               /* (owned) (nullable): of other processes' writes, null in memory */
  guint expiry_id;                     /* source, 0: nothing waits */
  guint housekeeping_id;               /* source */
};

G_DEFINE_FINAL_TYPE (PortalServer, portal_server, G_TYPE_OBJECT)

static void
set_common_headers (PortalServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (portal_store_get_now (self->store));
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  /* libsoup 3.2 never closes its end of a connection that the client closes between two requests. */
  soup_message_headers_replace (headers, "Connection", "close");
}

static void
send_reply (PortalServer *self, SoupServerMessage *message, const PortalReply *reply)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;

  set_common_headers (self, message);
  soup_message_headers_iter_init (&iter, reply->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    soup_message_headers_append (soup_server_message_get_response_headers (message), name, value);

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->body != NULL)
    soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY, reply->body,
                                      strlen (reply->body));
}

static void
send_problem (PortalServer *self, SoupServerMessage *message, PortalProblemType type, const char *detail)
{
  g_autoptr (PortalReply) reply = portal_reply_new_problem (type, detail);

  send_reply (self, message, reply);
}

/* A body without a declared length is measured as it comes, and let go of once it is too large. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > PORTAL_SERVER_MAX_BODY)
    soup_message_body_set_accumulate (body, FALSE);
}

static void
on_headers (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");

  set_common_headers (self, message);
  if (host == NULL || g_ascii_strcasecmp (host, self->host) != 0)
    {
      send_problem (self, message, PORTAL_PROBLEM_INVALID_REQUEST, _ ("The portal does not have this address."));
      return;
    }
  if (soup_message_headers_get_content_length (headers) > PORTAL_SERVER_MAX_BODY)
    {
      send_problem (self, message, PORTAL_PROBLEM_TOO_LARGE, NULL);
      return;
    }

  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  g_autoptr (PortalRequest) request = NULL;
  g_autoptr (PortalReply) reply = NULL;

  if (!soup_message_body_get_accumulate (soup_server_message_get_request_body (message)))
    {
      send_problem (self, message, PORTAL_PROBLEM_TOO_LARGE, NULL);
      return;
    }

  if (portal_customer_pages_is_path (path))
    {
      reply = portal_customer_pages_answer (self->customer_pages, message);
      send_reply (self, message, reply);
      return;
    }

  request = portal_request_new (message, query);
  request->store = self->store;
  request->events = self->events;
  request->settings = &self->settings;

  reply = portal_router_answer (self->router, request);
  send_reply (self, message, reply);
  if (reply->is_stream)
    portal_events_open (self->events, message, portal_request_get_parameter (request, 0), request->user->token_hash,
                        portal_request_get_header (request, "Last-Event-ID"));
}

static void schedule_expiry (PortalServer *self);

static gboolean
on_expiry_due (gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  g_autoptr (GError) error = NULL;

  self->expiry_id = 0;
  if (!portal_transitions_settle_now (self->store, &error))
    g_message ("Cannot write down what has expired: %s", error->message);
  schedule_expiry (self);

  return G_SOURCE_REMOVE;
}

/* Event streams tell of an expiry although nobody asks. */
static void
schedule_expiry (PortalServer *self)
{
  g_autoptr (GError) error = NULL;
  gint64 next, wait;

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  if (!portal_transitions_get_next_expiry (self->store, &next, &error))
    {
      g_message ("Cannot look for the next expiry: %s", error->message);
      return;
    }
  if (next == G_MAXINT64)
    return;

  wait = CLAMP (next - portal_store_get_now (self->store), 1, MAX_TIMER_SECONDS);
  self->expiry_id = g_timeout_add_seconds ((guint)wait, on_expiry_due, self);
}

static gboolean
on_housekeeping_due (gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (self->store, &error);

  if (transaction == NULL || !portal_housekeeping_run (self->store, &error) ||
      !portal_transaction_commit (transaction, &error))
    g_message ("Cannot tidy up: %s", error->message);

  return G_SOURCE_CONTINUE;
}

static void
on_file_changed (PortalServer *self)
{
  g_autoptr (GError) error = NULL;

  if (!portal_store_read_foreign_changes (self->store, &error))
    g_message ("Cannot read what another process wrote: %s", error->message);
}

static gboolean
start_monitor (PortalServer *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (portal_store_get_path (self->store), ":memory:"))
    return TRUE;

  path = g_strconcat (portal_store_get_path (self->store), "-wal", NULL);
  file = g_file_new_for_path (path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, error);
  if (self->monitor == NULL)
    return FALSE;
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);

  return TRUE;
}

static void
portal_server_dispose (GObject *object)
{
  PortalServer *self = PORTAL_SERVER (object);

  portal_server_stop (self);
  g_clear_object (&self->events);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (portal_server_parent_class)->dispose (object);
}

static void
portal_server_finalize (GObject *object)
{
  PortalServer *self = PORTAL_SERVER (object);

  g_clear_pointer (&self->router, portal_router_free);
  g_clear_pointer (&self->customer_pages, portal_customer_pages_free);
  g_free (self->settings.address);
  g_free (self->host);

  G_OBJECT_CLASS (portal_server_parent_class)->finalize (object);
}

static void
portal_server_class_init (PortalServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = portal_server_dispose;
  object_class->finalize = portal_server_finalize;
}

static void
portal_server_init (PortalServer *self)
{
  self->router = portal_router_new ();
  portal_account_routes_add (self->router);
  portal_connection_routes_add (self->router);
  portal_search_routes_add (self->router);
  portal_challenge_routes_add (self->router);
  portal_sandbox_routes_add (self->router);
}

/**
 * portal_server_new:
 * @store: an open store
 * @is_sandbox: whether the /sandbox routes are there
 * @proof_of_work_max: how far a client has to look for a proof of work at most
 *
 * Returns: (transfer full): a server that does not listen yet
 */
PortalServer *
portal_server_new (PortalStore *store, gboolean is_sandbox, gint64 proof_of_work_max)
{
  PortalServer *self = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);

  self = g_object_new (PORTAL_TYPE_SERVER, NULL);
  self->store = g_object_ref (store);
  self->events = portal_events_new (store);
  self->settings.is_sandbox = is_sandbox;
  self->settings.proof_of_work_max = proof_of_work_max;
  g_signal_connect_object (store, "changed", G_CALLBACK (schedule_expiry), self, G_CONNECT_SWAPPED);

  return self;
}

/* As clients write it: an IPv6 address in brackets, and no port where it is the scheme's own. */
static char *
make_host (GUri *uri)
{
  gboolean is_ipv6 = strchr (g_uri_get_host (uri), ':') != NULL;
  g_autofree char *host = g_strdup_printf (is_ipv6 ? "[%s]" : "%s", g_uri_get_host (uri));
  int default_port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  if (g_uri_get_port (uri) == default_port)
    return g_steal_pointer (&host);

  return g_strdup_printf ("%s:%d", host, g_uri_get_port (uri));
}

static gboolean
set_address (PortalServer *self, GError **error)
{
  GSList *uris = soup_server_get_uris (self->soup);

  if (uris == NULL)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("The portal does not listen"));
      return FALSE;
    }

  if (self->host == NULL)
    self->host = make_host (uris->data);
  self->settings.address = g_strconcat (g_uri_get_scheme (uris->data), "://", self->host, NULL);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return TRUE;
}

/**
 * portal_server_set_public_host:
 * @self: a server that does not listen
 * @host: a host's name, and a port where it is not the scheme's own
 *
 * Sets under which name clients reach the portal; it answers to no other. Without one that is the address at which it
 * listens.
 */
void
portal_server_set_public_host (PortalServer *self, const char *host)
{
  g_return_if_fail (PORTAL_IS_SERVER (self));
  g_return_if_fail (self->soup == NULL);
  g_return_if_fail (host != NULL);

  g_free (self->host);
  self->host = g_strdup (host);
}

/**
 * portal_server_listen:
 * @self: a server that does not listen
 * @address: where to listen; port 0 takes a free one
 * @certificate: (nullable): with its private key; needed beyond loopback
 * @error: return location for an error of G_IO_ERROR, PORTAL_ERROR or LINKAGE_DATABASE_ERROR
 *
 * Begins to answer in the thread-default main context.
 *
 * Returns: whether it listens
 */
gboolean
portal_server_listen (PortalServer *self, GInetSocketAddress *address, GTlsCertificate *certificate, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_SERVER (self), FALSE);
  g_return_val_if_fail (self->soup == NULL, FALSE);

  if (certificate == NULL && !g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address)))
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID,
                           _ ("Beyond loopback the portal needs --tls-certificate and --tls-key"));
      return FALSE;
    }

  if (self->host == NULL && g_inet_address_get_is_any (g_inet_socket_address_get_address (address)))
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID,
                           _ ("Where it listens at all addresses the portal needs --public-host"));
      return FALSE;
    }

  self->soup = soup_server_new ("server-header", "linkage-portal", "tls-certificate", certificate, NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  if (!soup_server_listen (self->soup, G_SOCKET_ADDRESS (address), certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0,
                           error) ||
      !set_address (self, error) || !portal_store_set_address (self->store, self->settings.address, error) ||
      !start_monitor (self, error))
    return FALSE;

  self->customer_pages = portal_customer_pages_new (self->store, certificate != NULL);
  self->housekeeping_id = g_timeout_add_seconds (HOUSEKEEPING_SECONDS, on_housekeeping_due, self);
  on_housekeeping_due (self);
  schedule_expiry (self);

  return TRUE;
}

/**
 * portal_server_get_address:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): where it is reached, with scheme and port; NULL before it listens
 */
const char *
portal_server_get_address (PortalServer *self)
{
  g_return_val_if_fail (PORTAL_IS_SERVER (self), NULL);

  return self->settings.address;
}

/**
 * portal_server_stop:
 * @self: a server
 *
 * Ends the event streams and answers nothing more.
 */
void
portal_server_stop (PortalServer *self)
{
  g_return_if_fail (PORTAL_IS_SERVER (self));

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  g_clear_handle_id (&self->housekeeping_id, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  if (self->events != NULL)
    portal_events_close (self->events);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}
