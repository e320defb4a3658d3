/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-challenge-pages.h"

#include <glib/gi18n.h>

#include "portal-browser.h"
#include "portal-challenge-page.h"
#include "portal-challenges.h"
#include "portal-error.h"
#include "portal-secret.h"
#include "portal-siteverify.h"
#include "portal-verification-tokens.h"

#define PATH "/challenges/"
#define COOKIE "linkage-challenge"
#define LIFETIME (PORTAL_CHALLENGES_LIFETIME * G_TIME_SPAN_SECOND)

struct _PortalChallengePages
{
  PortalStore *store;              /* (owned) */
  const PortalSettings *settings;  /* (unowned): of the server, which outlives the pages */
  PortalBrowserSessions *sessions; /* (owned): each is about a challenge session's id */
  SoupSession *soup;               /* (owned): asks the provider */
  char *host;                      /* (owned): of the portal, without the port */
  GPtrArray *questions;            /* (owned) (element-type Question): the elements free themselves */
};

/* A browser that has opened the page of a challenge session. */
typedef struct
{
  PortalChallengePages *pages;
  SoupServerMessage *message;
  const char *path;
  const char *csrf;
  const LinkageChallenge *challenge;
  const char *customer_name;
} Visit;

/* A browser that waits until the provider was asked. */
typedef struct
{
  PortalChallengePages *pages; /* (unowned) (nullable): null once they have gone */
  SoupServerMessage *message;  /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  gulong finished_id;          /* 0: the browser has gone */
  char *id;                    /* (owned): the challenge session's */
  char *csrf;                  /* (owned) */
} Question;

typedef struct
{
  guint status;
  const char *sentence;
} Failure;

static const Failure nothing_solved = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                        N_ ("Solve the puzzle first, then choose Continue.") };
static const Failure shown_before = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                      N_ ("This solution was sent before. Solve a new puzzle.") };
static const Failure failures[] = {
  [PORTAL_VERDICT_NOT_PASSED] = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                  N_ ("The puzzle was not accepted. Solve a new one.") },
  [PORTAL_VERDICT_TOO_LATE] = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                N_ ("The puzzle was solved too long ago. Solve a new one.") },
  [PORTAL_VERDICT_ELSEWHERE] = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                 N_ ("The puzzle was solved on another site. Solve the one on this page.") },
  [PORTAL_VERDICT_OTHER_PURPOSE] = { SOUP_STATUS_UNPROCESSABLE_ENTITY,
                                     N_ ("The puzzle was solved for something else. Solve the one on this page.") },
  [PORTAL_VERDICT_MISCONFIGURED] = { SOUP_STATUS_INTERNAL_SERVER_ERROR,
                                     N_ ("The portal is not set up for this verification. Tell its operator.") },
  [PORTAL_VERDICT_NO_ANSWER] = { SOUP_STATUS_GATEWAY_TIMEOUT,
                                 N_ ("The puzzle’s provider did not answer. Solve a new one in a moment.") },
  [PORTAL_VERDICT_BAD_ANSWER] = { SOUP_STATUS_BAD_GATEWAY,
                                  N_ ("The puzzle’s provider sent an answer that the portal does not understand. "
                                      "Solve a new one in a moment.") },
};

