/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-sign-in-pages.h"

#include <glib/gi18n.h>

#include "portal-browser.h"
#include "portal-grants.h"
#include "portal-oauth-clients.h"
#include "portal-sign-in-page.h"
#include "portal-throttle.h"
#include "portal-users.h"

#define COOKIE "linkage-sign-in"
#define COOKIE_PATH "/oauth/"
#define LIFETIME (10 * G_TIME_SPAN_MINUTE)
#define TRIES_OF_EMAIL 5
#define TRIES_OF_PEER 20
#define STATUS_TOO_MANY_REQUESTS 429

struct _PortalSignInPages
{
  PortalStore *store;              /* (owned) */
  char *address;                   /* (owned) */
  PortalBrowserSessions *sessions; /* (owned): of PortalSignIn */
  PortalThrottle *emails;          /* (owned) */
  PortalThrottle *peers;           /* (owned) */
};

/* A browser that fills in a form of ours. */
typedef struct
{
  PortalSignInPages *pages;
  SoupServerMessage *message;
  const char *cookie;
  PortalBrowserSession *session;
  PortalSignIn *sign_in;
  GHashTable *form;
} Visit;

static PortalReply *
new_page (const PortalSignIn *sign_in, guint status, const char *page)
{
  PortalReply *reply = portal_browser_new_page (status, page);

  portal_browser_allow_form_action (reply, sign_in->origin);

  return reply;
}

static PortalReply *
new_start_again (void)
{
  return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Sign-In Has Ended"),
                                      _ ("It took too long, or was started again in another window. Close this page "
                                         "and start again in Linkage."));
}

static void
give_cookie (PortalSignInPages *pages, const char *cookie, PortalReply *reply)
{
  portal_browser_set_cookie (reply, COOKIE, cookie, COOKIE_PATH, g_str_has_prefix (pages->address, "https:"));
}

static PortalReply *
authorize (PortalSignInPages *pages, SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) members = soup_form_decode (query != NULL ? query : "");
  g_autofree char *cookie = NULL;
  g_autofree char *page = NULL;
  PortalReply *reply;
  PortalSignIn *sign_in;

  sign_in = portal_sign_in_new (members, pages->address, &reply);
  if (sign_in == NULL)
    return reply;

  cookie = portal_browser_sessions_begin (pages->sessions, sign_in);
  page = portal_sign_in_page_new_password (portal_browser_sessions_find (pages->sessions, cookie)->csrf, NULL, NULL);
  reply = new_page (sign_in, SOUP_STATUS_OK, page);
  give_cookie (pages, cookie, reply);

  return reply;
}

static PortalReply *
ask_again (const Visit *visit, guint status, const char *email, const char *why)
{
  g_autofree char *page = portal_sign_in_page_new_password (visit->session->csrf, email, why);

  return new_page (visit->sign_in, status, page);
}

static PortalReply *
ask_to_wait (const Visit *visit, const char *email, guint seconds)
{
  g_autofree char *why = NULL;
  g_autofree char *retry_after = g_strdup_printf ("%u", seconds);
  PortalReply *reply;

  /* Translators: %u is a number of seconds. */
  why = g_strdup_printf (ngettext ("Too many wrong passwords. Try again in %u second.",
                                   "Too many wrong passwords. Try again in %u seconds.", seconds),
                         seconds);
  reply = ask_again (visit, STATUS_TOO_MANY_REQUESTS, email, why);
  soup_message_headers_replace (reply->headers, "Retry-After", retry_after);

  return reply;
}

/* A session that knows who the person is has a cookie that did not exist before. */
static PortalReply *
go_on_to_consent (const Visit *visit, PortalUser *user)
{
  PortalSignIn *old = visit->sign_in;
  PortalSignIn *sign_in = g_new0 (PortalSignIn, 1);
  PortalReply *reply = portal_browser_new_redirection (PORTAL_SIGN_IN_CONSENT);
  g_autofree char *cookie = NULL;

  *sign_in = *old;
  *old = (PortalSignIn){ 0 };
  sign_in->user_id = g_steal_pointer (&user->id);
  sign_in->user_name = g_steal_pointer (&user->name);
  sign_in->user_email = g_steal_pointer (&user->email);
  portal_browser_sessions_end (visit->pages->sessions, visit->cookie);
  cookie = portal_browser_sessions_begin (visit->pages->sessions, sign_in);
  give_cookie (visit->pages, cookie, reply);

  return reply;
}

