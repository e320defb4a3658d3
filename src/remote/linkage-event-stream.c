/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "config.h"

#include "linkage-event-stream-private.h"

#include "linkage-address.h"
#include "linkage-event-parser.h"
#include "linkage-patience.h"
#include "linkage-remote-error.h"
#include "linkage-reply-error.h"
#include "linkage-session.h"

#define FIRST_DELAY 1000             /* milliseconds; doubled with each failure */
#define MAX_DELAY (60 * 1000)        /* milliseconds; also of what the stream says */
#define MAX_RETRY_AFTER (600 * 1000) /* milliseconds */
#define MAX_DOUBLINGS 6
#define SILENCE (70 * 1000) /* milliseconds: the portal sends something every 25 s */
#define CHUNK_SIZE 4096
#define MAX_REFUSAL_SIZE (64 * 1024) /* bytes */

/* One opening of the stream. Its callbacks may come when the object has gone on to another, or is no more. */
typedef struct
{
  GWeakRef owner;            /* LinkageEventStream */
  GCancellable *cancellable; /* (owned) */
  SoupMessage *message;      /* (owned) */
  GInputStream *stream;      /* (owned) (nullable): until the reply's headers came */
  GByteArray *refusal;       /* (owned) (nullable): the body of a reply that is no stream */
} Subscription;

struct _LinkageEventStream
{
  GObject parent_instance;

  SoupSession *session;       /* (owned) */
  char *address;              /* (owned) */
  LinkageTokenSource *source; /* (owned) (nullable) */
  char *token;                /* (owned) (nullable): the latest of the source */
  char *refused;              /* (owned) (nullable): the one that was refused since the stream was open */
  LinkageEventParser *parser;
  Subscription *subscription; /* (owned) (nullable): the one that is open or opens */
  guint delay_id;
  guint silence_id;
  guint first_delay; /* milliseconds */
  guint silence;     /* milliseconds */
  guint n_failures;  /* since something came */
  gboolean connected;
};

typedef enum
{
  PROP_CONNECTED = 1,
} LinkageEventStreamProperty;

enum
{
  SIGNAL_STATE,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_CONNECTED + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageEventStream, linkage_event_stream, G_TYPE_OBJECT)

static void subscribe (LinkageEventStream *self);
static void read_chunk (Subscription *subscription);

static void
subscription_clear (Subscription *subscription)
{
  g_weak_ref_clear (&subscription->owner);
  g_clear_object (&subscription->cancellable);
  g_clear_object (&subscription->message);
  g_clear_object (&subscription->stream);
  g_clear_pointer (&subscription->refusal, g_byte_array_unref);
}

static Subscription *
subscription_ref (Subscription *subscription)
{
  return g_rc_box_acquire (subscription);
}

