/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-sign-in.h"

#include <string.h>

#include "linkage-pkce.h"
#include "linkage-random.h"
#include "linkage-token-endpoint.h"

#define SCOPE "supplier.connection-request.read supplier.connection-request.write"
#define STATE_BYTES 16
#define CODE_PATH "/oauth/code"
#define LONGEST_CODE 2048 /* characters */

struct _LinkageSignIn
{
  GObject parent_instance;

  SoupSession *session;            /* (owned) */
  LinkageSignInMetadata *metadata; /* (owned) */
  char *client_id;                 /* (owned) */
  char *redirect_uri;              /* (owned) */
  char *state;                     /* (owned) */
  char *verifier;                  /* (owned) */
  LinkageLoopback *loopback;       /* (owned) (nullable): null where the person carries the answer */
  GTask *task;                     /* (owned) (nullable): null unless somebody waits for the answer */
  GSource *cancelled_source;       /* (owned) (nullable) */
  gboolean is_answered;
};

G_DEFINE_FINAL_TYPE (LinkageSignIn, linkage_sign_in, G_TYPE_OBJECT)

static GTask *
steal_task (LinkageSignIn *self)
{
  if (self->cancelled_source != NULL)
    g_source_destroy (self->cancelled_source);
  g_clear_pointer (&self->cancelled_source, g_source_unref);

  return g_steal_pointer (&self->task);
}

static void
fail (LinkageSignIn *self, GError *error)
{
  g_autoptr (GTask) task = steal_task (self);

  self->is_answered = TRUE;
  g_task_return_error (task, error);
}

static void
on_redeemed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkageCredentials) credentials = NULL;
  GError *error = NULL;

  credentials = linkage_token_endpoint_redeem_finish (result, &error);
  if (credentials == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&credentials), (GDestroyNotify)linkage_credentials_free);
}

static void
redeem (LinkageSignIn *self, const char *code)
{
  GTask *task = steal_task (self);
  LinkageTokenCode proof = { .code = code, .redirect_uri = self->redirect_uri, .verifier = self->verifier };

  self->is_answered = TRUE;
  linkage_token_endpoint_redeem_async (self->session, self->metadata, self->client_id, &proof,
                                       g_task_get_cancellable (task), on_redeemed, task);
}

/* RFC 9207, 2.4: else a portal could have the code of another one brought to it. */
static gboolean
is_from_issuer (LinkageSignIn *self, GHashTable *members)
{
  const char *issuer = g_hash_table_lookup (members, "iss");

  return issuer != NULL ? g_str_equal (issuer, self->metadata->issuer) : !self->metadata->names_issuer;
}

/* Whether it is the answer that is awaited. Another page may send the browser here as often as it likes: what does not
 * know the state changes nothing. */
