/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-customer-pages.h"

#include <glib/gi18n.h>

#include "portal-customer-links.h"
#include "portal-customer-page.h"
#include "portal-customer-sessions.h"
#include "portal-problem.h"
#include "portal-secret.h"
#include "portal-transitions.h"

#define LIST "/customer/"
#define ENTER PORTAL_CUSTOMER_LINKS_PATH
#define STYLE "/customer/style.css"
#define REQUESTS "/customer/requests/"
#define STYLE_RESOURCE RESOURCE_PATH "/portal/customer.css"
#define COOKIE "linkage-customer"
#define POLICY "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

struct _PortalCustomerPages
{
  PortalStore *store;               /* (owned) */
  PortalCustomerSessions *sessions; /* (owned) */
  gboolean is_secure;               /* it speaks TLS */
};

static PortalReply *
new_reply (guint status, const char *content_type, const char *body)
{
  PortalReply *reply = portal_reply_new (status, content_type, body);

  soup_message_headers_replace (reply->headers, "Content-Security-Policy", POLICY);
  soup_message_headers_replace (reply->headers, "Referrer-Policy", "same-origin");

  return reply;
}

static PortalReply *
new_page (guint status, const char *page)
{
  return new_reply (status, "text/html; charset=utf-8", page);
}

static PortalReply *
new_sentence (guint status, const char *title, const char *sentence)
{
  g_autofree char *page = portal_customer_page_new_sentence (title, sentence);

  return new_page (status, page);
}

static PortalReply *
new_redirection (const char *path)
{
  PortalReply *reply = new_reply (SOUP_STATUS_SEE_OTHER, NULL, NULL);

  soup_message_headers_replace (reply->headers, "Location", path);

  return reply;
}

static PortalReply *
new_not_found (void)
{
  return new_sentence (SOUP_STATUS_NOT_FOUND, _ ("Page Not Found"), _ ("There is no such page or request."));
}

static PortalReply *
new_bad_form (void)
{
  return new_sentence (SOUP_STATUS_BAD_REQUEST, _ ("Answer Not Understood"),
                       _ ("Nothing was changed. Go back to the list of requests and try again."));
}

static PortalReply *
new_failure (const GError *error)
{
  PortalProblemType problem = portal_problem_from_error (error);

  g_message ("A customer's page could not be made: %s", error->message);
  return new_sentence (portal_problem_get_status (problem), _ ("Something Went Wrong"),
                       _ ("Nothing was changed. Try again in a moment."));
}

static PortalCustomerSession *
find_session (PortalCustomerPages *pages, SoupServerMessage *message)
{
  g_autofree char *header = NULL;
  g_autoptr (GHashTable) cookies = NULL;

  header = g_strdup (soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie"));
  if (header == NULL)
    return NULL;

  cookies = soup_header_parse_semi_param_list (header);
  return portal_customer_sessions_find (pages->sessions, g_hash_table_lookup (cookies, COOKIE));
}

static PortalReply *
enter (PortalCustomerPages *pages, SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) parameters = soup_form_decode (query != NULL ? query : "");
  const char *token = g_hash_table_lookup (parameters, "token");
  g_autoptr (GError) error = NULL;
  g_autoptr (PortalReply) reply = NULL;
  g_autofree char *customer_id = NULL;
  g_autofree char *cookie = NULL;
  g_autofree char *header = NULL;
  gboolean is_valid = FALSE;

  if (token != NULL && !portal_customer_links_use (pages->store, token, &is_valid, &customer_id, &error))
    return new_failure (error);
  if (!is_valid)
    return new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Link Not Valid"),
                         _ ("This link was used before, or it is too old. Ask for a new one."));

  cookie = portal_customer_sessions_begin (pages->sessions, customer_id);
  header = g_strdup_printf (COOKIE "=%s; Path=" LIST "; HttpOnly; SameSite=Strict%s", cookie,
                            pages->is_secure ? "; Secure" : "");
  reply = new_redirection (LIST);
  soup_message_headers_replace (reply->headers, "Set-Cookie", header);

  return g_steal_pointer (&reply);
}

static PortalReply *
show_list (PortalCustomerPages *pages, PortalCustomerSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *message = NULL;
  g_autofree char *page = NULL;
  PortalCustomerPageState state = { .csrf = session->csrf };

  if (!portal_transitions_settle_now (pages->store, &error))
    return new_failure (error);
  requests = portal_customer_requests_read (pages->store, session->customer_id, &error);
  if (requests == NULL)
    return new_failure (error);

  message = g_steal_pointer (&session->message);
  state.message = message;
  page = portal_customer_page_new_list (requests, &state);

  return new_page (SOUP_STATUS_OK, page);
}