static void
question_free (Question *question)
{
  if (question->pages != NULL)
    g_ptr_array_remove_fast (question->pages->questions, question);
  g_clear_signal_handler (&question->finished_id, question->message);
  g_clear_object (&question->message);
  g_clear_object (&question->cancellable);
  g_free (question->id);
  g_free (question->csrf);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static PortalReply *
new_not_found (void)
{
  return portal_browser_new_sentence (SOUP_STATUS_NOT_FOUND, _ ("Page Not Found"),
                                      _ ("There is no such verification. Go back to Linkage and verify again."));
}

static PortalReply *
new_failure (const GError *error)
{
  return g_error_matches (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND) ? new_not_found ()
                                                                       : portal_browser_new_failure (error);
}

static PortalReply *
new_widget (const Visit *visit, const Failure *failure)
{
  const PortalVerification *verification = visit->pages->settings->verification;
  g_autofree char *nonce = portal_secret_new_token ();
  g_autofree char *directives = portal_verification_make_policy (verification, nonce);
  g_autofree char *page = NULL;
  PortalReply *reply;
  PortalChallengePageState state = {
    .path = visit->path,
    .csrf = visit->csrf,
    .nonce = nonce,
    .customer_name = visit->customer_name,
    .action = linkage_action_to_string (visit->challenge->action),
    .session = visit->challenge->id,
    .message = failure != NULL ? _ (failure->sentence) : NULL,
  };

  page = portal_challenge_page_new (verification, &state);
  reply = portal_browser_new_page (failure != NULL ? failure->status : SOUP_STATUS_OK, page);
  portal_browser_allow_widget (reply, directives);

  return reply;
}

/* NULL: the session waits to be passed. */
static PortalReply *
describe_end (PortalChallengePages *pages, const LinkageChallenge *challenge)
{
  const PortalVerification *verification = pages->settings->verification;

  switch (challenge->status)
    {
    case LINKAGE_CHALLENGE_PASSED:
      return portal_browser_new_sentence (SOUP_STATUS_OK, C_ ("title of a web page", "Verified"),
                                          _ ("You can close this page and go back to Linkage."));
    case LINKAGE_CHALLENGE_USED:
      return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Verification Used"),
                                          _ ("This verification has done its work. You can close this page."));
    case LINKAGE_CHALLENGE_EXPIRED:
      return portal_browser_new_sentence (
        SOUP_STATUS_FORBIDDEN, _ ("Verification Has Run Out"),
        _ ("It took too long. Close this page, go back to Linkage and verify again."));
    case LINKAGE_CHALLENGE_PENDING:
    default:
      break;
    }

  /* The operator may have chosen another provider since. */
  if (verification == NULL || !g_str_equal (verification->provider->id, challenge->provider))
    return new_not_found ();

  return NULL;
}

/* The page of a challenge session as it stands now. */
static PortalReply *
show (PortalChallengePages *pages, const char *id, const char *csrf, const Failure *failure)
{
  g_autofree char *path = g_strconcat (PATH, id, NULL);
  g_autofree char *customer_name = NULL;
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;
  PortalReply *end;
  Visit visit = { .pages = pages, .path = path, .csrf = csrf };

  challenge = portal_challenges_find (pages->store, id, &customer_name, &error);
  if (challenge == NULL)
    return new_failure (error);
  end = describe_end (pages, challenge);
  if (end != NULL)
    return end;

  visit.challenge = challenge;
  visit.customer_name = customer_name;
  return new_widget (&visit, failure);
}

static gboolean
note_opened (PortalStore *store, const char *id, gboolean *is_first, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, error);

  return transaction != NULL && portal_challenges_open (store, id, is_first, error) &&
         portal_transaction_commit (transaction, error);
}

/* The address that the program was given becomes a cookie, once. */
static PortalReply *
enter (PortalChallengePages *pages, const char *id, const char *token, const PortalBrowserSession *session)
{
  g_autofree char *expected = portal_challenges_make_token (pages->store, id);
  g_autofree char *path = g_strconcat (PATH, id, NULL);
  g_autofree char *customer_name = NULL;
  g_autofree char *cookie = NULL;
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;
  PortalReply *reply;
  gboolean is_first;

  if (!portal_secret_equal (token, expected))
    return new_not_found ();
  challenge = portal_challenges_find (pages->store, id, &customer_name, &error);
  if (challenge == NULL)
    return new_failure (error);
  if (session != NULL)
    return portal_browser_new_redirection (path);
  if (!note_opened (pages->store, id, &is_first, &error))
    return portal_browser_new_failure (error);
  if (!is_first)
    return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Opened Before"),
                                        _ ("This page was opened in another browser, or the browser was closed since. "
                                           "Go back to Linkage, cancel, and open the browser again."));

  cookie = portal_browser_sessions_begin (pages->sessions, g_strdup (id));
  reply = portal_browser_new_redirection (path);
  portal_browser_set_cookie (reply, COOKIE, cookie, path, g_str_has_prefix (pages->settings->address, "https:"));

  return reply;
}

static gboolean
pass (PortalStore *store, const char *id, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, error);

  return transaction != NULL && portal_challenges_pass (store, id, error) &&
         portal_transaction_commit (transaction, error);
}

