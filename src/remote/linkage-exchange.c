/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-exchange.h"

#include <string.h>

#include "linkage-address.h"
#include "linkage-json-limits.h"
#include "linkage-patience.h"
#include "linkage-remote-error-private.h"
#include "linkage-reply-error.h"
#include "linkage-session.h"

#define MAX_REDIRECTS 10
#define CHUNK_SIZE (64 * 1024)
#define THREAD_SIZE (64 * 1024) /* a body above it is parsed in a thread of the pool */
#define PACE_TIME (30 * 1000)   /* milliseconds */
#define PACE_SIZE 3000          /* bytes of the body that have to come in each PACE_TIME */

struct _LinkageExchange
{
  const char *method;         /* (unowned): static */
  char *address;              /* (owned): as it was given */
  char *token;                /* (owned) (nullable) */
  LinkageTokenSource *source; /* (owned) (nullable): of the token */
  gboolean had_refusal;       /* one token of the source was refused */
  char *key;                  /* (owned) (nullable) */
  char *challenge_session;    /* (owned) (nullable) */
  GBytes *body;               /* (owned) (nullable) */
  const char *body_type;      /* (unowned): static */
  const char *reply_name;     /* (unowned) (nullable): static */
  LinkageJsonReadFunc read;   /* (nullable): null where a success has no body */
  GDestroyNotify free_value;
  LinkageExchangeRefusalFunc read_refusal;

  SoupSession *session; /* (owned) */
  GUri *uri;            /* (owned): the latest, after redirects */
  SoupMessage *message; /* (owned) */
  GInputStream *stream; /* (owned) */
  GByteArray *received; /* (owned) */
  gsize n_expected;     /* bytes that have to be there when the pace is looked at next; 0: the headers */
  guint pace_id;
  gboolean is_too_slow;
  GCancellable *cancellable; /* (owned): ours, to be able to give up */
  GCancellable *outer;       /* (owned) (nullable): the caller's */
  gulong cancelled_id;
  guint n_redirects;
  gboolean has_clock;
  gint64 clock_offset; /* seconds, the portal's clock minus ours */
};

static void get_token (GTask *task);
static void send_message (GTask *task);
static void read_chunk (GTask *task);

/**
 * linkage_exchange_new:
 * @method: an HTTP method, static
 * @address: an absolute address; it is checked when the call is started
 *
 * Makes a call to be filled in and started.
 *
 * Returns: (transfer full): a new exchange
 */
LinkageExchange *
linkage_exchange_new (const char *method, const char *address)
{
  LinkageExchange *exchange = g_new0 (LinkageExchange, 1);

  exchange->method = method;
  exchange->address = g_strdup (address);
  exchange->received = g_byte_array_new ();
  exchange->read_refusal = linkage_reply_error_from_reply;

  return exchange;
}

/**
 * linkage_exchange_free:
 * @exchange: (transfer full): an exchange
 *
 * Frees an exchange and what it owns.
 */
void
linkage_exchange_free (LinkageExchange *exchange)
{
  g_clear_handle_id (&exchange->pace_id, g_source_remove);
  /* What was cancelled already has no handler. */
  if (exchange->cancelled_id > 0)
    g_signal_handler_disconnect (exchange->outer, exchange->cancelled_id);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->cancellable);
  g_free (exchange->address);
  g_clear_pointer (&exchange->uri, g_uri_unref);
  g_free (exchange->token);
  g_clear_object (&exchange->source);
  g_free (exchange->key);
  g_free (exchange->challenge_session);
  g_clear_pointer (&exchange->body, g_bytes_unref);
  g_clear_object (&exchange->session);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_byte_array_unref (exchange->received);
  g_free (exchange);
}

/**
 * linkage_exchange_set_token:
 * @exchange: an exchange that was not started
 * @token: (nullable): the access token
 *
 * Says with which right the call is made.
 */
void
linkage_exchange_set_token (LinkageExchange *exchange, const char *token)
{
  g_free (exchange->token);
  exchange->token = g_strdup (token);
}

/**
 * linkage_exchange_set_token_source:
 * @exchange: an exchange that was not started
 * @source: where the access token comes from
 *
 * Says with which right the call is made. A token that is refused is changed into another, once.
 */
