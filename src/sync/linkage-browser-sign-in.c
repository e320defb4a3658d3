/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-browser-sign-in-private.h"

#include <string.h>

#include "linkage-account-error-private.h"
#include "linkage-sign-in-metadata.h"
#include "linkage-sign-in.h"
#include "linkage-time-limit.h"
#include "linkage-token-endpoint.h"

#define TIME_LIMIT (15 * 60) /* seconds: to find a password, or the phone that has a code */

struct _LinkageBrowserSignIn
{
  GObject parent_instance;

  SoupSession *session;            /* (owned) */
  LinkageDiscovery *discovery;     /* (owned) */
  LinkageSignInMetadata *metadata; /* (owned) */
  LinkageSignIn *here;             /* (owned): the browser of this computer brings the answer */
  LinkageSignIn *elsewhere;        /* (owned): the person brings it */
  gboolean is_listening;

  guint time_limit;        /* seconds */
  LinkageTimeLimit *limit; /* (owned) (nullable): null unless somebody waits */
  GTask *task;             /* (owned) (nullable): null unless somebody waits */
};

G_DEFINE_FINAL_TYPE (LinkageBrowserSignIn, linkage_browser_sign_in, G_TYPE_OBJECT)

static void
linkage_browser_sign_in_finalize (GObject *object)
{
  LinkageBrowserSignIn *self = LINKAGE_BROWSER_SIGN_IN (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->discovery, linkage_discovery_free);
  g_clear_pointer (&self->metadata, linkage_sign_in_metadata_free);
  g_clear_object (&self->here);
  g_clear_object (&self->elsewhere);
  g_clear_pointer (&self->limit, linkage_time_limit_free);

  G_OBJECT_CLASS (linkage_browser_sign_in_parent_class)->finalize (object);
}

static void
linkage_browser_sign_in_class_init (LinkageBrowserSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linkage_browser_sign_in_finalize;
}

static void
linkage_browser_sign_in_init (LinkageBrowserSignIn *self)
{
  self->time_limit = TIME_LIMIT;
}

/* The way to where a person signs in. */
typedef struct
{
  SoupSession *session;        /* (owned) */
  LinkageDiscovery *discovery; /* (owned) (nullable): null until the portal has answered */
} Finding;

static void
finding_free (gpointer data)
{
  Finding *finding = data;

  g_clear_object (&finding->session);
  g_clear_pointer (&finding->discovery, linkage_discovery_free);
  g_free (finding);
}

/* It is the portal that says where to sign in, and that is not what can be used. */
static gboolean
is_unusable (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INSECURE) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED);
}

static void
return_no_metadata (GTask *task, GError *error)
{
  g_autoptr (GError) below = error;

  if (g_error_matches (below, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND))
    g_task_return_pointer (task, NULL, NULL);
  else if (is_unusable (below))
    g_task_return_error (
      task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED, NULL, NULL, below->message));
  else
    linkage_account_error_return (task, g_steal_pointer (&below));
}

static LinkageSignIn *
make_try (LinkageBrowserSignIn *self)
{
  return linkage_sign_in_new (self->session, linkage_sign_in_metadata_copy (self->metadata),
                              self->discovery->client_id);
}

static void
on_metadata_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Finding *finding = g_task_get_task_data (task);
  LinkageBrowserSignIn *self;
  LinkageSignInMetadata *metadata;
  GError *error = NULL;

  metadata = linkage_sign_in_metadata_read_finish (result, &error);
  if (metadata == NULL)
    {
      return_no_metadata (task, error);
      return;
    }

  self = g_object_new (LINKAGE_TYPE_BROWSER_SIGN_IN, NULL);
  self->discovery = g_steal_pointer (&finding->discovery);
  self->session = g_object_ref (finding->session);
  self->metadata = metadata;
  self->here = make_try (self);
  self->elsewhere = make_try (self);
  g_task_return_pointer (task, self, g_object_unref);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Finding *finding = g_task_get_task_data (task);
  GError *error = NULL;

  finding->discovery = linkage_client_discover_finish (result, &error);
  if (finding->discovery == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  linkage_sign_in_metadata_read_async (finding->session, finding->discovery->issuer, g_task_get_cancellable (task),
                                       on_metadata_read, g_object_ref (task));
}

/**
 * linkage_browser_sign_in_find_async:
 * @address: a portal's address, as a person typed it
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks the portal at an address, and whom it names, where a person signs in.
 */
void
linkage_browser_sign_in_find_async (const char *address,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Finding *finding;
  GTask *task;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_browser_sign_in_find_async);
  finding = g_new0 (Finding, 1);
  finding->session = linkage_client_create_session ();
  g_task_set_task_data (task, finding, finding_free);
  linkage_client_discover_async (finding->session, address, cancellable, on_discovered, task);
}

/**
 * linkage_browser_sign_in_find_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_browser_sign_in_find_async() began.
 *
 * Returns: (transfer full) (nullable): a way to sign in; %NULL without an error when the portal has none, but access
 *   tokens; %NULL with @error set: %LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED, %LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER,
 *   another %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageBrowserSignIn *
linkage_browser_sign_in_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_browser_sign_in_get_discovery:
 * @self: a sign-in
 *
 * Returns: (transfer none): what the portal says of itself
 */
const LinkageDiscovery *
linkage_browser_sign_in_get_discovery (LinkageBrowserSignIn *self)
{
  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), NULL);

  return self->discovery;
}

/**
 * linkage_browser_sign_in_get_portal_name:
 * @self: a sign-in
 *
 * Returns: (transfer none): the portal's name, which is text from outside
 */
