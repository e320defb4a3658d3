/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-transport.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "portal-input-stream.h"

typedef enum
{
  PHASE_HEAD,    /* TLS is agreed upon, then the head is awaited */
  PHASE_BODY,    /* the head is there */
  PHASE_REPLY,   /* the client has something to take */
  PHASE_QUIET,   /* an event stream that has nothing to tell */
  PHASE_CLOSING, /* libsoup is done with it */
  PHASE_CLOSED,
} Phase;

struct _PortalTransport
{
  GIOStream parent_instance;

  GSocket *socket;            /* (owned) */
  GSocketAddress *remote;     /* (owned) */
  GIOStream *base;            /* (owned): the socket's, or TLS over it */
  PortalInputStream *input;   /* (owned): of the base */
  GCancellable *cancellable;  /* (owned): of what the transport itself does */
  SoupServerMessage *message; /* (unowned) (nullable): libsoup's, while it reads and writes */
  GBytes *answer;             /* (owned) (nullable): the last words, in place of libsoup's */
  PortalLimits limits;
  Phase phase;
  gsize n_body;       /* bytes of the body that have come */
  guint seconds_left; /* of the phase */
  guint second_id;    /* source, 0: waits for nothing */
};

enum
{
  SIGNAL_BODY_TOO_LARGE,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PortalTransport, portal_transport, G_TYPE_IO_STREAM)

static G_DEFINE_QUARK (portal - transport, transport);

/* Whoever waits on the socket, libsoup or the transport itself, finds it at its end, and closes it. */
static void
hang_up (PortalTransport *self)
{
  g_debug ("A client took too long (phase %d)", self->phase);
  g_cancellable_cancel (self->cancellable);
  /* A thread that agrees on TLS may be at the GSocket now. One that closes may have given the descriptor away. */
  if (self->phase != PHASE_CLOSING)
    shutdown (g_socket_get_fd (self->socket), SHUT_RDWR);
}

/* Seconds are counted one by one, as the main loop comes to them: where the portal was busy or asleep for long, what
 * clients had sent in the meantime is read before their time is over. */
static gboolean
on_second (gpointer user_data)
{
  PortalTransport *self = PORTAL_TRANSPORT (user_data);

  if (--self->seconds_left > 0)
    return G_SOURCE_CONTINUE;

  self->second_id = 0;
  hang_up (self);

  return G_SOURCE_REMOVE;
}

static guint
get_seconds (PortalTransport *self, Phase phase)
{
  switch (phase)
    {
    case PHASE_HEAD:
      return self->limits.head_seconds;
    case PHASE_BODY:
      return self->limits.body_seconds;
    case PHASE_REPLY:
      return self->limits.reply_seconds;
    case PHASE_CLOSING:
      return self->limits.linger_seconds;
    case PHASE_QUIET:
    case PHASE_CLOSED:
    default:
      return 0;
    }
}

static void
enter (PortalTransport *self, Phase phase)
{
  self->phase = phase;
  self->seconds_left = get_seconds (self, phase);
  g_clear_handle_id (&self->second_id, g_source_remove);
  if (self->seconds_left > 0)
    self->second_id = g_timeout_add_seconds (1, on_second, self);
}

static void
let_message_go (PortalTransport *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  self->message = NULL;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PortalTransport) self = PORTAL_TRANSPORT (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_debug ("A connection ended badly: %s", error->message);
  g_socket_close (self->socket, NULL);
  enter (self, PHASE_CLOSED);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* libsoup closes at once and waits for it, for ever where a client does not take the farewell of TLS; nor does it let
 * the client read an answer that came before the end of its body. So the closing is the transport's own. */
static gboolean
portal_transport_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  PortalTransport *self = PORTAL_TRANSPORT (stream);

  if (self->phase >= PHASE_CLOSING)
    return TRUE;

  let_message_go (self);
  enter (self, PHASE_CLOSING);
  g_io_stream_close_async (self->base, G_PRIORITY_DEFAULT, self->cancellable, on_closed, g_object_ref (self));

  return TRUE;
}

static GInputStream *
portal_transport_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (PORTAL_TRANSPORT (stream)->input);
}

static GOutputStream *
portal_transport_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (PORTAL_TRANSPORT (stream)->base);
}

static void
on_got_headers (PortalTransport *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  portal_input_stream_let_end (self->input);
  enter (self, PHASE_BODY);
  if (soup_message_headers_get_content_length (headers) > (goffset)self->limits.body)
    g_signal_emit (self, signals[SIGNAL_BODY_TOO_LARGE], 0);
}

