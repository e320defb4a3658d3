/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-browser-sign-in-private.h"
#include "linkage-portal-probe.h"

/* What a person sees in the list of passwords. */
static char *
dup_label (LinkageAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  return g_strdup (info != NULL ? info->name : linkage_account_get_id (account));
}

static void
on_renewal_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageAccountManager) self = user_data;

  /* It is kept for this run at least. */
  linkage_secrets_store_finish (LINKAGE_SECRETS (source), result, NULL);
  linkage_account_manager_end_work (self);
}

static void
on_credentials_renewed (LinkageAccountManager *self,
                        const LinkageCredentials *credentials,
                        LinkagePortalAccount *account)
{
  g_autofree char *label = dup_label (LINKAGE_ACCOUNT (account));
  g_autofree char *secret = linkage_credentials_print (credentials);

  linkage_account_manager_begin_work (self);
  linkage_secrets_store_async (self->secrets, linkage_account_get_id (LINKAGE_ACCOUNT (account)), label, secret, NULL,
                               on_renewal_kept, g_object_ref (self));
}

/**
 * linkage_account_manager_keep_renewals:
 * @self: a manager
 * @account: an account that outlives this run
 *
 * Keeps credentials in place of those of before whenever they are others.
 */
void
linkage_account_manager_keep_renewals (LinkageAccountManager *self, LinkagePortalAccount *account)
{
  g_signal_connect_object (account, "credentials-renewed", G_CALLBACK (on_credentials_renewed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * linkage_account_manager_ignore_renewals:
 * @self: a manager
 * @account: an account that is being deleted
 *
 * Keeps nothing more of an account.
 */
void
linkage_account_manager_ignore_renewals (LinkageAccountManager *self, LinkageAccount *account)
{
  g_signal_handlers_disconnect_by_func (account, on_credentials_renewed, self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageBrowserSignIn *browser;
  GError *error = NULL;

  browser = linkage_browser_sign_in_find_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, browser, g_object_unref);
}

static LinkagePortalAccount *
get_current (LinkageAccountManager *self)
{
  return LINKAGE_PORTAL_ACCOUNT (linkage_account_manager_get_current (self));
}

/**
 * linkage_account_manager_find_sign_in_async:
 * @self: a manager
 * @address: (nullable): as typed; %NULL: where the current account signs in
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks a portal whether a person signs in to it with the browser. No request is made to an address of Coupa's.
 */
void
linkage_account_manager_find_sign_in_async (LinkageAccountManager *self,
                                            const char *address,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  if (address == NULL)
    address = linkage_portal_account_get_config (get_current (self))->api;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_find_sign_in_async);
  if (linkage_account_manager_is_coupa_address (address))
    {
      g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL, NULL, NULL,
                                                            "Coupa has no interface for this"));
      g_object_unref (task);
      return;
    }

  linkage_browser_sign_in_find_async (address, cancellable, on_found, task);
}

/**
 * linkage_account_manager_find_sign_in_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_find_sign_in_async() began.
 *
 * Returns: (transfer full) (nullable): a sign-in, good for one try; %NULL without an error when the portal has none,
 * but access tokens; %NULL with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageBrowserSignIn *
linkage_account_manager_find_sign_in_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The way to other credentials for an account. */
typedef struct
{
  LinkageAccount *account;         /* (owned) */
  LinkageBrowserSignIn *browser;   /* (owned) (nullable): null where a token was brought */
  LinkageCredentials *credentials; /* (owned) (nullable): null until they are there */
  gboolean sandbox;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_object (&sign_in->account);
  g_clear_object (&sign_in->browser);
  g_clear_pointer (&sign_in->credentials, linkage_credentials_free);
  g_free (sign_in);
}