void
linkage_exchange_set_token_source (LinkageExchange *exchange, LinkageTokenSource *source)
{
  g_set_object (&exchange->source, source);
}

/**
 * linkage_exchange_set_key:
 * @exchange: an exchange that was not started
 * @key: the idempotency key, a UUID
 *
 * Makes the call one that counts once however often it is sent.
 */
void
linkage_exchange_set_key (LinkageExchange *exchange, const char *key)
{
  g_free (exchange->key);
  exchange->key = g_strdup (key);
}

/**
 * linkage_exchange_set_challenge_session:
 * @exchange: an exchange that was not started
 * @id: (nullable): a challenge session that was passed
 *
 * Adds a verification.
 */
void
linkage_exchange_set_challenge_session (LinkageExchange *exchange, const char *id)
{
  g_free (exchange->challenge_session);
  exchange->challenge_session = g_strdup (id);
}

/**
 * linkage_exchange_take_body:
 * @exchange: an exchange that was not started
 * @body: (transfer full): the body
 *
 * Adds a body. The same members in the same order give the same bytes, by which a portal knows a replay.
 */
void
linkage_exchange_take_body (LinkageExchange *exchange, JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_node_take_object (node, body);
  text = json_to_string (node, FALSE);
  exchange->body = g_bytes_new_take (text, strlen (text));
  exchange->body_type = "application/json";
}

/**
 * linkage_exchange_take_form:
 * @exchange: an exchange that was not started
 * @form: (transfer full): the body, as soup_form_encode() makes it
 *
 * Adds a form.
 */
void
linkage_exchange_take_form (LinkageExchange *exchange, char *form)
{
  exchange->body = g_bytes_new_take (form, strlen (form));
  exchange->body_type = SOUP_FORM_MIME_TYPE_URLENCODED;
}

/**
 * linkage_exchange_set_refusal:
 * @exchange: an exchange that was not started
 * @read_refusal: makes an error of a reply that is no success, in any thread
 *
 * Says in whose words the other side refuses. Without it they are those of the interface, problem details.
 */
void
linkage_exchange_set_refusal (LinkageExchange *exchange, LinkageExchangeRefusalFunc read_refusal)
{
  exchange->read_refusal = read_refusal;
}

/**
 * linkage_exchange_set_reader:
 * @exchange: an exchange that was not started
 * @name: what the reply is called in messages, static
 * @read: reads the reply of a success, in any thread
 * @free_value: frees what @read returned
 *
 * Says what the reply is. Without it a success gives %TRUE, whatever its body.
 */
void
linkage_exchange_set_reader (LinkageExchange *exchange,
                             const char *name,
                             LinkageJsonReadFunc read,
                             GDestroyNotify free_value)
{
  exchange->reply_name = name;
  exchange->read = read;
  exchange->free_value = free_value;
}

/**
 * linkage_exchange_get_clock_offset:
 * @exchange: an exchange
 * @offset: (out): the portal's clock minus ours, seconds; 0 where it is no more than one
 *
 * Gives what the reply's `Date` said.
 *
 * Returns: whether a reply with a `Date` came
 */
gboolean
linkage_exchange_get_clock_offset (const LinkageExchange *exchange, gint64 *offset)
{
  *offset = exchange->clock_offset;

  return exchange->has_clock;
}

/**
 * linkage_exchange_get_uri:
 * @exchange: an exchange
 *
 * Gives the address that was asked.
 *
 * Returns: (transfer none) (nullable): the address, after redirects the last one; %NULL where none could be asked
 */
GUri *
linkage_exchange_get_uri (const LinkageExchange *exchange)
{
  return exchange->uri;
}

/* `Date` has whole seconds, cut off: on average half a second is missing. */
static void
note_clock (LinkageExchange *exchange)
{
  const char *value = soup_message_headers_get_one (soup_message_get_response_headers (exchange->message), "Date");
  g_autoptr (GDateTime) date = value != NULL ? soup_date_time_new_from_http_string (value) : NULL;
  gint64 difference;

  if (date == NULL)
    return;

  difference = g_date_time_to_unix (date) * G_USEC_PER_SEC + G_USEC_PER_SEC / 2 - g_get_real_time ();
  difference = (difference + (difference < 0 ? -1 : 1) * G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;
  exchange->clock_offset = ABS (difference) > 1 ? difference : 0;
  exchange->has_clock = TRUE;
}

static gboolean
is_success (const LinkageExchange *exchange)
{
  return SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (exchange->message));
}