static void
on_got_chunk (PortalTransport *self, GBytes *chunk)
{
  self->n_body += g_bytes_get_size (chunk);
  if (self->n_body > self->limits.body)
    g_signal_emit (self, signals[SIGNAL_BODY_TOO_LARGE], 0);
}

/* An event stream was begun by the handler, which ran before, and is quiet. */
static void
on_got_body (PortalTransport *self)
{
  if (self->phase == PHASE_BODY)
    enter (self, PHASE_REPLY);
}

static void
portal_transport_dispose (GObject *object)
{
  PortalTransport *self = PORTAL_TRANSPORT (object);

  enter (self, PHASE_CLOSED);
  let_message_go (self);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL); /* else the connection would wait for the client to close, too */

  G_OBJECT_CLASS (portal_transport_parent_class)->dispose (object);
}

static void
portal_transport_finalize (GObject *object)
{
  PortalTransport *self = PORTAL_TRANSPORT (object);

  g_clear_object (&self->input);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_clear_object (&self->remote);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->answer, g_bytes_unref);

  G_OBJECT_CLASS (portal_transport_parent_class)->finalize (object);
}

static void
portal_transport_class_init (PortalTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->dispose = portal_transport_dispose;
  object_class->finalize = portal_transport_finalize;
  stream_class->get_input_stream = portal_transport_get_input_stream;
  stream_class->get_output_stream = portal_transport_get_output_stream;
  stream_class->close_fn = portal_transport_close;

  /**
   * PortalTransport::body-too-large:
   *
   * The request says that its body is larger than the limit, or more than that has come: portal_transport_answer() is
   * to say so.
   */
  signals[SIGNAL_BODY_TOO_LARGE] =
    g_signal_new ("body-too-large", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PortalTransport::closed:
   *
   * The socket is closed; nobody has a use for the transport any more.
   */
  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
portal_transport_init (PortalTransport *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
set_options (GSocket *socket, const PortalLimits *limits)
{
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, (int)limits->send_buffer, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, (int)limits->reply_seconds * 1000, NULL);
}

/* Without HTTP/2, which libsoup does not speak on streams that it is given. */
static GIOStream *
wrap_in_tls (GIOStream *connection, GTlsCertificate *certificate, GError **error)
{
  const char *protocols[] = { "http/1.1", NULL };
  GIOStream *tls = g_tls_server_connection_new (connection, certificate, error);

  if (tls == NULL)
    return NULL;

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);

  return tls;
}

/**
 * portal_transport_new:
 * @socket: an accepted socket
 * @remote: where it comes from
 * @certificate: (nullable): where it speaks TLS
 * @limits: what the client may take
 * @error: return location for an error of G_TLS_ERROR or G_IO_ERROR
 *
 * Whoever makes it closes it with g_io_stream_close(), or gives it to libsoup, which does; and keeps it until
 * #PortalTransport::closed.
 *
 * Returns: (transfer full) (nullable): a connection that waits for nothing yet; NULL on error
 */
PortalTransport *
portal_transport_new (GSocket *socket,
                      GSocketAddress *remote,
                      GTlsCertificate *certificate,
                      const PortalLimits *limits,
                      GError **error)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GIOStream) base = NULL;
  PortalTransport *self = NULL;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (remote), NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  connection = g_socket_connection_factory_create_connection (socket);
  base = certificate != NULL ? wrap_in_tls (G_IO_STREAM (connection), certificate, error)
                             : G_IO_STREAM (g_object_ref (connection));
  if (base == NULL)
    return NULL;

  g_tcp_connection_set_graceful_disconnect (G_TCP_CONNECTION (connection), TRUE);
  set_options (socket, limits);
  self = g_object_new (PORTAL_TYPE_TRANSPORT, NULL);
  self->socket = g_object_ref (socket);
  self->remote = g_object_ref (remote);
  self->input = portal_input_stream_new (g_io_stream_get_input_stream (base));
  self->base = g_steal_pointer (&base);
  self->limits = *limits;

  return self;
}

/**
 * portal_transport_get_for_message:
 * @message: a message that a transport has taken
 *
 * Returns: (transfer none): the transport over which it comes
 */
PortalTransport *
portal_transport_get_for_message (SoupServerMessage *message)
{
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  return g_object_get_qdata (G_OBJECT (message), transport_quark ());
}

