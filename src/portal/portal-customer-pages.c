/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-customer-pages.h"

#include <glib/gi18n.h>

#include "portal-browser.h"
#include "portal-customer-links.h"
#include "portal-customer-page.h"
#include "portal-transitions.h"

#define LIST "/customer/"
#define ENTER PORTAL_CUSTOMER_LINKS_PATH
#define REQUESTS "/customer/requests/"
#define COOKIE "linkage-customer"
#define LIFETIME (8 * G_TIME_SPAN_HOUR)

struct _PortalCustomerPages
{
  PortalStore *store;              /* (owned) */
  PortalBrowserSessions *sessions; /* (owned) */
  gboolean is_secure;              /* it speaks TLS */
};

/* A customer's person in a browser. */
typedef struct
{
  char *customer_id; /* (owned) (nullable): null: the requests of all customers, as in the sandbox */
  char *message;     /* (owned) (nullable): for the next page, once */
} Visit;

static void
visit_free (Visit *visit)
{
  g_free (visit->customer_id);
  g_free (visit->message);
  g_free (visit);
}

static PortalReply *
new_not_found (void)
{
  return portal_browser_new_sentence (SOUP_STATUS_NOT_FOUND, _ ("Page Not Found"),
                                      _ ("There is no such page or request."));
}

static PortalReply *
new_bad_form (void)
{
  return portal_browser_new_sentence (SOUP_STATUS_BAD_REQUEST, _ ("Answer Not Understood"),
                                      _ ("Nothing was changed. Go back to the list of requests and try again."));
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
  Visit *visit;
  gboolean is_valid = FALSE;

  if (token != NULL && !portal_customer_links_use (pages->store, token, &is_valid, &customer_id, &error))
    return portal_browser_new_failure (error);
  if (!is_valid)
    return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Link Not Valid"),
                                        _ ("This link was used before, or it is too old. Ask for a new one."));

  visit = g_new0 (Visit, 1);
  visit->customer_id = g_steal_pointer (&customer_id);
  cookie = portal_browser_sessions_begin (pages->sessions, visit);
  reply = portal_browser_new_redirection (LIST);
  portal_browser_set_cookie (reply, COOKIE, cookie, LIST, pages->is_secure);

  return g_steal_pointer (&reply);
}

static PortalReply *
show_list (PortalCustomerPages *pages, PortalBrowserSession *session)
{
  Visit *visit = session->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *message = NULL;
  g_autofree char *page = NULL;
  PortalCustomerPageState state = { .csrf = session->csrf };

  if (!portal_transitions_settle_now (pages->store, &error))
    return portal_browser_new_failure (error);
  requests = portal_customer_requests_read (pages->store, visit->customer_id, &error);
  if (requests == NULL)
    return portal_browser_new_failure (error);

  message = g_steal_pointer (&visit->message);
  state.message = message;
  page = portal_customer_page_new_list (requests, &state);

  return portal_browser_new_page (SOUP_STATUS_OK, page);
}

static PortalReply *
give_comment_back (const PortalBrowserSession *session,
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

  return portal_browser_new_page (SOUP_STATUS_UNPROCESSABLE_ENTITY, page);
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
take_answer (PortalCustomerPages *pages, PortalBrowserSession *session, const char *connection_id, GHashTable *form)
{
  Visit *visit = session->data;
  const char *answer = g_hash_table_lookup (form, "answer");
  const char *typed = g_hash_table_lookup (form, "comment");
  gboolean approves = g_strcmp0 (answer, "approve") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *comment = NULL;
  const PortalCustomerRequest *request;

  if (!approves && g_strcmp0 (answer, "reject") != 0)
    return new_bad_form ();

  if (!portal_transitions_settle_now (pages->store, &error))
    return portal_browser_new_failure (error);
  requests = portal_customer_requests_read (pages->store, visit->customer_id, &error);
  if (requests == NULL)
    return portal_browser_new_failure (error);
  request = find_request (requests, connection_id);
  if (request == NULL)
    return new_not_found ();

  comment = typed != NULL ? clean_comment (typed) : NULL;
  if (request->status == LINKAGE_STATUS_PENDING)
    {
      if (comment != NULL && g_utf8_strlen (comment, -1) > PORTAL_CUSTOMER_COMMENT_MAXIMUM)
        return give_comment_back (session, requests, connection_id, comment);
      if (!write_answer (pages->store, connection_id, approves, comment, &error))
        return portal_browser_new_failure (error);
    }

  g_free (visit->message);
  visit->message = describe_answer (request, approves);

  return portal_browser_new_redirection (LIST);
}

static PortalReply *
receive_answer (PortalCustomerPages *pages, PortalBrowserSession *session, SoupServerMessage *message, const char *path)
{
  g_autoptr (GHashTable) form = portal_browser_read_form (message);

  if (!portal_browser_check_csrf (form, session))
    return portal_browser_new_sentence (
      SOUP_STATUS_FORBIDDEN, _ ("Answer Refused"),
      _ ("Nothing was changed, as the answer did not come from the list of requests."));

  return take_answer (pages, session, path + strlen (REQUESTS), form);
}

/* Which method a path takes; NULL: there is no such page. */
static const char *
get_method (const char *path)
{
  if (g_str_equal (path, LIST) || g_str_equal (path, ENTER))
    return SOUP_METHOD_GET;
  if (g_str_has_prefix (path, REQUESTS) && path[strlen (REQUESTS)] != '\0' &&
      strchr (path + strlen (REQUESTS), '/') == NULL)
    return SOUP_METHOD_POST;

  return NULL;
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
  pages->sessions = portal_browser_sessions_new (LIFETIME, (GDestroyNotify)visit_free);
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
  portal_browser_sessions_free (pages->sessions);
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
  g_autofree char *cookie = NULL;
  PortalBrowserSession *session;

  if (method == NULL)
    return new_not_found ();
  if (!g_str_equal (method, soup_server_message_get_method (message)))
    return portal_browser_new_wrong_method (method);
  if (g_str_equal (path, ENTER))
    return enter (pages, message);

  cookie = portal_browser_get_cookie (message, COOKIE);
  session = portal_browser_sessions_find (pages->sessions, cookie);
  if (session == NULL)
    return portal_browser_new_sentence (
      SOUP_STATUS_FORBIDDEN, _ ("Link Needed"),
      _ ("Open the link that you were given. If it was used before, ask for a new one."));
  if (g_str_equal (path, LIST))
    return show_list (pages, session);

  return receive_answer (pages, session, message, path);
}