const char *
linkage_browser_sign_in_get_portal_name (LinkageBrowserSignIn *self)
{
  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), NULL);

  return self->discovery->name;
}

/**
 * linkage_browser_sign_in_listen:
 * @self: a sign-in that nobody waits for
 * @words: what the browser shows when the person comes back
 *
 * Has the browser of this computer bring the answer, where it can.
 */
void
linkage_browser_sign_in_listen (LinkageBrowserSignIn *self, const LinkageLoopbackWords *words)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self));

  self->is_listening = linkage_sign_in_listen (self->here, words, &error);
  if (!self->is_listening)
    g_message ("The browser cannot bring the answer by itself: %s", error->message);
}

/**
 * linkage_browser_sign_in_is_listening:
 * @self: a sign-in
 *
 * Returns: whether the browser of this computer brings the answer by itself
 */
gboolean
linkage_browser_sign_in_is_listening (LinkageBrowserSignIn *self)
{
  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), FALSE);

  return self->is_listening;
}

/**
 * linkage_browser_sign_in_make_address:
 * @self: a sign-in
 *
 * Returns: (transfer full): the page to open in the browser of this computer
 */
char *
linkage_browser_sign_in_make_address (LinkageBrowserSignIn *self)
{
  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), NULL);

  return linkage_sign_in_make_address (self->is_listening ? self->here : self->elsewhere);
}

/**
 * linkage_browser_sign_in_make_address_elsewhere:
 * @self: a sign-in
 *
 * Returns: (transfer full): the page to open in a browser on another computer
 */
char *
linkage_browser_sign_in_make_address_elsewhere (LinkageBrowserSignIn *self)
{
  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), NULL);

  return linkage_sign_in_make_address (self->elsewhere);
}

/**
 * linkage_browser_sign_in_take_text:
 * @self: a sign-in that somebody waits for
 * @text: the code that the other computer's browser shows, or the address at which it could not go on
 * @error: (out) (optional): where an error goes
 *
 * Takes the answer from the person's hand.
 *
 * Returns: whether it can be the answer; %FALSE with %LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER, after which another may
 *   come
 */
gboolean
linkage_browser_sign_in_take_text (LinkageBrowserSignIn *self, const char *text, GError **error)
{
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  /* A code alone can only be one that was shown. */
  if (strchr (text, '?') != NULL && linkage_sign_in_take_text (self->here, text, NULL))
    return TRUE;
  if (linkage_sign_in_take_text (self->elsewhere, text, &below))
    return TRUE;

  g_propagate_error (error, linkage_account_error_from (below));
  return FALSE;
}

/**
 * linkage_browser_sign_in_set_time_limit:
 * @self: a sign-in that nobody waits for
 * @seconds: how long to wait for the person
 *
 * Changes how long the person may take, for tests.
 */
void
linkage_browser_sign_in_set_time_limit (LinkageBrowserSignIn *self, guint seconds)
{
  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self));

  self->time_limit = seconds;
}

/* Whichever answer comes first ends the waiting for the other. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageBrowserSignIn) self = user_data;
  g_autoptr (LinkageCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  credentials = linkage_sign_in_run_finish (LINKAGE_SIGN_IN (source), result, &error);
  if (self->task == NULL)
    return;

  task = g_steal_pointer (&self->task);
  g_cancellable_cancel (linkage_time_limit_get_cancellable (self->limit));
  if (credentials != NULL)
    g_task_return_pointer (task, g_steal_pointer (&credentials), (GDestroyNotify)linkage_credentials_free);
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT, NULL, NULL,
                                                          "Nobody came back from the browser"));
  else
    linkage_account_error_return (task, g_steal_pointer (&error));
}

/**
 * linkage_browser_sign_in_run_async:
 * @self: a sign-in that was not waited for before
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Waits for the person's answer and changes it into credentials.
 */
void
linkage_browser_sign_in_run_async (LinkageBrowserSignIn *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GCancellable *limited;

  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self));
  g_return_if_fail (self->limit == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, linkage_browser_sign_in_run_async);
  self->limit = linkage_time_limit_new (self->time_limit, cancellable);
  limited = linkage_time_limit_get_cancellable (self->limit);
  linkage_sign_in_run_async (self->here, limited, on_answered, g_object_ref (self));
  linkage_sign_in_run_async (self->elsewhere, limited, on_answered, g_object_ref (self));
}

/**
 * linkage_browser_sign_in_run_finish:
 * @self: a sign-in
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_browser_sign_in_run_async() began.
 *
 * Returns: (transfer full) (nullable): what signs in; %NULL with @error set: a %LINKAGE_ACCOUNT_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
LinkageCredentials *
linkage_browser_sign_in_run_finish (LinkageBrowserSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_token_endpoint_revoke_finish (result, &error))
    g_info ("Credentials that are not used stay good until they run out: %s", error->message);
}

/**
 * linkage_browser_sign_in_sign_out:
 * @self: a sign-in
 * @credentials: what came of it, and is of no use
 *
 * Has the portal end credentials, where it can. Nobody waits for it.
 */
void
linkage_browser_sign_in_sign_out (LinkageBrowserSignIn *self, const LinkageCredentials *credentials)
{
  const char *token;

  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (self));
  g_return_if_fail (credentials != NULL);

  if (self->metadata->revocation_endpoint == NULL)
    return;

  token = credentials->refresh_token != NULL ? credentials->refresh_token : credentials->access_token;
  linkage_token_endpoint_revoke_async (self->session, self->metadata, self->discovery->client_id, token, NULL,
                                       on_signed_out, NULL);
}
