/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-reply.h"

#include "portal-json.h"

#define RETRY_AFTER "5" /* seconds */

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
  if (type == PORTAL_PROBLEM_UNAVAILABLE)
    soup_message_headers_append (reply->headers, "Retry-After", RETRY_AFTER);

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
