/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-reply.h"

#include <string.h>

#include "portal-json.h"

#define RETRY_AFTER "5" /* seconds */
#define RETRY_STREAM_AFTER "60"

/**
 * portal_reply_new:
 * @status: the HTTP status
 * @content_type: (nullable): of the body
 * @body: (nullable): the body, UTF-8
 *
 * Returns: (transfer full): a reply
 */
PortalReply *
portal_reply_new (guint status, const char *content_type, const char *body)
{
  PortalReply *reply = g_new0 (PortalReply, 1);

  reply->status = status;
  reply->content_type = g_strdup (content_type);
  reply->body = g_strdup (body);
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  return reply;
}

/**
 * portal_reply_new_json:
 * @status: the HTTP status
 * @builder: a builder with the whole body
 *
 * Returns: (transfer full): a reply in JSON
 */
PortalReply *
portal_reply_new_json (guint status, JsonBuilder *builder)
{
  g_autofree char *body = portal_json_print (builder);

  return portal_reply_new (status, PORTAL_REPLY_JSON, body);
}

/**
 * portal_reply_new_problem:
 * @type: what is wrong
 * @detail: (nullable): a sentence about this one case
 *
 * Returns: (transfer full): a reply with problem details (RFC 9457)
 */
PortalReply *
portal_reply_new_problem (PortalProblemType type, const char *detail)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  portal_problem_add_members (builder, type, detail);
  json_builder_end_object (builder);

  return portal_reply_new_problem_json (type, builder);
}

/**
 * portal_reply_new_problem_json:
 * @type: what is wrong
 * @builder: a builder with the whole body, portal_problem_add_members() among it
 *
 * Returns: (transfer full): a reply with problem details that have members of their own
 */
PortalReply *
portal_reply_new_problem_json (PortalProblemType type, JsonBuilder *builder)
{
  g_autofree char *body = portal_json_print (builder);
  PortalReply *reply = portal_reply_new (portal_problem_get_status (type), PORTAL_REPLY_PROBLEM, body);

  reply->problem = type;
  if (type == PORTAL_PROBLEM_AUTHENTICATION_REQUIRED)
    soup_message_headers_append (reply->headers, "WWW-Authenticate", "Bearer");
  if (type == PORTAL_PROBLEM_SCOPE_REQUIRED)
    soup_message_headers_append (reply->headers, "WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
  if (type == PORTAL_PROBLEM_UNAVAILABLE)
    soup_message_headers_append (reply->headers, "Retry-After", RETRY_AFTER);
  if (type == PORTAL_PROBLEM_TOO_MANY_STREAMS)
    soup_message_headers_append (reply->headers, "Retry-After", RETRY_STREAM_AFTER);

  return reply;
}

/**
 * portal_reply_new_stream:
 *
 * Returns: (transfer full): a reply that says that #PortalEvents answers from now on
 */
PortalReply *
portal_reply_new_stream (void)
{
  PortalReply *reply = portal_reply_new (SOUP_STATUS_OK, NULL, NULL);

  reply->is_stream = TRUE;

  return reply;
}

/**
 * portal_reply_free:
 * @reply: (transfer full): a reply
 */
void
portal_reply_free (PortalReply *reply)
{
  g_clear_pointer (&reply->headers, soup_message_headers_unref);
  g_free (reply->content_type);
  g_free (reply->body);
  g_free (reply);
}

static void
add_headers (const PortalReply *reply, SoupMessageHeaders *headers, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
  g_autofree char *date = soup_date_time_to_string (time, SOUP_DATE_HTTP);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  /* libsoup 3.2 keeps only those connections for another request that it has accepted itself, and then does not close
   * those that their clients close. */
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_iter_init (&iter, reply->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    soup_message_headers_append (headers, name, value);
}

/**
 * portal_reply_send:
 * @reply: a reply
 * @message: the message to answer
 * @now: the portal's clock, in seconds since 1970 in UTC
 *
 * Gives the reply to libsoup, with the headers that every reply has.
 */
void
portal_reply_send (const PortalReply *reply, SoupServerMessage *message, gint64 now)
{
  g_return_if_fail (reply != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  add_headers (reply, soup_server_message_get_response_headers (message), now);
  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->body != NULL)
    soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_COPY, reply->body,
                                      strlen (reply->body));
}

/**
 * portal_reply_print:
 * @reply: a reply with a body
 * @now: the portal's clock, in seconds since 1970 in UTC
 *
 * Writes the reply out, for a client that libsoup does not answer.
 *
 * Returns: (transfer full): the bytes of an HTTP/1.1 response
 */
GBytes *
portal_reply_print (const PortalReply *reply, gint64 now)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GString) text = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_return_val_if_fail (reply != NULL && reply->body != NULL, NULL);

  add_headers (reply, headers, now);
  soup_message_headers_set_content_type (headers, reply->content_type, NULL);
  soup_message_headers_set_content_length (headers, (goffset)strlen (reply->body));
  g_string_printf (text, "HTTP/1.1 %u %s\r\n", reply->status, soup_status_get_phrase (reply->status));
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (text, "%s: %s\r\n", name, value);
  g_string_append_printf (text, "\r\n%s", reply->body);

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/**
 * portal_reply_is_final:
 * @reply: a reply to a write
 *
 * Returns: whether a replay of the write gets the same reply: a success, or a refusal that another try cannot change
 */
gboolean
portal_reply_is_final (const PortalReply *reply)
{
  g_return_val_if_fail (reply != NULL, FALSE);

  if (reply->status >= 500 || reply->status == SOUP_STATUS_UNAUTHORIZED || reply->status == SOUP_STATUS_CONFLICT ||
      reply->status == 429)
    return FALSE;

  return !portal_problem_is_challenge (reply->problem);
}