/**
 * portal_transport_get_socket:
 * @self: a connection
 *
 * Returns: (transfer none): its socket
 */
GSocket *
portal_transport_get_socket (PortalTransport *self)
{
  g_return_val_if_fail (PORTAL_IS_TRANSPORT (self), NULL);

  return self->socket;
}

/**
 * portal_transport_get_remote:
 * @self: a connection
 *
 * Returns: (transfer none): where it comes from
 */
GSocketAddress *
portal_transport_get_remote (PortalTransport *self)
{
  g_return_val_if_fail (PORTAL_IS_TRANSPORT (self), NULL);

  return self->remote;
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A handshake keeps a thread of GLib's: a client that says nothing gets none. */
static gboolean
on_first_byte (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  PortalTransport *self = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  if (G_IS_TLS_CONNECTION (self->base))
    g_tls_connection_handshake_async (G_TLS_CONNECTION (self->base), G_PRIORITY_DEFAULT, self->cancellable,
                                      on_handshake, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

/**
 * portal_transport_open_async:
 * @self: a new connection
 * @callback: called when it can be given to libsoup
 * @user_data: for @callback
 *
 * Waits for the client to say something, and agrees on TLS.
 */
void
portal_transport_open_async (PortalTransport *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (PORTAL_IS_TRANSPORT (self));

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, portal_transport_open_async);
  enter (self, PHASE_HEAD);
  source = g_socket_create_source (self->socket, G_IO_IN, self->cancellable);
  g_task_attach_source (task, source, G_SOURCE_FUNC (on_first_byte));
}

/**
 * portal_transport_open_finish:
 * @self: a connection
 * @result: of portal_transport_open_async()
 * @error: return location for an error of G_TLS_ERROR or G_IO_ERROR, G_IO_ERROR_CANCELLED where its time has passed
 *
 * Returns: whether libsoup may have it; otherwise it is still to be closed
 */
gboolean
portal_transport_open_finish (PortalTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * portal_transport_take_message:
 * @self: a connection that was given to libsoup
 * @message: the one message that libsoup has begun to read from it
 *
 * Follows how the message comes along.
 */
void
portal_transport_take_message (PortalTransport *self, SoupServerMessage *message)
{
  g_return_if_fail (PORTAL_IS_TRANSPORT (self));
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));
  g_return_if_fail (self->message == NULL);

  self->message = message;
  g_object_set_qdata_full (G_OBJECT (message), transport_quark (), g_object_ref (self), g_object_unref);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (on_got_headers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_got_chunk), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "got-body", G_CALLBACK (on_got_body), self, G_CONNECT_SWAPPED);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PortalTransport) self = PORTAL_TRANSPORT (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_debug ("A client did not take its last words: %s", error->message);
  g_io_stream_close (G_IO_STREAM (self), NULL, NULL);
}

/**
 * portal_transport_answer:
 * @self: a connection over which a request still comes
 * @answer: a whole reply
 *
 * Answers in place of libsoup, which would read all of the request before, and hangs up.
 */
void
portal_transport_answer (PortalTransport *self, GBytes *answer)
{
  g_autoptr (GIOStream) stream = NULL;
  SoupServerMessage *message;

  g_return_if_fail (PORTAL_IS_TRANSPORT (self));
  g_return_if_fail (self->message != NULL);
  g_return_if_fail (answer != NULL);

  message = self->message;
  let_message_go (self);
  stream = soup_server_message_steal_connection (message);
  self->answer = g_bytes_ref (answer);
  enter (self, PHASE_REPLY);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->base), g_bytes_get_data (answer, NULL),
                                   g_bytes_get_size (answer), G_PRIORITY_DEFAULT, self->cancellable, on_answered,
                                   g_object_ref (self));
}

/**
 * portal_transport_set_quiet:
 * @self: a connection with an event stream
 * @is_quiet: whether the client has nothing to take
 *
 * A quiet stream lasts as long as the client wants it to; what is sent has to be taken in time.
 */
void
portal_transport_set_quiet (PortalTransport *self, gboolean is_quiet)
{
  Phase phase = is_quiet ? PHASE_QUIET : PHASE_REPLY;

  g_return_if_fail (PORTAL_IS_TRANSPORT (self));

  if (self->phase < PHASE_CLOSING && self->phase != phase)
    enter (self, phase);
}