static PortalReply *
give_comment_back (PortalCustomerSession *session,
                   const GPtrArray *requests,
                   const char *connection_id,
                   const char *comment)
{
  g_autofree char *message = NULL;
  g_autofree char *page = NULL;
  PortalCustomerPageState state = {
    .csrf = session->csrf,
    .connection_id = connection_id,
    .comment = comment,
  };

  message =
    /* Translators: %d is how many characters a comment may have. */
    g_strdup_printf (ngettext ("The comment is too long: at most %d character.",
                               "The comment is too long: at most %d characters.", PORTAL_CUSTOMER_COMMENT_MAXIMUM),
                     PORTAL_CUSTOMER_COMMENT_MAXIMUM);
  state.message = message;
  page = portal_customer_page_new_list (requests, &state);

  return new_page (SOUP_STATUS_UNPROCESSABLE_ENTITY, page);
}

/* Browsers send lines that end in CR LF. */
static char *
clean_comment (const char *comment)
{
  g_autoptr (GString) text = g_string_new (comment);

  g_string_replace (text, "\r\n", "\n", 0);
  g_strstrip (text->str);

  return text->str[0] != '\0' ? g_strdup (text->str) : NULL;
}

static const PortalCustomerRequest *
find_request (const GPtrArray *requests, const char *connection_id)
{
  for (guint i = 0; i < requests->len; i++)
    {
      const PortalCustomerRequest *request = g_ptr_array_index (requests, i);

      if (g_strcmp0 (request->connection_id, connection_id) == 0)
        return request;
    }

  return NULL;
}

static gboolean
write_answer (PortalStore *store, const char *connection_id, gboolean approves, const char *comment, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, error);

  if (transaction == NULL)
    return FALSE;
  if (approves && !portal_transitions_approve (store, connection_id, error))
    return FALSE;
  if (!approves && !portal_transitions_reject (store, connection_id, comment, error))
    return FALSE;

  return portal_transaction_commit (transaction, error);
}

/* What the next page says of an answer. */
static char *
describe_answer (const PortalCustomerRequest *request, gboolean approves)
{
  const char *supplier = request->supplier_name;
  const char *customer = request->customer_name;

  if (request->status == LINKAGE_STATUS_EXPIRED)
    {
      /* Translators: a supplier, then a customer */
      return g_strdup_printf (_ ("The request from %1$s to %2$s has expired. It cannot be answered any more."),
                              supplier, customer);
    }
  if (request->status != LINKAGE_STATUS_PENDING)
    {
      /* Translators: a supplier, then a customer */
      return g_strdup_printf (_ ("The request from %1$s to %2$s was answered before."), supplier, customer);
    }
  if (approves)
    {
      /* Translators: a supplier, then a customer */
      return g_strdup_printf (_ ("The request from %1$s to %2$s is approved."), supplier, customer);
    }

  /* Translators: a supplier, then a customer */
  return g_strdup_printf (_ ("The request from %1$s to %2$s is rejected."), supplier, customer);
}

static PortalReply *
take_answer (PortalCustomerPages *pages, PortalCustomerSession *session, const char *connection_id, GHashTable *form)
{
  const char *answer = g_hash_table_lookup (form, "answer");
  const char *typed = g_hash_table_lookup (form, "comment");
  gboolean approves = g_strcmp0 (answer, "approve") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *comment = NULL;
  const PortalCustomerRequest *request;

  if (!approves && g_strcmp0 (answer, "reject") != 0)
    return new_bad_form ();
  if (typed != NULL && !g_utf8_validate (typed, -1, NULL))
    return new_bad_form ();

  if (!portal_transitions_settle_now (pages->store, &error))
    return new_failure (error);
  requests = portal_customer_requests_read (pages->store, session->customer_id, &error);
  if (requests == NULL)
    return new_failure (error);
  request = find_request (requests, connection_id);
  if (request == NULL)
    return new_not_found ();

  comment = typed != NULL ? clean_comment (typed) : NULL;
  if (request->status == LINKAGE_STATUS_PENDING)
    {
      if (comment != NULL && g_utf8_strlen (comment, -1) > PORTAL_CUSTOMER_COMMENT_MAXIMUM)
        return give_comment_back (session, requests, connection_id, comment);
      if (!write_answer (pages->store, connection_id, approves, comment, &error))
        return new_failure (error);
    }

  g_free (session->message);
  session->message = describe_answer (request, approves);

  return new_redirection (LIST);
}

