/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-browser.h"

#include <glib/gi18n.h>

#include "portal-page.h"
#include "portal-problem.h"
#include "portal-secret.h"

#define STYLE_RESOURCE RESOURCE_PATH "/portal/portal.css"
#define POLICY_OF_ALL "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
#define POLICY "style-src 'self'; " POLICY_OF_ALL

static PortalReply *
new_reply (guint status, const char *content_type, const char *body)
{
  PortalReply *reply = portal_reply_new (status, content_type, body);

  soup_message_headers_replace (reply->headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (reply->headers, "Referrer-Policy", "same-origin");

  return reply;
}

/**
 * portal_browser_new_page:
 * @status: the HTTP status
 * @page: a whole page
 *
 * Returns: (transfer full): a page that runs no script, loads nothing from elsewhere and stands in no frame
 */
PortalReply *
portal_browser_new_page (guint status, const char *page)
{
  g_return_val_if_fail (page != NULL, NULL);

  return new_reply (status, "text/html; charset=utf-8", page);
}

/**
 * portal_browser_new_sentence:
 * @status: the HTTP status
 * @title: the heading
 * @sentence: what happened, and what to do about it
 *
 * Returns: (transfer full): a page that says no more than that
 */
PortalReply *
portal_browser_new_sentence (guint status, const char *title, const char *sentence)
{
  g_autofree char *page = portal_page_new_sentence (title, sentence);

  return portal_browser_new_page (status, page);
}

/**
 * portal_browser_new_redirection:
 * @location: where to go on, with GET
 *
 * Returns: (transfer full): an answer to a form (RFC 9110, 15.4.4)
 */
PortalReply *
portal_browser_new_redirection (const char *location)
{
  PortalReply *reply = new_reply (SOUP_STATUS_SEE_OTHER, NULL, NULL);

  soup_message_headers_replace (reply->headers, "Location", location);

  return reply;
}

/**
 * portal_browser_new_wrong_method:
 * @method: the one that the page takes
 *
 * Returns: (transfer full): a page that says that this cannot be done
 */
PortalReply *
portal_browser_new_wrong_method (const char *method)
{
  g_autoptr (PortalReply) reply = NULL;

  reply = portal_browser_new_sentence (SOUP_STATUS_METHOD_NOT_ALLOWED, _ ("Not Possible Here"),
                                       _ ("This cannot be done here."));
  soup_message_headers_replace (reply->headers, "Allow", method);

  return g_steal_pointer (&reply);
}

/**
 * portal_browser_new_failure:
 * @error: what went wrong in the portal
 *
 * Returns: (transfer full): a page that says whether trying again helps
 */
PortalReply *
portal_browser_new_failure (const GError *error)
{
  PortalProblemType problem = portal_problem_from_error (error);

  g_message ("A page could not be made: %s", error->message);
  return portal_browser_new_sentence (portal_problem_get_status (problem), _ ("Something Went Wrong"),
                                      _ ("Nothing was changed. Try again in a moment."));
}

/**
 * portal_browser_new_style:
 *
 * Returns: (transfer full): the style sheet of all pages
 */
PortalReply *
portal_browser_new_style (void)
{
  g_autoptr (GBytes) style = g_resources_lookup_data (STYLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (style, NULL), g_bytes_get_size (style));

  return new_reply (SOUP_STATUS_OK, "text/css; charset=utf-8", text);
}

/**
 * portal_browser_allow_form_action:
 * @reply: a page with a form
 * @origin: a scheme, a host and a port
 *
 * Lets the form's answer lead to another site: Chromium holds `form-action` against redirections too.
 */
void
portal_browser_allow_form_action (PortalReply *reply, const char *origin)
{
  g_autofree char *policy = NULL;

  g_return_if_fail (reply != NULL && origin != NULL);

  policy = g_strconcat (POLICY " ", origin, NULL);
  soup_message_headers_replace (reply->headers, "Content-Security-Policy", policy);
}

/**
 * portal_browser_allow_widget:
 * @reply: a page with another site's widget
 * @directives: of portal_verification_make_policy()
 *
 * Lets the widget run. It learns on which site it stands, which providers tell by the referrer, and no more of the
 * address.
 */
void
portal_browser_allow_widget (PortalReply *reply, const char *directives)
{
  g_autofree char *policy = NULL;

  g_return_if_fail (reply != NULL && directives != NULL);

  policy = g_strconcat (directives, "; " POLICY_OF_ALL, NULL);
  soup_message_headers_replace (reply->headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (reply->headers, "Referrer-Policy", "strict-origin");
}

/**
 * portal_browser_set_cookie:
 * @reply: an answer to a browser
 * @name: the cookie's name
 * @value: what it holds
 * @path: for which pages it is
 * @is_secure: whether the portal speaks TLS
 *
 * Gives the browser a cookie that no script and no other site can use, until the browser is closed.
 */
void
portal_browser_set_cookie (PortalReply *reply,
                           const char *name,
                           const char *value,
                           const char *path,
                           gboolean is_secure)
{
  g_autofree char *header = NULL;

  g_return_if_fail (reply != NULL);

  header =
    g_strdup_printf ("%s=%s; Path=%s; HttpOnly; SameSite=Strict%s", name, value, path, is_secure ? "; Secure" : "");
  soup_message_headers_replace (reply->headers, "Set-Cookie", header);
}

/**
 * portal_browser_get_cookie:
 * @message: a request
 * @name: a cookie's name
 *
 * Returns: (transfer full) (nullable): what the cookie holds, %NULL where there is none
 */
char *
portal_browser_get_cookie (SoupServerMessage *message, const char *name)
{
  const char *header = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");
  g_autoptr (GHashTable) cookies = NULL;

  if (header == NULL)
    return NULL;

  cookies = soup_header_parse_semi_param_list (header);
  return g_strdup (g_hash_table_lookup (cookies, name));
}

/**
 * portal_browser_read_form:
 * @message: a request
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the form's fields, %NULL where the body is no form in
 *   UTF-8
 */
GHashTable *
portal_browser_read_form (SoupServerMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GHashTable) form = NULL;
  GHashTableIter iter;
  gpointer value;

  if (g_strcmp0 (type, SOUP_FORM_MIME_TYPE_URLENCODED) != 0)
    return NULL;

  form = soup_form_decode (text);
  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!g_utf8_validate (value, -1, NULL))
      return NULL;

  return g_steal_pointer (&form);
}

/**
 * portal_browser_check_csrf:
 * @form: (nullable): a form's fields
 * @session: the browser's session
 *
 * Returns: whether the form stood on a page of this session
 */
gboolean
portal_browser_check_csrf (GHashTable *form, const PortalBrowserSession *session)
{
  const char *csrf = form != NULL ? g_hash_table_lookup (form, "csrf") : NULL;

  return csrf != NULL && portal_secret_equal (csrf, session->csrf);
}
