/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-token-source.h"

#include "linkage-remote-error.h"
#include "linkage-sign-in-error.h"
#include "linkage-sign-in-metadata.h"
#include "linkage-token-endpoint.h"

#define MARGIN 30 /* seconds for a call to be on its way */

struct _LinkageTokenSource
{
  GObject parent_instance;

  SoupSession *session;            /* (owned) */
  char *issuer;                    /* (owned) */
  char *client_id;                 /* (owned) */
  LinkageCredentials *credentials; /* (owned) */
  LinkageSignInMetadata *metadata; /* (owned) (nullable): null until they are needed */
  GPtrArray *waiting;              /* (owned) (element-type GTask): for the refresh that is under way */
};

G_DEFINE_FINAL_TYPE (LinkageTokenSource, linkage_token_source, G_TYPE_OBJECT)

enum
{
  RENEWED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GPtrArray *
new_waiting (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static GPtrArray *
steal_waiting (LinkageTokenSource *self)
{
  GPtrArray *waiting = self->waiting;

  self->waiting = new_waiting ();

  return waiting;
}

static void
return_token (GTask *task, const char *token)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_strdup (token), g_free);
}

static gboolean
is_no_answer (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNREACHABLE) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_CERTIFICATE);
}

/* What cannot be changed into a token any more asks for the person; what did not come through is tried again later.
 * Whatever else a token endpoint says, it says nothing of the call that waits for a token. */
static GError *
translate_error (const GError *cause)
{
  GError *error;

  if (cause->domain == LINKAGE_SIGN_IN_ERROR)
    return g_error_new (LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED, "%s", cause->message);

  error = g_error_copy (cause);
  if (error->domain == LINKAGE_REMOTE_ERROR && !is_no_answer (error))
    error->code = LINKAGE_REMOTE_ERROR_TRY_LATER;

  return error;
}

static void
fail (LinkageTokenSource *self, const GError *cause)
{
  g_autoptr (GPtrArray) waiting = steal_waiting (self);

  if (g_error_matches (cause, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_EXPIRED))
    g_clear_pointer (&self->credentials->refresh_token, g_free);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_error (g_ptr_array_index (waiting, i), translate_error (cause));
}

/* The new ones are kept before anyone uses them: the old refresh token is good only for as long as nobody has. */
static void
take_credentials (LinkageTokenSource *self, LinkageCredentials *credentials)
{
  g_autoptr (GPtrArray) waiting = steal_waiting (self);

  linkage_credentials_free (self->credentials);
  self->credentials = credentials;
  g_signal_emit (self, signals[RENEWED], 0, credentials);
  for (guint i = 0; i < waiting->len; i++)
    return_token (g_ptr_array_index (waiting, i), credentials->access_token);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageTokenSource) self = LINKAGE_TOKEN_SOURCE (user_data);
  g_autoptr (GError) error = NULL;
  LinkageCredentials *credentials = linkage_token_endpoint_refresh_finish (result, &error);

  if (credentials == NULL)
    fail (self, error);
  else
    take_credentials (self, credentials);
}

/* It is never cancelled: the answer holds the only refresh token that will be good. */
static void
refresh (LinkageTokenSource *self)
{
  linkage_token_endpoint_refresh_async (self->session, self->metadata, self->client_id,
                                        self->credentials->refresh_token, NULL, on_refreshed, g_object_ref (self));
}

static void
on_metadata_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageTokenSource) self = LINKAGE_TOKEN_SOURCE (user_data);
  g_autoptr (GError) error = NULL;

  self->metadata = linkage_sign_in_metadata_read_finish (result, &error);
  if (self->metadata == NULL)
    fail (self, error);
  else
    refresh (self);
}

static void
start_refresh (LinkageTokenSource *self)
{
  if (self->metadata != NULL)
    refresh (self);
  else
    linkage_sign_in_metadata_read_async (self->session, self->issuer, NULL, on_metadata_read, g_object_ref (self));
}

static void
linkage_token_source_finalize (GObject *object)
{
  LinkageTokenSource *self = LINKAGE_TOKEN_SOURCE (object);

  g_clear_object (&self->session);
  g_free (self->issuer);
  g_free (self->client_id);
  g_clear_pointer (&self->credentials, linkage_credentials_free);
  g_clear_pointer (&self->metadata, linkage_sign_in_metadata_free);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (linkage_token_source_parent_class)->finalize (object);
}