static PortalReply *
answer_verdict (const Question *question, PortalVerdict verdict)
{
  g_autofree char *path = g_strconcat (PATH, question->id, NULL);
  g_autoptr (GError) error = NULL;

  if (verdict == PORTAL_VERDICT_MISCONFIGURED)
    g_message ("The provider of the verification does not know its secret");
  if (verdict != PORTAL_VERDICT_PASSED)
    return show (question->pages, question->id, question->csrf, &failures[verdict]);
  if (!pass (question->pages->store, question->id, &error))
    return portal_browser_new_failure (error);

  return portal_browser_new_redirection (path);
}

static void
send_reply (PortalChallengePages *pages, SoupServerMessage *message, const PortalReply *reply)
{
  portal_reply_send (reply, message, portal_store_get_now (pages->store));
}

static void
on_verdict (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PortalVerdict verdict = portal_siteverify_ask_finish (SOUP_SESSION (source), result);
  g_autoptr (PortalReply) reply = NULL;

  if (question->pages == NULL || question->finished_id == 0)
    return;

  reply = answer_verdict (question, verdict);
  send_reply (question->pages, question->message, reply);
  g_clear_signal_handler (&question->finished_id, question->message);
  soup_server_message_unpause (question->message);
}

static void
on_browser_gone (SoupServerMessage *message, Question *question)
{
  g_clear_signal_handler (&question->finished_id, question->message);
  g_cancellable_cancel (question->cancellable);
}

/* Meanwhile the portal answers others. */
static void
ask_provider (const Visit *visit, const char *token)
{
  PortalChallengePages *pages = visit->pages;
  Question *question = g_new0 (Question, 1);
  PortalSiteverifyQuestion asked = {
    .token = token,
    .host = pages->host,
    .action = linkage_action_to_string (visit->challenge->action),
    .session = visit->challenge->id,
  };

  question->pages = pages;
  question->message = g_object_ref (visit->message);
  question->cancellable = g_cancellable_new ();
  question->id = g_strdup (visit->challenge->id);
  question->csrf = g_strdup (visit->csrf);
  question->finished_id = g_signal_connect (visit->message, "finished", G_CALLBACK (on_browser_gone), question);
  g_ptr_array_add (pages->questions, question);

  soup_server_message_pause (visit->message);
  portal_siteverify_ask_async (pages->soup, pages->settings->verification, &asked, question->cancellable, on_verdict,
                               question);
}

/* NULL: the provider is asked, and answers. */
static PortalReply *
take_token (const Visit *visit, GHashTable *form)
{
  const char *token = g_hash_table_lookup (form, visit->pages->settings->verification->provider->field);
  g_autoptr (GError) error = NULL;
  gboolean is_new;

  if (token == NULL || *token == '\0' || strlen (token) > PORTAL_SITEVERIFY_LONGEST_TOKEN)
    return new_widget (visit, &nothing_solved);
  if (!portal_verification_tokens_take (visit->pages->store, token, &is_new, &error))
    return portal_browser_new_failure (error);
  if (!is_new)
    return new_widget (visit, &shown_before);

  ask_provider (visit, token);
  return NULL;
}

/* NULL: likewise. */
static PortalReply *
receive (PortalChallengePages *pages, SoupServerMessage *message, const char *path, const PortalBrowserSession *session)
{
  g_autoptr (GHashTable) form = portal_browser_read_form (message);
  g_autofree char *customer_name = NULL;
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (GError) error = NULL;
  PortalReply *end;
  Visit visit = { .pages = pages, .message = message, .path = path, .csrf = session->csrf };

  if (!portal_browser_check_csrf (form, session))
    return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Answer Refused"),
                                        _ ("Nothing was changed, as the answer did not come from this page."));
  challenge = portal_challenges_find (pages->store, session->data, &customer_name, &error);
  if (challenge == NULL)
    return new_failure (error);
  end = describe_end (pages, challenge);
  if (end != NULL)
    return end;

  visit.challenge = challenge;
  visit.customer_name = customer_name;
  return take_token (&visit, form);
}

/* The browser's session, where it is about this challenge session. */
static PortalBrowserSession *
find_session (PortalChallengePages *pages, SoupServerMessage *message, const char *id)
{
  g_autofree char *cookie = portal_browser_get_cookie (message, COOKIE);
  PortalBrowserSession *session = portal_browser_sessions_find (pages->sessions, cookie);

  return session != NULL && g_str_equal (session->data, id) ? session : NULL;
}