static void
subscription_unref (Subscription *subscription)
{
  g_rc_box_release_full (subscription, (GDestroyNotify)subscription_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Subscription, subscription_unref)

/* The object while the subscription is still its own; NULL: the callback comes too late. */
static LinkageEventStream *
subscription_get_owner (Subscription *subscription)
{
  g_autoptr (LinkageEventStream) owner = g_weak_ref_get (&subscription->owner);

  if (owner == NULL || owner->subscription != subscription)
    return NULL;

  return g_steal_pointer (&owner);
}

static void
set_connected (LinkageEventStream *self, gboolean connected)
{
  if (self->connected == connected)
    return;

  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

static void
unsubscribe (LinkageEventStream *self)
{
  g_autoptr (Subscription) subscription = g_steal_pointer (&self->subscription);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_handle_id (&self->silence_id, g_source_remove);
  if (subscription != NULL)
    g_cancellable_cancel (subscription->cancellable);
}

static gboolean
on_delay_over (gpointer user_data)
{
  LinkageEventStream *self = user_data;

  g_assert (LINKAGE_IS_EVENT_STREAM (self));

  self->delay_id = 0;
  subscribe (self);

  return G_SOURCE_REMOVE;
}

/* All programs of a portal that was away come back; the jitter keeps them from coming at once. */
static guint
compute_delay (LinkageEventStream *self)
{
  guint delay = self->first_delay;
  guint retry;

  if (linkage_event_parser_get_retry (self->parser, &retry))
    delay = CLAMP (retry, FIRST_DELAY, MAX_DELAY);
  delay = MIN (delay << MIN (self->n_failures, MAX_DOUBLINGS), linkage_patience_shorten (MAX_DELAY));

  return (guint)(delay * g_random_double_range (1.0, 1.25));
}

static void
subscribe_later (LinkageEventStream *self, guint retry_after)
{
  guint delay = MAX (compute_delay (self), MIN (retry_after * 1000, MAX_RETRY_AFTER));

  unsubscribe (self);
  self->n_failures++;
  self->delay_id = g_timeout_add (delay, on_delay_over, self);
  set_connected (self, FALSE);
}

static gboolean
on_silence (gpointer user_data)
{
  LinkageEventStream *self = user_data;

  g_assert (LINKAGE_IS_EVENT_STREAM (self));

  self->silence_id = 0;
  g_debug ("Nothing came from the event stream for %u ms", self->silence);
  subscribe_later (self, 0);

  return G_SOURCE_REMOVE;
}

static void
watch_silence (LinkageEventStream *self)
{
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->silence_id = g_timeout_add (self->silence, on_silence, self);
}

static void
refuse (LinkageEventStream *self, const GError *error)
{
  unsubscribe (self);
  set_connected (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error);
}

/* A token that has run out is changed into another, once. */
static gboolean
can_renew (LinkageEventStream *self, const GError *error)
{
  return self->source != NULL && self->refused == NULL &&
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);
}

/* The whole refusal has come. What no portal said is no refusal, and is tried again. */
static void
end_refusal (LinkageEventStream *self, Subscription *subscription)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (subscription->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&subscription->refusal));
  g_autoptr (GError) error =
    linkage_reply_error_from_reply (soup_message_get_status (subscription->message), headers, body);

  if (can_renew (self, error))
    {
      unsubscribe (self);
      self->refused = g_strdup (self->token);
      subscribe (self);
      return;
    }
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_STATE_UNUSABLE))
    {
      refuse (self, error);
      return;
    }

  subscribe_later (self, linkage_reply_error_get_retry_after (headers));
}

static gboolean
take_chunk (LinkageEventStream *self, Subscription *subscription, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (subscription->refusal != NULL)
    {
      g_byte_array_append (subscription->refusal, (const guint8 *)bytes, length);
      return subscription->refusal->len <= MAX_REFUSAL_SIZE;
    }

  self->n_failures = 0;
  if (!linkage_event_parser_push (self->parser, bytes, length, &error))
    {
      g_debug ("The event stream is given up: %s", error->message);
      return FALSE;
    }

  return TRUE;
}

static void
on_chunk_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Subscription) subscription = user_data;
  g_autoptr (LinkageEventStream) self = subscription_get_owner (subscription);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = 0;
  const char *bytes = NULL;
  gboolean going_on;

  if (self == NULL)
    return;
  if (chunk != NULL)
    bytes = g_bytes_get_data (chunk, &length);
  if (chunk != NULL && length == 0 && subscription->refusal != NULL)
    {
      end_refusal (self, subscription);
      return;
    }
  going_on = length > 0 && take_chunk (self, subscription, bytes, length);
  /* A handler of ::state may have stopped it. */
  if (self->subscription != subscription)
    return;
  if (!going_on)
    {
      subscribe_later (self, 0);
      return;
    }
  watch_silence (self);
  read_chunk (subscription);
}

static void
read_chunk (Subscription *subscription)
{
  g_input_stream_read_bytes_async (subscription->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, subscription->cancellable,
                                   on_chunk_read, subscription_ref (subscription));
}