static void
linkage_token_source_class_init (LinkageTokenSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linkage_token_source_finalize;

  /**
   * LinkageTokenSource::renewed:
   * @self: a source
   * @credentials: (transfer none) (type LinkageCredentials): what signs in from now on
   *
   * The credentials are others now, and have to be kept in place of those of before.
   */
  signals[RENEWED] = g_signal_new ("renewed", LINKAGE_TYPE_TOKEN_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
linkage_token_source_init (LinkageTokenSource *self)
{
  self->waiting = new_waiting ();
}

/**
 * linkage_token_source_new:
 * @session: the session to refresh with
 * @issuer: (nullable): who gave the credentials; %NULL where it is not known: then they cannot be refreshed
 * @client_id: (nullable): what the program calls itself there
 * @credentials: (transfer full): what signs in
 *
 * Returns: (transfer full): a new source
 */
LinkageTokenSource *
linkage_token_source_new (SoupSession *session,
                          const char *issuer,
                          const char *client_id,
                          LinkageCredentials *credentials)
{
  LinkageTokenSource *self;

  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_TOKEN_SOURCE, NULL);
  self->session = g_object_ref (session);
  self->issuer = g_strdup (issuer);
  self->client_id = g_strdup (client_id);
  self->credentials = credentials;

  return self;
}

static gboolean
is_good (LinkageTokenSource *self, const char *refused)
{
  const LinkageCredentials *credentials = self->credentials;

  if (refused != NULL && g_str_equal (refused, credentials->access_token))
    return FALSE;

  return credentials->expires_at == 0 || g_get_real_time () / G_USEC_PER_SEC < credentials->expires_at - MARGIN;
}

static gboolean
can_refresh (LinkageTokenSource *self)
{
  return self->credentials->refresh_token != NULL && self->issuer != NULL && self->client_id != NULL;
}

/**
 * linkage_token_source_get_async:
 * @self: a source
 * @refused: (nullable): a token of this source that the portal did not take
 * @cancellable: (nullable): ends the waiting of this caller; others may wait for the same refresh
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets an access token: the one there is, or another where that one has run out or was refused. However many ask, it is
 * refreshed once.
 */
void
linkage_token_source_get_async (LinkageTokenSource *self,
                                const char *refused,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_TOKEN_SOURCE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_token_source_get_async);
  if (self->waiting->len == 0 && is_good (self, refused))
    {
      return_token (task, self->credentials->access_token);
      return;
    }
  if (!can_refresh (self))
    {
      g_task_return_new_error (task, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED,
                               "The access token is not good any more, and there is no way to another");
      return;
    }

  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->waiting->len == 1)
    start_refresh (self);
}

/**
 * linkage_token_source_get_finish:
 * @self: a source
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR_UNAUTHORIZED where the person has to sign in again,
 *   %LINKAGE_REMOTE_ERROR_UNREACHABLE, _CERTIFICATE or _TRY_LATER where it can be tried later; or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_token_source_get_async().
 *
 * Returns: (transfer full) (nullable): an access token
 */
char *
linkage_token_source_get_finish (LinkageTokenSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_TOKEN_SOURCE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_token_source_get_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (linkage_token_endpoint_revoke_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
revoke_known (LinkageTokenSource *self, GTask *task)
{
  const LinkageCredentials *credentials = self->credentials;
  const char *token = credentials->refresh_token != NULL ? credentials->refresh_token : credentials->access_token;

  if (self->metadata->revocation_endpoint == NULL)
    g_task_return_new_error (task, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND,
                             "There is nowhere to revoke a token");
  else
    linkage_token_endpoint_revoke_async (self->session, self->metadata, self->client_id, token,
                                         g_task_get_cancellable (task), on_revoked, g_object_ref (task));
}

static void
on_metadata_read_to_revoke (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageTokenSource *self = g_task_get_source_object (task);
  g_autoptr (LinkageSignInMetadata) metadata = NULL;
  GError *error = NULL;

  metadata = linkage_sign_in_metadata_read_finish (result, &error);
  if (metadata == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->metadata == NULL)
    self->metadata = g_steal_pointer (&metadata);
  revoke_known (self, task);
}

static void
begin_to_revoke (GTask *task)
{
  LinkageTokenSource *self = g_task_get_source_object (task);

  if (self->metadata != NULL)
    revoke_known (self, task);
  else
    linkage_sign_in_metadata_read_async (self->session, self->issuer, g_task_get_cancellable (task),
                                         on_metadata_read_to_revoke, g_object_ref (task));
}

/* Whether there are others now or not: what there is now is revoked. */
static void
on_got_to_revoke (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_free (linkage_token_source_get_finish (LINKAGE_TOKEN_SOURCE (source), result, NULL));
  if (!g_task_return_error_if_cancelled (task))
    begin_to_revoke (task);
}

/**
 * linkage_token_source_revoke_async:
 * @self: a source that nobody asks any more
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Has who gave the credentials end them (RFC 7009), after a refresh that is under way. A token that a person brought is
 * the person's own: it stays good.
 */
void
linkage_token_source_revoke_async (LinkageTokenSource *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_TOKEN_SOURCE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_token_source_revoke_async);
  if (self->issuer == NULL || self->client_id == NULL)
    g_task_return_boolean (task, TRUE);
  else if (self->waiting->len > 0)
    linkage_token_source_get_async (self, NULL, cancellable, on_got_to_revoke, g_object_ref (task));
  else
    begin_to_revoke (task);
}

/**
 * linkage_token_source_revoke_finish:
 * @self: a source
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, %LINKAGE_SIGN_IN_ERROR or %G_IO_ERROR_CANCELLED, after
 *   which the credentials may be good until they run out
 *
 * Ends linkage_token_source_revoke_async().
 *
 * Returns: whether nothing that was given is good any more
 */
gboolean
linkage_token_source_revoke_finish (LinkageTokenSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_TOKEN_SOURCE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_token_source_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
