/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-server.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "portal-browser.h"
#include "portal-challenge-pages.h"
#include "portal-customer-pages.h"
#include "portal-error.h"
#include "portal-events.h"
#include "portal-housekeeping.h"
#include "portal-listener.h"
#include "portal-page.h"
#include "portal-routes.h"
#include "portal-sign-in-pages.h"
#include "portal-transitions.h"
#include "portal-transport.h"

#define HOUSEKEEPING_SECONDS (60 * 60)
#define MAX_TIMER_SECONDS 60 /* a machine that slept looks at the clock again */

struct _PortalServer
{
  GObject parent_instance;

  PortalStore *store;                    /* (owned) */
  PortalEvents *events;                  /* (owned) */
  PortalRouter *router;                  /* (owned) */
  PortalCustomerPages *customer_pages;   /* (owned) (nullable): null before it listens */
  PortalSignInPages *sign_in_pages;      /* (owned) (nullable): likewise */
  PortalChallengePages *challenge_pages; /* (owned) (nullable): likewise */
  PortalSettings settings;               /* its address is (owned) (nullable): null before it listens */
  char *host;                            /* (owned) (nullable): what the Host header has to say */
  PortalListener *listener;              /* (owned) (nullable): null before it listens and once it is stopped */
  SoupServer *soup;                      /* (owned) (nullable): likewise */
  PortalTransport *arriving;             /* (unowned) (nullable): that is being given to libsoup */
  GFileMonitor *monitor;                 /* (owned) (nullable): of other processes' writes, null in memory */
  guint expiry_id;                       /* source, 0: nothing waits */
  guint housekeeping_id;                 /* source */
};

G_DEFINE_FINAL_TYPE (PortalServer, portal_server, G_TYPE_OBJECT)

static void
send_reply (PortalServer *self, SoupServerMessage *message, const PortalReply *reply)
{
  portal_reply_send (reply, message, portal_store_get_now (self->store));
}

static void
on_headers (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autoptr (PortalReply) reply = NULL;

  if (host != NULL && g_ascii_strcasecmp (host, self->host) == 0)
    return;

  reply = portal_reply_new_problem (PORTAL_PROBLEM_INVALID_REQUEST, _ ("The portal does not have this address."));
  send_reply (self, message, reply);
}

/* NULL: it is a call of the interface. */
static PortalReply *
answer_browser (PortalServer *self, SoupServerMessage *message, const char *path)
{
  if (g_str_equal (path, PORTAL_PAGE_STYLE))
    return portal_browser_new_style ();
  if (portal_customer_pages_is_path (path))
    return portal_customer_pages_answer (self->customer_pages, message);
  if (portal_sign_in_pages_is_path (path))
    return portal_sign_in_pages_answer (self->sign_in_pages, message);

  return NULL;
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  PortalServer *self = PORTAL_SERVER (user_data);
  g_autoptr (PortalRequest) request = NULL;
  g_autoptr (PortalReply) reply = NULL;

  if (portal_challenge_pages_is_path (path))
    {
      portal_challenge_pages_answer (self->challenge_pages, message);
      return;
    }

  reply = answer_browser (self, message, path);
  if (reply != NULL)
    {
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
    portal_events_open (self->events, message, portal_request_get_parameter (request, 0), request->user,
                        portal_request_get_header (request, "Last-Event-ID"));
}

static void
on_body_too_large (PortalServer *self, PortalTransport *transport)
{
  g_autoptr (PortalReply) reply = portal_reply_new_problem (PORTAL_PROBLEM_TOO_LARGE, NULL);
  g_autoptr (GBytes) answer = portal_reply_print (reply, portal_store_get_now (self->store));

  portal_transport_answer (transport, answer);
}

static void
on_request_started (PortalServer *self, SoupServerMessage *message)
{
  g_return_if_fail (self->arriving != NULL);

  portal_transport_take_message (self->arriving, message);
}

static void
on_opened (PortalServer *self, PortalTransport *transport)
{
  g_autoptr (GError) error = NULL;

  g_signal_connect_object (transport, "body-too-large", G_CALLBACK (on_body_too_large), self, G_CONNECT_SWAPPED);
  self->arriving = transport;
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (transport),
                                    G_SOCKET_ADDRESS (portal_listener_get_address (self->listener)),
                                    portal_transport_get_remote (transport), &error))
    {
      g_message ("Cannot serve a client: %s", error->message);
      g_io_stream_close (G_IO_STREAM (transport), NULL, NULL);
    }
  self->arriving = NULL;
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
  g_clear_pointer (&self->sign_in_pages, portal_sign_in_pages_free);
  g_clear_pointer (&self->challenge_pages, portal_challenge_pages_free);
  g_clear_pointer (&self->settings.verification, portal_verification_free);
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
  portal_oauth_routes_add (self->router);
  portal_account_routes_add (self->router);
  portal_connection_routes_add (self->router);
  portal_search_routes_add (self->router);
  portal_challenge_routes_add (self->router);
  portal_merge_routes_add (self->router);
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
  self->settings.limits = PORTAL_LIMITS_DEFAULT;
  self->events = portal_events_new (store, &self->settings.limits);
  self->settings.is_sandbox = is_sandbox;
  self->settings.proof_of_work_max = proof_of_work_max;
  g_signal_connect_object (store, "changed", G_CALLBACK (schedule_expiry), self, G_CONNECT_SWAPPED);

  return self;
}

