/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
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
  self->n_keeping--;
  linkage_account_manager_end_work (self);
}

static void
on_credentials_renewed (LinkageAccountManager *self,
                        const LinkageCredentials *credentials,
                        LinkagePortalAccount *account)
{
  g_autofree char *label = dup_label (LINKAGE_ACCOUNT (account));
  g_autofree char *secret = linkage_credentials_print (credentials);

  self->n_keeping++;
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

/* The way to other credentials for an account. */
typedef struct
{
  LinkageAccount *account;         /* (owned) */
  LinkageCredentials *credentials; /* (owned) */
  gboolean sandbox;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_object (&sign_in->account);
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
on_token_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageAccountManager *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autofree char *label = NULL;
  g_autofree char *secret = NULL;
  GError *error = NULL;

  if (!linkage_portal_probe_check_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (sign_in->account), NULL, NULL, sign_in->credentials);
  if (sign_in->sandbox)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  label = dup_label (sign_in->account);
  secret = linkage_credentials_print (sign_in->credentials);
  linkage_secrets_store_async (self->secrets, linkage_account_get_id (sign_in->account), label, secret,
                               g_task_get_cancellable (task), on_secret_kept, g_object_ref (task));
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
  g_autofree char *trimmed = NULL;
  const LinkagePortalAccountConfig *config;
  LinkageOpenAccount *top;
  SignIn *sign_in;
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (token != NULL);
  g_return_if_fail (self->open->len > 0);

  top = g_ptr_array_index (self->open, self->open->len - 1);
  g_return_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (top->account));
  trimmed = g_strstrip (g_strdup (token));
  sign_in = g_new0 (SignIn, 1);
  sign_in->account = g_object_ref (top->account);
  sign_in->credentials = linkage_credentials_new (trimmed, NULL, 0);
  sign_in->sandbox = top->sandbox != NULL;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_sign_in_async);
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);
  config = linkage_portal_account_get_config (LINKAGE_PORTAL_ACCOUNT (top->account));
  linkage_portal_probe_check_async (config->api, config->account_id, trimmed, cancellable, on_token_checked, task);
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
 *   %LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED when it is none for this account, %LINKAGE_ACCOUNT_ERROR_UNREACHABLE and
 *   others
 */
gboolean
linkage_account_manager_sign_in_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