static void
on_secret_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_secrets_store_finish (LINKAGE_SECRETS (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
keep (GTask *task, const char *issuer, const char *client_id)
{
  LinkageAccountManager *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  const char *id = linkage_account_get_id (sign_in->account);
  g_autofree char *label = dup_label (sign_in->account);
  g_autofree char *secret = linkage_credentials_print (sign_in->credentials);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_folder_set_issuer (self->folder, id, issuer, client_id, &error))
    g_warning ("The account has to be signed in to again at the next start: %s", error->message);

  linkage_secrets_store_async (self->secrets, id, label, secret, NULL, on_secret_kept, g_object_ref (task));
}

static void
on_token_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  const LinkageDiscovery *discovery = NULL;
  const char *issuer;
  const char *client_id;
  GError *error = NULL;

  if (!linkage_portal_probe_check_finish (result, &error))
    {
      if (sign_in->browser != NULL)
        linkage_browser_sign_in_sign_out (sign_in->browser, sign_in->credentials);
      g_task_return_error (task, error);
      return;
    }

  if (sign_in->browser != NULL)
    discovery = linkage_browser_sign_in_get_discovery (sign_in->browser);
  issuer = discovery != NULL ? discovery->issuer : NULL;
  client_id = discovery != NULL ? discovery->client_id : NULL;
  linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (sign_in->account), issuer, client_id, sign_in->credentials);
  if (sign_in->sandbox)
    g_task_return_boolean (task, TRUE);
  else
    keep (task, issuer, client_id);
}

static void
check_credentials (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);
  const LinkagePortalAccountConfig *config =
    linkage_portal_account_get_config (LINKAGE_PORTAL_ACCOUNT (sign_in->account));

  linkage_portal_probe_check_async (config->api, config->account_id, sign_in->credentials->access_token,
                                    g_task_get_cancellable (task), on_token_checked, g_object_ref (task));
}

static SignIn *
attach_sign_in (GTask *task, LinkageAccountManager *self)
{
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->account = g_object_ref (self->current->account);
  sign_in->sandbox = self->current->sandbox != NULL;
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);

  return sign_in;
}

/**
 * linkage_account_manager_sign_in_async:
 * @self: a manager with a current account that signs in
 * @token: a new token
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Signs in to the current account anew: the portal is asked whether the token is one for it, and it is kept.
 */
void
linkage_account_manager_sign_in_async (LinkageAccountManager *self,
                                       const char *token,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *trimmed = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (token != NULL);
  g_return_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (linkage_account_manager_get_current (self)));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_sign_in_async);
  trimmed = g_strstrip (g_strdup (token));
  attach_sign_in (task, self)->credentials = linkage_credentials_new (trimmed, NULL, 0);
  check_credentials (task);
}

/**
 * linkage_account_manager_sign_in_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_sign_in_async() began.
 *
 * Returns: %TRUE when the account signs in with the token; %FALSE with @error set:
 *   %LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED when it is no token, %LINKAGE_ACCOUNT_ERROR_OTHER_USER when it is none for
 *   this account, %LINKAGE_ACCOUNT_ERROR_UNREACHABLE and others
 */
gboolean
linkage_account_manager_sign_in_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_browser_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;

  sign_in->credentials = linkage_browser_sign_in_run_finish (LINKAGE_BROWSER_SIGN_IN (source), result, &error);
  if (sign_in->credentials == NULL)
    g_task_return_error (task, error);
  else
    check_credentials (task);
}

/**
 * linkage_account_manager_sign_in_by_browser_async:
 * @self: a manager with a current account that signs in
 * @browser: the sign-in that linkage_account_manager_find_sign_in_async() found for it
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * As linkage_account_manager_sign_in_async(), with the credentials that the person brings from the browser. Its address
 * is to be opened at the same time.
 */
void
linkage_account_manager_sign_in_by_browser_async (LinkageAccountManager *self,
                                                  LinkageBrowserSignIn *browser,
                                                  GCancellable *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (browser));
  g_return_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (linkage_account_manager_get_current (self)));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_sign_in_by_browser_async);
  attach_sign_in (task, self)->browser = g_object_ref (browser);
  linkage_browser_sign_in_run_async (browser, cancellable, on_browser_done, task);
}

/**
 * linkage_account_manager_sign_in_by_browser_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_sign_in_by_browser_async() began.
 *
 * Returns: %TRUE when the account is signed in to; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_OTHER_USER when it
 * was somebody who does not have it, another %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_sign_in_by_browser_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