/* NULL: the provider is asked, and answers. */
static PortalReply *
answer (PortalChallengePages *pages, SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *method = soup_server_message_get_method (message);
  const char *path = g_uri_get_path (uri);
  const char *id = path + strlen (PATH);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  const char *token = g_hash_table_lookup (query, "token");
  PortalBrowserSession *session;

  if (*id == '\0' || strchr (id, '/') != NULL)
    return new_not_found ();
  if (!g_str_equal (method, SOUP_METHOD_GET) && !g_str_equal (method, SOUP_METHOD_POST))
    return portal_browser_new_wrong_method ("GET, POST");

  session = find_session (pages, message, id);
  if (token != NULL && g_str_equal (method, SOUP_METHOD_GET))
    return enter (pages, id, token, session);
  if (session == NULL)
    return portal_browser_new_sentence (SOUP_STATUS_FORBIDDEN, _ ("Link Needed"),
                                        _ ("This page opens from Linkage. Go back there and verify again."));
  if (g_str_equal (method, SOUP_METHOD_GET))
    return show (pages, id, session->csrf, NULL);

  return receive (pages, message, path, session);
}

static char *
get_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  g_return_val_if_fail (uri != NULL, NULL);

  return g_strdup (g_uri_get_host (uri));
}

/**
 * portal_challenge_pages_new:
 * @store: the portal's store
 * @settings: how the portal was started, with its address; they outlive the pages
 *
 * Returns: (transfer full): the pages, with nobody on them
 */
PortalChallengePages *
portal_challenge_pages_new (PortalStore *store, const PortalSettings *settings)
{
  PortalChallengePages *pages;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (settings != NULL && settings->address != NULL, NULL);

  pages = g_new0 (PortalChallengePages, 1);
  pages->store = g_object_ref (store);
  pages->settings = settings;
  pages->sessions = portal_browser_sessions_new (LIFETIME, g_free);
  pages->soup = soup_session_new_with_options ("user-agent", "linkage-portal/" PACKAGE_VERSION, NULL);
  pages->host = get_host (settings->address);
  pages->questions = g_ptr_array_new ();

  return pages;
}

/**
 * portal_challenge_pages_free:
 * @pages: (transfer full): the pages
 *
 * Ends all sessions. Who waits for a provider is not answered any more.
 */
void
portal_challenge_pages_free (PortalChallengePages *pages)
{
  for (guint i = 0; i < pages->questions->len; i++)
    {
      Question *question = g_ptr_array_index (pages->questions, i);

      question->pages = NULL;
      g_cancellable_cancel (question->cancellable);
    }
  g_ptr_array_unref (pages->questions);
  g_object_unref (pages->store);
  g_object_unref (pages->soup);
  portal_browser_sessions_free (pages->sessions);
  g_free (pages->host);
  g_free (pages);
}

/**
 * portal_challenge_pages_make_address:
 * @store: the portal's store
 * @address: where the portal is reached
 * @id: a challenge session that a browser passes
 *
 * Returns: (transfer full): the address that opens the session's page once
 */
char *
portal_challenge_pages_make_address (PortalStore *store, const char *address, const char *id)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (address != NULL && id != NULL, NULL);

  token = portal_challenges_make_token (store, id);
  return g_strconcat (address, PATH, id, "?token=", token, NULL);
}

/**
 * portal_challenge_pages_is_path:
 * @path: a path of the portal
 *
 * Returns: whether a person in a browser is meant, and the answer is a page
 */
gboolean
portal_challenge_pages_is_path (const char *path)
{
  return g_str_has_prefix (path, PATH);
}

/**
 * portal_challenge_pages_answer:
 * @pages: the pages
 * @message: a request for which portal_challenge_pages_is_path() holds
 *
 * Answers a browser, at once or when the provider was asked. A person comes in by the address that the program opens,
 * which becomes a cookie; what changes anything is posted with a token that only the person's own page holds.
 */
void
portal_challenge_pages_answer (PortalChallengePages *pages, SoupServerMessage *message)
{
  g_autoptr (PortalReply) reply = NULL;

  g_return_if_fail (pages != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  reply = answer (pages, message);
  if (reply != NULL)
    send_reply (pages, message, reply);
}