/* As clients write it: an IPv6 address in brackets, and no port where it is the scheme's own. */
static char *
make_host (GInetSocketAddress *socket_address, gboolean is_tls)
{
  GInetAddress *address = g_inet_socket_address_get_address (socket_address);
  gboolean is_ipv6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *text = g_inet_address_to_string (address);
  g_autofree char *host = g_strdup_printf (is_ipv6 ? "[%s]" : "%s", text);
  guint port = g_inet_socket_address_get_port (socket_address);

  if (port == (is_tls ? 443 : 80))
    return g_steal_pointer (&host);

  return g_strdup_printf ("%s:%u", host, port);
}

static void
set_address (PortalServer *self, gboolean is_tls)
{
  if (self->host == NULL)
    self->host = make_host (portal_listener_get_address (self->listener), is_tls);
  self->settings.address = g_strconcat (is_tls ? "https" : "http", "://", self->host, NULL);
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
 * portal_server_set_verification:
 * @self: a server that does not listen
 * @verification: (transfer full) (nullable): how people are verified in a browser; %NULL where clients prove their work
 */
void
portal_server_set_verification (PortalServer *self, PortalVerification *verification)
{
  g_return_if_fail (PORTAL_IS_SERVER (self));
  g_return_if_fail (self->listener == NULL);

  g_clear_pointer (&self->settings.verification, portal_verification_free);
  self->settings.verification = verification;
}

/**
 * portal_server_set_limits:
 * @self: a server that does not listen
 * @limits: what clients may take, in place of %PORTAL_LIMITS_DEFAULT
 */
void
portal_server_set_limits (PortalServer *self, const PortalLimits *limits)
{
  g_return_if_fail (PORTAL_IS_SERVER (self));
  g_return_if_fail (self->listener == NULL);
  g_return_if_fail (limits != NULL);

  self->settings.limits = *limits;
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
  g_return_val_if_fail (self->listener == NULL, FALSE);

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

  self->listener = portal_listener_new (address, certificate, &self->settings.limits, error);
  if (self->listener == NULL)
    return FALSE;
  set_address (self, certificate != NULL);
  if (!portal_store_set_address (self->store, self->settings.address, error) || !start_monitor (self, error))
    return FALSE;

  self->soup = soup_server_new ("server-header", "linkage-portal", NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (on_request_started), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listener, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  self->customer_pages = portal_customer_pages_new (self->store, certificate != NULL);
  self->sign_in_pages = portal_sign_in_pages_new (self->store, self->settings.address);
  self->challenge_pages = portal_challenge_pages_new (self->store, &self->settings);
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
  if (self->listener != NULL)
    portal_listener_close (self->listener);
  g_clear_object (&self->soup);
  g_clear_object (&self->listener);
}