static gboolean
take_answer (LinkageSignIn *self, GHashTable *members)
{
  const char *code = g_hash_table_lookup (members, "code");
  const char *error = g_hash_table_lookup (members, "error");

  if (self->task == NULL || self->is_answered || g_strcmp0 (g_hash_table_lookup (members, "state"), self->state) != 0 ||
      (code == NULL && error == NULL))
    return FALSE;

  if (!is_from_issuer (self, members))
    {
      fail (self, g_error_new_literal (LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER,
                                       "The answer is from another issuer"));
      return FALSE;
    }

  if (error != NULL)
    fail (self, linkage_sign_in_error_from_word (error));
  else
    redeem (self, code);

  return TRUE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  LinkageSignIn *self = LINKAGE_SIGN_IN (user_data);
  g_autoptr (GTask) task = steal_task (self);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
linkage_sign_in_dispose (GObject *object)
{
  LinkageSignIn *self = LINKAGE_SIGN_IN (object);

  g_clear_object (&self->loopback);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (linkage_sign_in_parent_class)->dispose (object);
}

static void
linkage_sign_in_finalize (GObject *object)
{
  LinkageSignIn *self = LINKAGE_SIGN_IN (object);

  g_clear_pointer (&self->metadata, linkage_sign_in_metadata_free);
  g_free (self->client_id);
  g_free (self->redirect_uri);
  g_free (self->state);
  g_free (self->verifier);

  G_OBJECT_CLASS (linkage_sign_in_parent_class)->finalize (object);
}

static void
linkage_sign_in_class_init (LinkageSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linkage_sign_in_dispose;
  object_class->finalize = linkage_sign_in_finalize;
}

static void
linkage_sign_in_init (LinkageSignIn *self)
{
  self->state = linkage_random_new_text (STATE_BYTES);
  self->verifier = linkage_pkce_new_verifier ();
}

/**
 * linkage_sign_in_new:
 * @session: a session
 * @metadata: (transfer full): where to sign in
 * @client_id: what the program calls itself there
 *
 * Makes a try whose answer the person carries from the portal's page, unless linkage_sign_in_listen() is called.
 *
 * Returns: (transfer full): a new try; it is good for one answer
 */
LinkageSignIn *
linkage_sign_in_new (SoupSession *session, LinkageSignInMetadata *metadata, const char *client_id)
{
  LinkageSignIn *self;

  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (metadata != NULL && client_id != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_SIGN_IN, NULL);
  self->session = g_object_ref (session);
  self->metadata = metadata;
  self->client_id = g_strdup (client_id);
  self->redirect_uri = g_strconcat (metadata->issuer, CODE_PATH, NULL);

  return self;
}

/**
 * linkage_sign_in_listen:
 * @self: a try that has not been begun
 * @words: what the browser shows when the person comes back
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR_NO_LISTENER
 *
 * Has the browser on this machine bring the answer.
 *
 * Returns: whether it can
 */
gboolean
linkage_sign_in_listen (LinkageSignIn *self, const LinkageLoopbackWords *words, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (self->loopback == NULL, FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  self->loopback = linkage_loopback_new (words, error);
  if (self->loopback == NULL)
    return FALSE;

  g_signal_connect_object (self->loopback, "answered", G_CALLBACK (take_answer), self, G_CONNECT_SWAPPED);
  g_free (self->redirect_uri);
  self->redirect_uri = g_strdup (linkage_loopback_get_address (self->loopback));

  return TRUE;
}

/**
 * linkage_sign_in_make_address:
 * @self: a try
 *
 * Returns: (transfer full): the page to open in the browser (RFC 6749, 4.1.1; RFC 7636, 4.3)
 */
char *
linkage_sign_in_make_address (LinkageSignIn *self)
{
  g_autofree char *challenge = NULL;
  g_autofree char *query = NULL;
  const char *endpoint;

  g_return_val_if_fail (LINKAGE_IS_SIGN_IN (self), NULL);

  challenge = linkage_pkce_make_challenge (self->verifier);
  query = soup_form_encode ("response_type", "code", "client_id", self->client_id, "redirect_uri", self->redirect_uri,
                            "scope", SCOPE, "state", self->state, "code_challenge", challenge, "code_challenge_method",
                            LINKAGE_PKCE_METHOD, NULL);
  endpoint = self->metadata->authorization_endpoint;

  return g_strconcat (endpoint, strchr (endpoint, '?') != NULL ? "&" : "?", query, NULL);
}

/**
 * linkage_sign_in_run_async:
 * @self: a try that nobody waits for
 * @cancellable: (nullable): ends the waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * Waits for the answer, as long as it takes, and changes it into credentials.
 */
void
linkage_sign_in_run_async (LinkageSignIn *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_SIGN_IN (self));
  g_return_if_fail (self->task == NULL && !self->is_answered);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, linkage_sign_in_run_async);
  if (cancellable == NULL)
    return;

  self->cancelled_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled_source, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancelled_source, g_task_get_context (self->task));
}

/**
 * linkage_sign_in_run_finish:
 * @self: a try
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR, %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_sign_in_run_async().
 *
 * Returns: (transfer full) (nullable): what signs in from now on
 */
LinkageCredentials *
linkage_sign_in_run_finish (LinkageSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_SIGN_IN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_sign_in_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The code as the portal's page shows it. What a person pastes has spaces around it. */
static gboolean
is_code (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;

  return *text != '\0' && strlen (text) <= LONGEST_CODE;
}

/**
 * linkage_sign_in_take_text:
 * @self: a try that somebody waits for
 * @text: what the person carries from a browser on another machine: the code, or the address at which that browser
 *   could not go on
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR_WRONG_ANSWER, after which another text may come
 *
 * Takes the answer from the person's hand.
 *
 * Returns: whether it can be the answer
 */
gboolean
linkage_sign_in_take_text (LinkageSignIn *self, const char *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  const char *query;
  gboolean is_taken = FALSE;

  g_return_val_if_fail (LINKAGE_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));
  query = strchr (trimmed, '?');
  if (query != NULL)
    {
      g_autoptr (GHashTable) members = soup_form_decode (query + 1);

      is_taken = take_answer (self, members);
    }
  else if (self->task != NULL && !self->is_answered && is_code (trimmed))
    {
      redeem (self, trimmed);
      is_taken = TRUE;
    }
  if (!is_taken)
    g_set_error_literal (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ANSWER,
                         "This is not the answer to this sign-in");

  return is_taken;
}