static gboolean
is_event_stream (SoupMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return soup_message_get_status (message) == SOUP_STATUS_OK && type != NULL &&
         g_ascii_strcasecmp (type, "text/event-stream") == 0;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Subscription) subscription = user_data;
  g_autoptr (LinkageEventStream) self = subscription_get_owner (subscription);
  g_autoptr (GError) error = NULL;

  subscription->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self == NULL)
    return;
  if (subscription->stream == NULL)
    {
      g_debug ("The event stream cannot be opened: %s", error->message);
      subscribe_later (self, 0);
      return;
    }

  linkage_event_parser_reset (self->parser);
  watch_silence (self);
  if (is_event_stream (subscription->message))
    {
      g_clear_pointer (&self->refused, g_free);
      set_connected (self, TRUE);
    }
  else
    subscription->refusal = g_byte_array_new ();
  if (self->subscription == subscription)
    read_chunk (subscription);
}

static void
fill_headers (LinkageEventStream *self, SoupMessageHeaders *headers)
{
  const char *last_id = linkage_event_parser_get_last_id (self->parser);

  soup_message_headers_replace (headers, "Accept", "text/event-stream, application/problem+json");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (self->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (*last_id != '\0')
    soup_message_headers_replace (headers, "Last-Event-ID", last_id);
}

static void
send_message (LinkageEventStream *self, Subscription *subscription)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = linkage_address_parse (self->address, &error);

  if (uri == NULL || !linkage_session_check_token (self->token, &error))
    {
      refuse (self, error);
      return;
    }

  subscription->message = soup_message_new_from_uri ("GET", uri);
  soup_message_add_flags (subscription->message, SOUP_MESSAGE_NO_REDIRECT);
  fill_headers (self, soup_message_get_request_headers (subscription->message));
  soup_session_send_async (self->session, subscription->message, G_PRIORITY_DEFAULT, subscription->cancellable, on_sent,
                           subscription_ref (subscription));
}

static void
on_token_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Subscription) subscription = user_data;
  g_autoptr (LinkageEventStream) self = subscription_get_owner (subscription);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = linkage_token_source_get_finish (LINKAGE_TOKEN_SOURCE (source), result, &error);
  const LinkageProblem *problem;

  if (self == NULL)
    return;
  if (token != NULL)
    {
      g_free (self->token);
      self->token = g_steal_pointer (&token);
      send_message (self, subscription);
      return;
    }

  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED))
    {
      refuse (self, error);
      return;
    }

  problem = linkage_remote_error_get_problem (error);
  subscribe_later (self, problem != NULL ? problem->retry_after : 0);
}

static void
subscribe (LinkageEventStream *self)
{
  Subscription *subscription = g_rc_box_new0 (Subscription);

  g_weak_ref_init (&subscription->owner, self);
  subscription->cancellable = g_cancellable_new ();
  self->subscription = subscription;
  watch_silence (self);

  if (self->source != NULL)
    linkage_token_source_get_async (self->source, self->refused, subscription->cancellable, on_token_got,
                                    subscription_ref (subscription));
  else
    send_message (self, subscription);
}

static void
on_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  LinkageEventStream *self = user_data;

  g_assert (LINKAGE_IS_EVENT_STREAM (self));

  if (g_str_equal (type, "state") && *id != '\0')
    g_signal_emit (self, signals[SIGNAL_STATE], 0, id);
}