static gpointer
read_reply (LinkageExchange *exchange, GBytes *body, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    {
      g_set_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY, "%s is not application/json",
                   exchange->reply_name);
      return NULL;
    }

  return linkage_json_reader_parse (body, exchange->reply_name, exchange->read, error);
}

/* Main thread for a small body, a pool thread for a large one; nobody else touches the exchange meanwhile. */
static void
return_reply (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LinkageExchange *exchange = task_data;
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->received));
  g_autoptr (GError) error = NULL;
  gpointer value;

  exchange->received = g_byte_array_new ();

  if (!is_success (exchange))
    {
      g_task_return_error (task, exchange->read_refusal (soup_message_get_status (exchange->message),
                                                         soup_message_get_response_headers (exchange->message), body));
      return;
    }
  if (exchange->read == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  value = read_reply (exchange, body, &error);
  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_pointer (task, value, exchange->free_value);
}

/* Until then it keeps one of the few connections that a session has to a host. */
static void
release_stream (LinkageExchange *exchange)
{
  if (exchange->stream != NULL)
    g_input_stream_close (exchange->stream, NULL, NULL);
  g_clear_object (&exchange->stream);
}

static void
end_body (GTask *task)
{
  LinkageExchange *exchange = g_task_get_task_data (task);

  g_clear_handle_id (&exchange->pace_id, g_source_remove);
  release_stream (exchange);
  if (exchange->received->len > THREAD_SIZE)
    {
      g_task_run_in_thread (task, return_reply);
      return;
    }

  return_reply (task, g_task_get_source_object (task), exchange, g_task_get_cancellable (task));
}

static void
return_no_reply (GTask *task, const GError *cause)
{
  LinkageExchange *exchange = g_task_get_task_data (task);

  if (exchange->is_too_slow)
    g_task_return_new_error (task, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNREACHABLE,
                             "The reply comes too slowly to wait for its end");
  else
    g_task_return_error (task, linkage_reply_error_from_transport (cause));
}

static void
on_chunk_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GBytes) chunk = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *bytes;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (chunk == NULL)
    {
      return_no_reply (task, error);
      return;
    }

  bytes = g_bytes_get_data (chunk, &length);
  if (length == 0)
    {
      end_body (task);
      return;
    }
  if (exchange->received->len + length > LINKAGE_JSON_MAX_SIZE)
    {
      g_task_return_new_error (task, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE,
                               "The reply has more than %u bytes", LINKAGE_JSON_MAX_SIZE);
      return;
    }

  g_byte_array_append (exchange->received, bytes, length);
  read_chunk (task);
}

/* The limit counts what comes out of the decoder, so that a small body cannot unpack into a large one. */
static void
read_chunk (GTask *task)
{
  LinkageExchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, exchange->cancellable,
                                   on_chunk_read, g_object_ref (task));
}

static gboolean
is_redirect (const LinkageExchange *exchange)
{
  guint status = soup_message_get_status (exchange->message);

  return status == 307 || status == 308 ||
         ((status == 301 || status == 302 || status == 303) && g_str_equal (exchange->method, "GET"));
}

