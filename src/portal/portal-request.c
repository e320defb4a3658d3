/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-request.h"

/**
 * portal_request_new:
 * @message: a message whose body has come
 * @query: (nullable): the query's members
 *
 * Returns: (transfer full): a request for the router
 */
PortalRequest *
portal_request_new (SoupServerMessage *message, GHashTable *query)
{
  PortalRequest *request = g_new0 (PortalRequest, 1);

  request->message = message;
  request->path = g_strdup (g_uri_get_path (soup_server_message_get_uri (message)));
  request->query = query != NULL ? g_hash_table_ref (query) : NULL;
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  return request;
}

/**
 * portal_request_free:
 * @request: (transfer full): a request
 */
void
portal_request_free (PortalRequest *request)
{
  g_clear_pointer (&request->query, g_hash_table_unref);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_clear_pointer (&request->parameters, g_strfreev);
  g_clear_pointer (&request->user, portal_user_free);
  g_clear_pointer (&request->refusal, portal_reply_free);
  g_free (request->path);
  g_free (request);
}

/**
 * portal_request_get_header:
 * @request: a request
 * @name: a header
 *
 * Returns: (transfer none) (nullable): its value, NULL where it is missing
 */
const char *
portal_request_get_header (PortalRequest *request, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message), name);
}

/**
 * portal_request_get_parameter:
 * @request: a request that the router has matched
 * @number: the place among the path's parameters, from 0
 *
 * Returns: (transfer none): the parameter
 */
const char *
portal_request_get_parameter (PortalRequest *request, guint number)
{
  g_return_val_if_fail (request->parameters != NULL && number < g_strv_length (request->parameters), NULL);

  return request->parameters[number];
}

/**
 * portal_request_get_query:
 * @request: a request
 * @name: a member of the query
 *
 * Returns: (transfer none) (nullable): its value, NULL where it is missing
 */
const char *
portal_request_get_query (PortalRequest *request, const char *name)
{
  return request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
}

/**
 * portal_request_get_query_int:
 * @request: a request
 * @name: a member of the query
 * @minimum: the smallest value that it may have
 * @maximum: the largest
 * @fallback: what holds where it is missing
 * @value: (out): the number
 *
 * Returns: whether it is missing or a number in range
 */
gboolean
portal_request_get_query_int (PortalRequest *request,
                              const char *name,
                              gint64 minimum,
                              gint64 maximum,
                              gint64 fallback,
                              gint64 *value)
{
  const char *text = portal_request_get_query (request, name);

  *value = fallback;
  return text == NULL || g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL);
}