static void
linkage_event_stream_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageEventStream *self = LINKAGE_EVENT_STREAM (object);

  switch ((LinkageEventStreamProperty)property_id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->connected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_event_stream_dispose (GObject *object)
{
  LinkageEventStream *self = LINKAGE_EVENT_STREAM (object);

  unsubscribe (self);

  G_OBJECT_CLASS (linkage_event_stream_parent_class)->dispose (object);
}

static void
linkage_event_stream_finalize (GObject *object)
{
  LinkageEventStream *self = LINKAGE_EVENT_STREAM (object);

  g_clear_object (&self->session);
  g_clear_object (&self->source);
  g_free (self->address);
  g_free (self->token);
  g_free (self->refused);
  linkage_event_parser_free (self->parser);

  G_OBJECT_CLASS (linkage_event_stream_parent_class)->finalize (object);
}

static void
linkage_event_stream_class_init (LinkageEventStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_event_stream_get_property;
  object_class->dispose = linkage_event_stream_dispose;
  object_class->finalize = linkage_event_stream_finalize;

  /**
   * LinkageEventStream:connected:
   *
   * Whether the stream is open.
   */
  properties[PROP_CONNECTED] =
    g_param_spec_boolean ("connected", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LinkageEventStream::state:
   * @self: the stream
   * @state: the portal's newest state
   *
   * The account's state is another.
   */
  signals[SIGNAL_STATE] = g_signal_new ("state", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * LinkageEventStream::refused:
   * @self: the stream
   * @error: why, of %LINKAGE_REMOTE_ERROR
   *
   * The portal refused the stream for good (401, 403, 404 or 410), or its address may not be asked or its token not
   * be sent; it has stopped.
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
}

/* A session of its own: the stream would take one of the few connections per host, and it may be silent for longer
 * than a call. Nothing is decoded, as a decoder would hold events back. */
static void
linkage_event_stream_init (LinkageEventStream *self)
{
  self->session = soup_session_new_with_options ("user-agent", LINKAGE_SESSION_USER_AGENT, "timeout", 0, NULL);
  linkage_session_prepare (self->session);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  self->parser = linkage_event_parser_new (on_event, self);
  self->first_delay = linkage_patience_shorten (FIRST_DELAY);
  self->silence = linkage_patience_shorten (SILENCE);
}

/**
 * linkage_event_stream_new:
 * @api: the interface's base address
 * @account_id: the account that is listened to
 * @source: (nullable): where its access token comes from; one that is refused is changed into another, once
 *
 * Makes a stream that is not yet started. Main thread, as all of it.
 *
 * Returns: (transfer full): a new stream
 */
LinkageEventStream *
linkage_event_stream_new (const char *api, const char *account_id, LinkageTokenSource *source)
{
  LinkageEventStream *self;
  g_autofree char *escaped_id = NULL;

  g_return_val_if_fail (api != NULL, NULL);
  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (source == NULL || LINKAGE_IS_TOKEN_SOURCE (source), NULL);

  self = g_object_new (LINKAGE_TYPE_EVENT_STREAM, NULL);
  escaped_id = g_uri_escape_string (account_id, NULL, FALSE);
  self->address = g_strdup_printf ("%s%saccounts/%s/events", api, g_str_has_suffix (api, "/") ? "" : "/", escaped_id);
  g_set_object (&self->source, source);

  return self;
}

/**
 * linkage_event_stream_set_timing:
 * @self: a stream that was not started
 * @first_delay: milliseconds before it is opened again after one failure
 * @silence: milliseconds without a byte after which it is opened again
 *
 * Changes how long the stream waits, for tests.
 */
void
linkage_event_stream_set_timing (LinkageEventStream *self, guint first_delay, guint silence)
{
  g_return_if_fail (LINKAGE_IS_EVENT_STREAM (self));

  self->first_delay = first_delay;
  self->silence = silence;
}

/**
 * linkage_event_stream_start:
 * @self: a stream
 *
 * Opens the stream, and opens it again whenever it ends, after one second at first and after up to a minute when it
 * keeps failing. Does nothing while it is started.
 */
void
linkage_event_stream_start (LinkageEventStream *self)
{
  g_return_if_fail (LINKAGE_IS_EVENT_STREAM (self));

  if (self->subscription != NULL || self->delay_id != 0)
    return;

  self->n_failures = 0;
  g_clear_pointer (&self->refused, g_free);
  subscribe (self);
}

/**
 * linkage_event_stream_stop:
 * @self: a stream
 *
 * Closes the stream. It can be started again and then goes on from the last event it saw.
 */
void
linkage_event_stream_stop (LinkageEventStream *self)
{
  g_return_if_fail (LINKAGE_IS_EVENT_STREAM (self));

  unsubscribe (self);
  set_connected (self, FALSE);
}

/**
 * linkage_event_stream_get_connected:
 * @self: a stream
 *
 * Tells whether the stream is open.
 *
 * Returns: whether it is
 */
gboolean
linkage_event_stream_get_connected (LinkageEventStream *self)
{
  g_return_val_if_fail (LINKAGE_IS_EVENT_STREAM (self), FALSE);

  return self->connected;
}
