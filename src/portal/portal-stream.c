/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-stream.h"

#include <string.h>

#include "portal-transport.h"

#define COMMENT ":\n\n"

struct _PortalStream
{
  GObject parent_instance;

  SoupServerMessage *message; /* (owned) (nullable): null once it has ended */
  PortalTransport *transport; /* (owned) */
  char *account_id;           /* (owned) */
  char *user_id;              /* (owned) */
  char *token_hash;           /* (owned) */
  char *last_state;           /* (owned) (nullable): that the client knows */
  char *next_state;           /* (owned) (nullable): to be told when the chunk before it has gone */
  guint n_unwritten;          /* chunks that have not gone */
  GSource *watch;             /* (owned) (nullable): says when the client has left */
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PortalStream, portal_stream, G_TYPE_OBJECT)

static void
stop_watch (PortalStream *self)
{
  if (self->watch == NULL)
    return;

  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static void
append (PortalStream *self, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (self->message), SOUP_MEMORY_COPY, text,
                            strlen (text));
  self->n_unwritten++;
  portal_transport_set_quiet (self->transport, FALSE);
  soup_server_message_unpause (self->message);
}

/* A slow client gets the newest state only: what waits is replaced, so nothing piles up. */
static void
send_next_state (PortalStream *self)
{
  g_autofree char *text = NULL;

  if (self->next_state == NULL || self->n_unwritten > 0)
    return;

  g_free (self->last_state);
  self->last_state = g_steal_pointer (&self->next_state);
  text = g_strdup_printf ("event: state\nid: %s\ndata: {\"state\":\"%s\"}\n\n", self->last_state, self->last_state);
  append (self, text);
}

static void
on_wrote_chunk (PortalStream *self)
{
  if (self->n_unwritten > 0)
    self->n_unwritten--;
  portal_transport_set_quiet (self->transport, self->n_unwritten == 0);
  send_next_state (self);
}

static void
on_finished (PortalStream *self)
{
  g_autoptr (PortalStream) alive = g_object_ref (self);

  stop_watch (self);
  if (self->message == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_signal_emit (alive, signals[SIGNAL_ENDED], 0);
}

/* A client sends nothing more, so what can be read is that it has left. Over TLS that cannot be told from a farewell in
 * cipher text; there the next comment fails. */
static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  PortalStream *self = PORTAL_STREAM (user_data);
  char byte;
  GInputVector vector = { &byte, 1 };
  int flags = G_SOCKET_MSG_PEEK;
  gssize n = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);

  if (n > 0)
    {
      g_clear_pointer (&self->watch, g_source_unref);
      return G_SOURCE_REMOVE;
    }

  portal_stream_end (self);
  return G_SOURCE_REMOVE;
}

static void
start_watch (PortalStream *self)
{
  self->watch = g_socket_create_source (portal_transport_get_socket (self->transport), G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static void
portal_stream_dispose (GObject *object)
{
  PortalStream *self = PORTAL_STREAM (object);

  stop_watch (self);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->transport);

  G_OBJECT_CLASS (portal_stream_parent_class)->dispose (object);
}

static void
portal_stream_finalize (GObject *object)
{
  PortalStream *self = PORTAL_STREAM (object);

  g_free (self->account_id);
  g_free (self->user_id);
  g_free (self->token_hash);
  g_free (self->last_state);
  g_free (self->next_state);

  G_OBJECT_CLASS (portal_stream_parent_class)->finalize (object);
}

static void
portal_stream_class_init (PortalStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = portal_stream_dispose;
  object_class->finalize = portal_stream_finalize;

  /**
   * PortalStream::ended:
   *
   * The client has left, or portal_stream_end() was called; nothing can be sent any more.
   */
  signals[SIGNAL_ENDED] =
    g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
portal_stream_init (PortalStream *self)
{
}

/**
 * portal_stream_new:
 * @message: a message whose request is answered by the stream
 * @account_id: the account that it tells of
 * @user: who opened it, with which token
 * @last_state: (nullable): the state that the client knows
 *
 * Returns: (transfer full): an open stream
 */
PortalStream *
portal_stream_new (SoupServerMessage *message, const char *account_id, const PortalUser *user, const char *last_state)
{
  PortalStream *self = NULL;
  SoupMessageHeaders *headers;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  self = g_object_new (PORTAL_TYPE_STREAM, NULL);
  self->message = g_object_ref (message);
  self->transport = g_object_ref (portal_transport_get_for_message (message));
  self->account_id = g_strdup (account_id);
  self->user_id = g_strdup (user->id);
  self->token_hash = g_strdup (user->token_hash);
  self->last_state = g_strdup (last_state);

  headers = soup_server_message_get_response_headers (message);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect_swapped (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), self);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect_swapped (message, "disconnected", G_CALLBACK (on_finished), self);
  portal_transport_set_quiet (self->transport, TRUE);
  start_watch (self);

  return self;
}

/**
 * portal_stream_get_account_id:
 * @self: a stream
 *
 * Returns: (transfer none): the account that it tells of
 */
const char *
portal_stream_get_account_id (PortalStream *self)
{
  g_return_val_if_fail (PORTAL_IS_STREAM (self), NULL);

  return self->account_id;
}

/**
 * portal_stream_get_user_id:
 * @self: a stream
 *
 * Returns: (transfer none): who opened it
 */
const char *
portal_stream_get_user_id (PortalStream *self)
{
  g_return_val_if_fail (PORTAL_IS_STREAM (self), NULL);

  return self->user_id;
}

/**
 * portal_stream_get_token_hash:
 * @self: a stream
 *
 * Returns: (transfer none): the hash of the token that opened it
 */
const char *
portal_stream_get_token_hash (PortalStream *self)
{
  g_return_val_if_fail (PORTAL_IS_STREAM (self), NULL);

  return self->token_hash;
}

/**
 * portal_stream_send_state:
 * @self: a stream
 * @state: the newest state of its account
 *
 * Tells the client, unless it knows.
 */
void
portal_stream_send_state (PortalStream *self, const char *state)
{
  g_return_if_fail (PORTAL_IS_STREAM (self));
  g_return_if_fail (state != NULL);

  g_clear_pointer (&self->next_state, g_free);
  if (self->message == NULL || g_strcmp0 (state, self->last_state) == 0)
    return;

  self->next_state = g_strdup (state);
  send_next_state (self);
}

/**
 * portal_stream_send_comment:
 * @self: a stream
 *
 * Keeps the connection from being taken for dead, and finds out whether it is.
 */
void
portal_stream_send_comment (PortalStream *self)
{
  g_return_if_fail (PORTAL_IS_STREAM (self));

  if (self->message != NULL && self->n_unwritten == 0)
    append (self, COMMENT);
}

/**
 * portal_stream_end:
 * @self: a stream
 *
 * Closes it from the portal's side.
 */
void
portal_stream_end (PortalStream *self)
{
  g_autoptr (SoupServerMessage) message = NULL;

  g_return_if_fail (PORTAL_IS_STREAM (self));

  if (self->message == NULL)
    return;

  message = g_object_ref (self->message);
  portal_transport_set_quiet (self->transport, FALSE);
  on_finished (self);
  soup_message_body_complete (soup_server_message_get_response_body (message));
  soup_server_message_unpause (message);
}
