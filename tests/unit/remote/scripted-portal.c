/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scripted-portal.h"

#include <string.h>

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
keep_question (ScriptedPortal *self, SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  self->n_asked++;
  g_free (self->method);
  self->method = g_strdup (soup_server_message_get_method (message));
  g_free (self->path);
  self->path = g_uri_get_query (uri) != NULL ? g_strdup_printf ("%s?%s", g_uri_get_path (uri), g_uri_get_query (uri))
                                             : g_strdup (g_uri_get_path (uri));
  g_free (self->asked_body);
  self->asked_body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_clear_pointer (&self->asked_headers, soup_message_headers_unref);
  self->asked_headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
}

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ScriptedPortal *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  keep_question (self, message);
  if (self->only_at != NULL && !g_str_equal (self->only_at, path))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  soup_server_message_set_status (message, self->status, NULL);
  soup_message_headers_foreach (self->headers, copy_header, headers);
  if (self->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", self->content_type);
  if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->body);
}

ScriptedPortal *
scripted_portal_new (GTlsCertificate *certificate)
{
  ScriptedPortal *self = g_new0 (ScriptedPortal, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GSList *uris;

  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  self->status = 200;
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->server, certificate);
  soup_server_add_handler (self->server, NULL, on_asked, self, NULL);
  soup_server_listen_local (
    self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("%s://127.0.0.1:%d", g_uri_get_scheme (uris->data), g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return self;
}

void
scripted_portal_free (ScriptedPortal *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->address);
  g_free (self->only_at);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  soup_message_headers_unref (self->headers);
  g_free (self->method);
  g_free (self->path);
  g_free (self->asked_body);
  g_clear_pointer (&self->asked_headers, soup_message_headers_unref);
  g_free (self);
}

void
scripted_portal_answer_bytes (ScriptedPortal *self, guint status, const char *content_type, GBytes *body)
{
  g_clear_pointer (&self->only_at, g_free);
  self->status = status;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  if (body != NULL)
    self->body = g_bytes_ref (body);
  soup_message_headers_clear (self->headers);
}

void
scripted_portal_answer (ScriptedPortal *self, guint status, const char *content_type, const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  scripted_portal_answer_bytes (self, status, content_type, bytes);
}

void
scripted_portal_answer_at (ScriptedPortal *self, const char *path, const char *body)
{
  scripted_portal_answer (self, SOUP_STATUS_OK, "application/json", body);
  self->only_at = g_strdup (path);
}