static PortalReply *
refuse (const Visit *visit)
{
  PortalReply *reply = portal_sign_in_refuse (visit->sign_in, visit->pages->address, "access_denied");

  portal_browser_sessions_end (visit->pages->sessions, visit->cookie);

  return reply;
}

static PortalReply *
take_password (const Visit *visit)
{
  PortalSignInPages *pages = visit->pages;
  const char *email = g_hash_table_lookup (visit->form, "email");
  const char *password = g_hash_table_lookup (visit->form, "password");
  const char *peer = soup_server_message_get_remote_host (visit->message);
  gint64 now = g_get_monotonic_time ();
  g_autofree char *folded = NULL;
  g_autoptr (PortalUser) user = NULL;
  g_autoptr (GError) error = NULL;
  guint wait;

  if (g_strcmp0 (g_hash_table_lookup (visit->form, "answer"), "cancel") == 0)
    return refuse (visit);
  if (email == NULL || password == NULL || strlen (email) > 254)
    return ask_again (visit, SOUP_STATUS_UNPROCESSABLE_ENTITY, NULL, _ ("Type your e-mail address and your password."));

  folded = g_ascii_strdown (email, -1);
  wait =
    MAX (portal_throttle_get_wait (pages->emails, folded, now), portal_throttle_get_wait (pages->peers, peer, now));
  if (wait > 0)
    return ask_to_wait (visit, email, wait);
  if (!portal_users_check_password (pages->store, email, password, &user, &error))
    return portal_browser_new_failure (error);
  if (user == NULL)
    {
      portal_throttle_note_failure (pages->emails, folded, now);
      portal_throttle_note_failure (pages->peers, peer, now);
      return ask_again (visit, SOUP_STATUS_UNPROCESSABLE_ENTITY, email,
                        _ ("The e-mail address and the password do not go together."));
    }

  portal_throttle_forget (pages->emails, folded);
  return go_on_to_consent (visit, user);
}

static char *
create_code (const Visit *visit, GError **error)
{
  const PortalSignIn *sign_in = visit->sign_in;
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (visit->pages->store, error);
  g_autofree char *code = NULL;
  PortalGrantRequest request = {
    .user_id = sign_in->user_id,
    .client_id = sign_in->client_id,
    .redirect_uri = sign_in->redirect_uri,
    .challenge = sign_in->challenge,
    .scope = sign_in->scope,
  };

  if (transaction == NULL)
    return NULL;
  code = portal_grants_create_code (visit->pages->store, &request, error);
  if (code == NULL || !portal_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&code);
}

static PortalReply *
take_consent (const Visit *visit)
{
  const char *answer = g_hash_table_lookup (visit->form, "answer");
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  PortalReply *reply;

  if (visit->sign_in->user_id == NULL)
    return new_start_again ();
  if (g_strcmp0 (answer, "allow") != 0)
    return refuse (visit);

  code = create_code (visit, &error);
  if (code == NULL)
    return portal_browser_new_failure (error);
  reply = portal_sign_in_answer (visit->sign_in, visit->pages->address, code);
  portal_browser_sessions_end (visit->pages->sessions, visit->cookie);

  return reply;
}

static PortalReply *
show_consent (const PortalBrowserSession *session)
{
  const PortalSignIn *sign_in = session->data;
  g_autofree char *page = NULL;

  if (sign_in->user_id == NULL)
    return new_start_again ();
  page = portal_sign_in_page_new_consent (sign_in, session->csrf);

  return new_page (sign_in, SOUP_STATUS_OK, page);
}

