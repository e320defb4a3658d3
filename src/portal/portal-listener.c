/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-listener.h"

#include <netinet/in.h>

#include "portal-peers.h"
#include "portal-transport.h"

#define PAUSE_SECONDS 1 /* after the system had no descriptor left */

struct _PortalListener
{
  GObject parent_instance;

  GSocket *socket;              /* (owned) */
  GInetSocketAddress *address;  /* (owned): where it listens */
  GTlsCertificate *certificate; /* (owned) (nullable): null where it speaks plain HTTP */
  PortalPeers *peers;           /* (owned) */
  GPtrArray *transports;        /* (owned) (element-type PortalTransport): until they are closed */
  GSource *source;              /* (owned) (nullable): of connections that wait; null while no other is accepted */
  guint pause_id;               /* source, 0: does not pause */
  gboolean is_closed;
  PortalLimits limits;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PortalListener, portal_listener, G_TYPE_OBJECT)

static GInetAddress *
get_peer (PortalTransport *transport)
{
  return g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (portal_transport_get_remote (transport)));
}

static void
stop_accepting (PortalListener *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean on_waiting (GSocket *socket, GIOCondition condition, gpointer user_data);

static void
update_accepting (PortalListener *self)
{
  gboolean is_accepting = !self->is_closed && self->pause_id == 0 && self->transports->len < self->limits.connections;

  if (!is_accepting)
    stop_accepting (self);
  else if (self->source == NULL)
    {
      self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
      g_source_set_callback (self->source, G_SOURCE_FUNC (on_waiting), self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
}

static gboolean
on_paused (gpointer user_data)
{
  PortalListener *self = PORTAL_LISTENER (user_data);

  self->pause_id = 0;
  update_accepting (self);

  return G_SOURCE_REMOVE;
}

static void
on_transport_closed (PortalListener *self, PortalTransport *transport)
{
  portal_peers_leave (self->peers, get_peer (transport));
  g_ptr_array_remove_fast (self->transports, transport);
  update_accepting (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PortalListener) self = PORTAL_LISTENER (user_data);
  PortalTransport *transport = PORTAL_TRANSPORT (source);
  g_autoptr (GError) error = NULL;

  if (!portal_transport_open_finish (transport, result, &error) || self->is_closed)
    {
      g_debug ("A client said nothing: %s", error != NULL ? error->message : "the portal ends");
      g_io_stream_close (G_IO_STREAM (transport), NULL, NULL);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_OPENED], 0, transport);
}

static void
add (PortalListener *self, GSocket *socket, GSocketAddress *remote)
{
  GInetAddress *peer = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  g_autoptr (PortalTransport) transport = NULL;
  g_autoptr (GError) error = NULL;

  if (!portal_peers_enter (self->peers, peer))
    {
      g_debug ("A client has too many connections");
      return;
    }
  transport = portal_transport_new (socket, remote, self->certificate, &self->limits, &error);
  if (transport == NULL)
    {
      g_message ("Cannot serve a client: %s", error->message);
      portal_peers_leave (self->peers, peer);
      return;
    }

  g_signal_connect_object (transport, "closed", G_CALLBACK (on_transport_closed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->transports, g_object_ref (transport));
  portal_transport_open_async (transport, on_opened, g_object_ref (self));
}

static gboolean
on_waiting (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  PortalListener *self = PORTAL_LISTENER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, &error);
  g_autoptr (GSocketAddress) remote = NULL;

  if (accepted == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      g_message ("Cannot accept a client: %s", error->message);
      self->pause_id = g_timeout_add_seconds (PAUSE_SECONDS, on_paused, self);
      update_accepting (self);
      return G_SOURCE_REMOVE;
    }

  remote = g_socket_get_remote_address (accepted, NULL);
  if (remote != NULL)
    add (self, accepted, remote);
  update_accepting (self);

  return G_SOURCE_CONTINUE;
}

static void
portal_listener_dispose (GObject *object)
{
  portal_listener_close (PORTAL_LISTENER (object));

  G_OBJECT_CLASS (portal_listener_parent_class)->dispose (object);
}

static void
portal_listener_finalize (GObject *object)
{
  PortalListener *self = PORTAL_LISTENER (object);

  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->transports, g_ptr_array_unref);
  g_clear_pointer (&self->peers, portal_peers_free);

  G_OBJECT_CLASS (portal_listener_parent_class)->finalize (object);
}

static void
portal_listener_class_init (PortalListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = portal_listener_dispose;
  object_class->finalize = portal_listener_finalize;

  /**
   * PortalListener::opened:
   * @self: a listener
   * @transport: a connection over which a request comes
   *
   * Whoever listens gives it to libsoup, or closes it.
   */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, PORTAL_TYPE_TRANSPORT);
}

static void
portal_listener_init (PortalListener *self)
{
  self->transports = g_ptr_array_new_with_free_func (g_object_unref);
}

static GSocket *
listen_at (GSocketAddress *address, const PortalLimits *limits, GError **error)
{
  GSocketFamily family = g_socket_address_get_family (address);
  g_autoptr (GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, (int)limits->connections);
  if ((family == G_SOCKET_FAMILY_IPV6 && !g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, error)) ||
      !g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

/**
 * portal_listener_new:
 * @address: where to listen; port 0 takes a free one
 * @certificate: (nullable): where it is to speak TLS
 * @limits: how many connections it accepts, and what each may take
 * @error: return location for an error of G_IO_ERROR
 *
 * Begins to accept in the thread-default main context.
 *
 * Returns: (transfer full) (nullable): a listener, NULL on error
 */
PortalListener *
portal_listener_new (GInetSocketAddress *address,
                     GTlsCertificate *certificate,
                     const PortalLimits *limits,
                     GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  PortalListener *self = NULL;

  g_return_val_if_fail (G_IS_INET_SOCKET_ADDRESS (address), NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  socket = listen_at (G_SOCKET_ADDRESS (address), limits, error);
  if (socket == NULL)
    return NULL;
  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return NULL;

  self = g_object_new (PORTAL_TYPE_LISTENER, NULL);
  self->socket = g_steal_pointer (&socket);
  self->address = G_INET_SOCKET_ADDRESS (g_steal_pointer (&bound));
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->limits = *limits;
  self->peers = portal_peers_new (limits->connections_per_peer);
  update_accepting (self);

  return self;
}

/**
 * portal_listener_get_address:
 * @self: a listener
 *
 * Returns: (transfer none): where it listens, with the port that it got
 */
GInetSocketAddress *
portal_listener_get_address (PortalListener *self)
{
  g_return_val_if_fail (PORTAL_IS_LISTENER (self), NULL);

  return self->address;
}

/**
 * portal_listener_get_n_connections:
 * @self: a listener
 *
 * Returns: how many connections are not closed yet
 */
guint
portal_listener_get_n_connections (PortalListener *self)
{
  g_return_val_if_fail (PORTAL_IS_LISTENER (self), 0);

  return self->transports->len;
}

/**
 * portal_listener_close:
 * @self: a listener
 *
 * Accepts nothing more, and closes all connections; each of them says farewell in the main context.
 */
void
portal_listener_close (PortalListener *self)
{
  g_return_if_fail (PORTAL_IS_LISTENER (self));

  self->is_closed = TRUE;
  stop_accepting (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  for (guint i = 0; i < self->transports->len; i++)
    g_io_stream_close (g_ptr_array_index (self->transports, i), NULL, NULL);
}
