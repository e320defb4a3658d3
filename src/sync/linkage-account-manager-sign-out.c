/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-client.h"
#include "linkage-portal-account-private.h"
#include "linkage-time-limit.h"

#define TIME_LIMIT 10 /* seconds for a portal to be told: the person waits for it */

/* The way to where nobody is signed in to an account. */
typedef struct
{
  char *id;                /* (owned) */
  LinkageTimeLimit *limit; /* (owned) (nullable): while the portal is told */
  gboolean told;
} SignOut;

static void
sign_out_free (SignOut *sign_out)
{
  g_clear_pointer (&sign_out->limit, linkage_time_limit_free);
  g_free (sign_out->id);
  g_free (sign_out);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const SignOut *sign_out = g_task_get_task_data (task);
  LinkageAccountManager *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean forgotten = linkage_secrets_forget_finish (LINKAGE_SECRETS (source), result, &error);

  linkage_account_manager_end_work (self);
  if (forgotten)
    g_task_return_boolean (task, sign_out->told);
  else
    g_task_return_error (task, error);
}

static void
forget (GTask *task)
{
  LinkageAccountManager *self = g_task_get_source_object (task);
  const SignOut *sign_out = g_task_get_task_data (task);

  linkage_secrets_forget_async (self->secrets, sign_out->id, NULL, on_forgotten, g_object_ref (task));
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignOut *sign_out = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  sign_out->told = linkage_token_source_revoke_finish (LINKAGE_TOKEN_SOURCE (source), result, &error);
  if (!sign_out->told)
    g_message ("A portal could not be told that nobody is signed in any more: %s", error->message);
  forget (task);
}

/**
 * linkage_account_manager_end_credentials_async:
 * @self: a manager
 * @id: an account's local id
 * @source: (nullable): what signed in to it, which nobody asks any more; %NULL: it is not known
 * @callback: what to call when it is done, after a minute at most
 * @user_data: data for @callback
 *
 * Has the portal end what signed in to an account, and then the Secret Service forget it.
 */
void
linkage_account_manager_end_credentials_async (LinkageAccountManager *self,
                                               const char *id,
                                               LinkageTokenSource *source,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  SignOut *sign_out = g_new0 (SignOut, 1);

  g_task_set_source_tag (task, linkage_account_manager_end_credentials_async);
  g_task_set_task_data (task, sign_out, (GDestroyNotify)sign_out_free);
  sign_out->id = g_strdup (id);
  sign_out->told = source == NULL;
  linkage_account_manager_begin_work (self);
  if (source == NULL)
    {
      forget (task);
      return;
    }

  sign_out->limit = linkage_time_limit_new (TIME_LIMIT, NULL);
  linkage_token_source_revoke_async (source, linkage_time_limit_get_cancellable (sign_out->limit), on_revoked,
                                     g_object_ref (task));
}

/**
 * linkage_account_manager_end_credentials_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_end_credentials_async() began.
 *
 * Returns: %TRUE when they are good no more, and forgotten; %FALSE without an error when the portal could not be told;
 *   %FALSE with @error set: the Secret Service does not give them up
 */
gboolean
linkage_account_manager_end_credentials_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_credentials_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean told = linkage_account_manager_end_credentials_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  /* What it has is not used, and it is asked again at the next start. */
  if (error != NULL)
    g_message ("The Secret Service does not give a token up yet: %s", error->message);
  g_task_return_boolean (task, told);
}

/**
 * linkage_account_manager_sign_out_async:
 * @self: a manager
 * @id: the local id of an open account that somebody signs in to, and that is no sandbox
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Signs out of an account: the portal is told to end what signed in (RFC 7009), and the Secret Service forgets
 * it. What is kept of the account stays to be read, and what waits in its outbox waits until somebody signs in again.
 * That it is so is durable first: a crash on the way leaves nobody signed in, and the next start goes on.
 */
void
linkage_account_manager_sign_out_async (LinkageAccountManager *self,
                                        const char *id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (LinkageTokenSource) source = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccountEntry *entry;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  entry = linkage_account_manager_find_entry (self, id);
  g_return_if_fail (entry != NULL && LINKAGE_IS_PORTAL_ACCOUNT (entry->account) && entry->sandbox == NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_sign_out_async);
  if (!linkage_account_folder_set_signed_out (self->folder, id, &error))
    {
      g_task_return_error (task, linkage_account_error_from (error));
      return;
    }

  source = linkage_portal_account_sign_out (LINKAGE_PORTAL_ACCOUNT (entry->account));
  linkage_account_manager_end_credentials_async (self, id, source, on_credentials_ended, g_object_ref (task));
}

/**
 * linkage_account_manager_sign_out_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_sign_out_async() began.
 *
 * Returns: %TRUE when nobody is signed in, and the portal knows; %FALSE without an error when the portal could not be
 *   told; %FALSE with @error set, one of the STORE codes of %LINKAGE_ACCOUNT_ERROR or _FAILED: nothing was done
 */
gboolean
linkage_account_manager_sign_out_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* An earlier run may have ended before it was told and forgotten. */
typedef struct
{
  LinkageAccountManager *manager;     /* (owned) */
  LinkagePortalAccountConfig *config; /* (owned) */
} Leftover;

static void
leftover_free (Leftover *leftover)
{
  linkage_account_manager_end_work (leftover->manager);
  g_clear_object (&leftover->manager);
  g_clear_pointer (&leftover->config, linkage_portal_account_config_free);
  g_free (leftover);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leftover, leftover_free)

static void
on_leftover_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  linkage_account_manager_end_credentials_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  if (error != NULL)
    g_message ("The Secret Service still does not give a token up: %s", error->message);
}

static void
on_leftover_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leftover) leftover = user_data;
  const LinkagePortalAccountConfig *config = leftover->config;
  g_autofree char *secret = linkage_secrets_lookup_finish (LINKAGE_SECRETS (source), result, NULL);
  LinkageCredentials *credentials = secret != NULL ? linkage_credentials_parse (secret) : NULL;
  g_autoptr (LinkageTokenSource) tokens = NULL;
  g_autoptr (SoupSession) session = NULL;

  if (secret == NULL)
    return;

  if (credentials != NULL)
    {
      session = linkage_client_create_session ();
      tokens = linkage_token_source_new (session, config->issuer, config->client_id, credentials);
    }
  linkage_account_manager_end_credentials_async (leftover->manager, config->id, tokens, on_leftover_ended, NULL);
}

/**
 * linkage_account_manager_resume_sign_out:
 * @self: a manager
 * @config: an account that the person signed out of
 *
 * Goes on signing out where an earlier run did not bring that to its end.
 */
void
linkage_account_manager_resume_sign_out (LinkageAccountManager *self, const LinkagePortalAccountConfig *config)
{
  Leftover *leftover = g_new0 (Leftover, 1);

  leftover->manager = g_object_ref (self);
  leftover->config = linkage_portal_account_config_copy (config);
  linkage_account_manager_begin_work (self);
  linkage_secrets_lookup_async (self->secrets, config->id, self->opening, on_leftover_found, leftover);
}