static PortalReply *
show_code (SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) members = soup_form_decode (query != NULL ? query : "");
  g_autofree char *page = portal_sign_in_page_new_code (g_hash_table_lookup (members, "code"));

  return portal_browser_new_page (SOUP_STATUS_OK, page);
}

static PortalReply *
answer_visit (PortalSignInPages *pages, SoupServerMessage *message, const char *path, gboolean is_post)
{
  g_autofree char *cookie = portal_browser_get_cookie (message, COOKIE);
  g_autoptr (GHashTable) form = NULL;
  Visit visit = { .pages = pages, .message = message, .cookie = cookie };

  visit.session = portal_browser_sessions_find (pages->sessions, cookie);
  if (visit.session == NULL)
    return new_start_again ();
  if (!is_post)
    return show_consent (visit.session);

  form = portal_browser_read_form (message);
  if (!portal_browser_check_csrf (form, visit.session))
    return new_start_again ();
  visit.sign_in = visit.session->data;
  visit.form = form;

  return g_str_equal (path, PORTAL_SIGN_IN_PASSWORD) ? take_password (&visit) : take_consent (&visit);
}

/**
 * portal_sign_in_pages_new:
 * @store: the portal's store
 * @address: where the portal is reached: it is the issuer
 *
 * Returns: (transfer full): the pages, with nobody on them
 */
PortalSignInPages *
portal_sign_in_pages_new (PortalStore *store, const char *address)
{
  PortalSignInPages *pages;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  pages = g_new0 (PortalSignInPages, 1);
  pages->store = g_object_ref (store);
  pages->address = g_strdup (address);
  pages->sessions = portal_browser_sessions_new (LIFETIME, (GDestroyNotify)portal_sign_in_free);
  pages->emails = portal_throttle_new (TRIES_OF_EMAIL);
  pages->peers = portal_throttle_new (TRIES_OF_PEER);

  return pages;
}

/**
 * portal_sign_in_pages_free:
 * @pages: (transfer full): the pages
 */
void
portal_sign_in_pages_free (PortalSignInPages *pages)
{
  g_object_unref (pages->store);
  g_free (pages->address);
  portal_browser_sessions_free (pages->sessions);
  portal_throttle_free (pages->emails);
  portal_throttle_free (pages->peers);
  g_free (pages);
}

/* The methods that a path takes; NULL: there is no such page. */
static const char *
get_methods (const char *path)
{
  if (g_str_equal (path, PORTAL_SIGN_IN_AUTHORIZE) || g_str_equal (path, PORTAL_OAUTH_CODE_PATH))
    return "GET";
  if (g_str_equal (path, PORTAL_SIGN_IN_PASSWORD))
    return "POST";
  if (g_str_equal (path, PORTAL_SIGN_IN_CONSENT))
    return "GET, POST";

  return NULL;
}

/**
 * portal_sign_in_pages_is_path:
 * @path: a path of the portal
 *
 * Returns: whether a person who signs in is meant, and the answer is a page
 */
gboolean
portal_sign_in_pages_is_path (const char *path)
{
  return get_methods (path) != NULL;
}

/**
 * portal_sign_in_pages_answer:
 * @pages: the pages
 * @message: a request for which portal_sign_in_pages_is_path() holds
 *
 * Answers a browser: password first, then consent, then back to the program.
 *
 * Returns: (transfer full): the reply
 */
PortalReply *
portal_sign_in_pages_answer (PortalSignInPages *pages, SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const char *methods = get_methods (path);
  const char *method = soup_server_message_get_method (message);
  g_auto (GStrv) allowed = g_strsplit (methods, ", ", -1);

  if (!g_strv_contains ((const char *const *)allowed, method))
    return portal_browser_new_wrong_method (methods);
  if (g_str_equal (path, PORTAL_SIGN_IN_AUTHORIZE))
    return authorize (pages, message);
  if (g_str_equal (path, PORTAL_OAUTH_CODE_PATH))
    return show_code (message);

  return answer_visit (pages, message, path, g_str_equal (method, SOUP_METHOD_POST));
}