static PortalReply *
receive_answer (PortalCustomerPages *pages,
                PortalCustomerSession *session,
                SoupServerMessage *message,
                const char *path)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);
  g_autoptr (GHashTable) form = NULL;
  const char *csrf = NULL;

  if (g_strcmp0 (type, SOUP_FORM_MIME_TYPE_URLENCODED) == 0)
    {
      form = soup_form_decode (text);
      csrf = g_hash_table_lookup (form, "csrf");
    }
  if (csrf == NULL || !portal_secret_equal (csrf, session->csrf))
    return new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Answer Refused"),
                         _ ("Nothing was changed, as the answer did not come from the list of requests."));

  return take_answer (pages, session, path + strlen (REQUESTS), form);
}

/* Which method a path takes; NULL: there is no such page. */
static const char *
get_method (const char *path)
{
  if (g_str_equal (path, LIST) || g_str_equal (path, ENTER) || g_str_equal (path, STYLE))
    return SOUP_METHOD_GET;
  if (g_str_has_prefix (path, REQUESTS) && path[strlen (REQUESTS)] != '\0' &&
      strchr (path + strlen (REQUESTS), '/') == NULL)
    return SOUP_METHOD_POST;

  return NULL;
}

static PortalReply *
show_style (void)
{
  g_autoptr (GBytes) style = g_resources_lookup_data (STYLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (style, NULL), g_bytes_get_size (style));

  return new_reply (SOUP_STATUS_OK, "text/css; charset=utf-8", text);
}

static PortalReply *
new_wrong_method (const char *method)
{
  g_autoptr (PortalReply) reply = NULL;

  reply = new_sentence (SOUP_STATUS_METHOD_NOT_ALLOWED, _ ("Not Possible Here"), _ ("This cannot be done here."));
  soup_message_headers_replace (reply->headers, "Allow", method);

  return g_steal_pointer (&reply);
}

/**
 * portal_customer_pages_new:
 * @store: the portal's store
 * @is_secure: whether the portal speaks TLS
 *
 * Returns: (transfer full): the pages, with no session yet
 */
PortalCustomerPages *
portal_customer_pages_new (PortalStore *store, gboolean is_secure)
{
  PortalCustomerPages *pages;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);

  pages = g_new0 (PortalCustomerPages, 1);
  pages->store = g_object_ref (store);
  pages->sessions = portal_customer_sessions_new ();
  pages->is_secure = is_secure;

  return pages;
}

/**
 * portal_customer_pages_free:
 * @pages: (transfer full): the pages
 *
 * Ends all sessions.
 */
void
portal_customer_pages_free (PortalCustomerPages *pages)
{
  g_object_unref (pages->store);
  portal_customer_sessions_free (pages->sessions);
  g_free (pages);
}

/**
 * portal_customer_pages_is_path:
 * @path: a path of the portal
 *
 * Returns: whether a person with a browser is meant, and the answer is a page
 */
gboolean
portal_customer_pages_is_path (const char *path)
{
  return g_str_has_prefix (path, LIST);
}

/**
 * portal_customer_pages_answer:
 * @pages: the pages
 * @message: a request for which portal_customer_pages_is_path() holds
 *
 * Answers a browser. A person comes in by a one-time link, which becomes a cookie; what changes anything is posted with
 * a token that only the person's own page holds.
 *
 * Returns: (transfer full): the reply
 */
PortalReply *
portal_customer_pages_answer (PortalCustomerPages *pages, SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *method = get_method (path);
  PortalCustomerSession *session;

  if (method == NULL)
    return new_not_found ();
  if (!g_str_equal (method, soup_server_message_get_method (message)))
    return new_wrong_method (method);
  if (g_str_equal (path, STYLE))
    return show_style ();
  if (g_str_equal (path, ENTER))
    return enter (pages, message);

  session = find_session (pages, message);
  if (session == NULL)
    return new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Link Needed"),
                         _ ("Open the link that you were given. If it was used before, ask for a new one."));
  if (g_str_equal (path, LIST))
    return show_list (pages, session);

  return receive_answer (pages, session, message, path);
}