/* The token goes where it was given for and nowhere else. */
static gboolean
follow_redirect (LinkageExchange *exchange, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autoptr (GUri) uri = NULL;

  if (location != NULL)
    uri = g_uri_parse_relative (exchange->uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || ++exchange->n_redirects > MAX_REDIRECTS)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                           "A redirect leads nowhere, or there are too many");
      return FALSE;
    }
  if (!linkage_address_is_secure (uri) || !linkage_address_has_same_origin (exchange->uri, uri))
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INSECURE,
                           "A redirect leads to another host");
      return FALSE;
    }

  g_uri_unref (exchange->uri);
  exchange->uri = g_steal_pointer (&uri);

  return TRUE;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      return_no_reply (task, error);
      return;
    }
  note_clock (exchange);
  if (exchange->source != NULL && !exchange->had_refusal &&
      soup_message_get_status (exchange->message) == SOUP_STATUS_UNAUTHORIZED)
    {
      exchange->had_refusal = TRUE;
      get_token (task);
      return;
    }
  if (!is_redirect (exchange))
    {
      read_chunk (task);
      return;
    }
  if (!follow_redirect (exchange, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  send_message (task);
}

static void
fill_headers (const LinkageExchange *exchange, SoupMessageHeaders *headers)
{
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  if (exchange->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", exchange->token, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (exchange->key != NULL)
    {
      g_autofree char *quoted = g_strconcat ("\"", exchange->key, "\"", NULL);

      soup_message_headers_replace (headers, "Idempotency-Key", quoted);
    }
  if (exchange->challenge_session != NULL)
    soup_message_headers_replace (headers, "Challenge-Session", exchange->challenge_session);
}

static void
send_message (GTask *task)
{
  LinkageExchange *exchange = g_task_get_task_data (task);

  release_stream (exchange);
  g_clear_object (&exchange->message);
  exchange->message = soup_message_new_from_uri (exchange->method, exchange->uri);
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_NO_REDIRECT);
  fill_headers (exchange, soup_message_get_request_headers (exchange->message));
  if (exchange->body != NULL)
    soup_message_set_request_body_from_bytes (exchange->message, exchange->body_type, exchange->body);

  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable, on_sent,
                           g_object_ref (task));
}

static void
on_token_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *token = linkage_token_source_get_finish (LINKAGE_TOKEN_SOURCE (source), result, &error);

  if (token == NULL)
    {
      return_no_reply (task, error);
      return;
    }

  g_free (exchange->token);
  exchange->token = token;
  send_message (task);
}

static void
get_token (GTask *task)
{
  LinkageExchange *exchange = g_task_get_task_data (task);

  linkage_token_source_get_async (exchange->source, exchange->had_refusal ? exchange->token : NULL,
                                  exchange->cancellable, on_token_got, g_object_ref (task));
}

static gboolean
on_pace_time (gpointer user_data)
{
  LinkageExchange *exchange = user_data;

  if (exchange->stream != NULL && exchange->received->len >= exchange->n_expected)
    {
      exchange->n_expected = exchange->received->len + PACE_SIZE;
      return G_SOURCE_CONTINUE;
    }

  exchange->pace_id = 0;
  exchange->is_too_slow = TRUE;
  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* The session's timeout is for a portal that is silent; one that sends a byte now and then would be waited for for
 * ever. */
static void
watch_pace (LinkageExchange *exchange, GCancellable *outer)
{
  exchange->cancellable = g_cancellable_new ();
  exchange->pace_id = g_timeout_add (linkage_patience_shorten (PACE_TIME), on_pace_time, exchange);
  if (outer == NULL)
    return;

  exchange->outer = g_object_ref (outer);
  exchange->cancelled_id =
    g_cancellable_connect (outer, G_CALLBACK (on_cancelled), g_object_ref (exchange->cancellable), g_object_unref);
}

/**
 * linkage_exchange_start:
 * @exchange: (transfer full): an exchange; it becomes the task's data
 * @session: the session to send with
 * @task: (transfer full): returns a pointer, or a boolean for an exchange without a reader
 *
 * Makes the call and returns the task with the value, %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED. An address that
 * is neither HTTPS nor loopback is never asked. A reply that comes at less than 100 bytes a second is given up.
 */
void
linkage_exchange_start (LinkageExchange *exchange, SoupSession *session, GTask *task)
{
  g_autoptr (GTask) owned_task G_GNUC_UNUSED = task;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (exchange != NULL);
  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (G_IS_TASK (task));

  exchange->session = g_object_ref (session);
  g_task_set_task_data (task, exchange, (GDestroyNotify)linkage_exchange_free);
  exchange->uri = linkage_address_parse (exchange->address, &error);
  if (exchange->uri == NULL || !linkage_session_check_token (exchange->token, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  watch_pace (exchange, g_task_get_cancellable (task));
  if (exchange->source != NULL)
    get_token (task);
  else
    send_message (task);
}
