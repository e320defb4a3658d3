/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-browser-sign-in-private.h"
#include "linkage-portal-probe.h"

/* The way to an open account, whichever way it begins. */
typedef struct
{
  LinkageSandbox *sandbox;            /* (owned) (nullable) */
  LinkageAccountEntry *entry;         /* (owned) (nullable): as long as config */
  LinkagePortalAccountConfig *config; /* (owned) (nullable): null until it is known which account it is */
  LinkageBrowserSignIn *browser;      /* (owned) (nullable): null where a token was brought */
  char *address;                      /* (owned) (nullable): as typed */
  LinkageCredentials *credentials;    /* (owned) (nullable) */
  gboolean as_user;
} Adding;

static void
adding_free (Adding *adding)
{
  g_clear_object (&adding->sandbox);
  g_clear_object (&adding->entry);
  g_clear_pointer (&adding->config, linkage_portal_account_config_free);
  g_clear_object (&adding->browser);
  g_clear_pointer (&adding->address, g_free);
  g_clear_pointer (&adding->credentials, linkage_credentials_free);
  g_free (adding);
}

static Adding *
attach_adding (GTask *task)
{
  Adding *adding = g_new0 (Adding, 1);

  g_task_set_task_data (task, adding, (GDestroyNotify)adding_free);

  return adding;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GTask) task = user_data;
  const Adding *adding = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_account_manager_open_entry_finish (self, result, &error))
    {
      if (adding->sandbox != NULL)
        linkage_account_manager_remove_entry (self, adding->entry);
      linkage_account_error_return (task, error);
      return;
    }

  linkage_account_manager_set_current (self, adding->entry);
  g_task_return_boolean (task, TRUE);
}

static void
open_added (GTask *task)
{
  LinkageAccountManager *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);

  adding->config->credentials = g_steal_pointer (&adding->credentials);
  linkage_account_manager_open_entry_async (self, adding->entry, adding->config, g_task_get_cancellable (task),
                                            on_opened, task);
}

static void
on_secret_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_secrets_store_finish (LINKAGE_SECRETS (source), result, &error))
    linkage_account_error_return (task, error);
  else
    open_added (g_steal_pointer (&task));
}

/* The account's folder, with who gives its credentials in it. */
static LinkagePortalAccountConfig *
prepare_folder (LinkageAccountManager *self, const LinkagePortalProbe *probe, const Adding *adding, GError **error)
{
  g_autoptr (LinkagePortalAccountConfig) config = NULL;

  config = linkage_account_folder_find (self->folder, probe->api, probe->account->id);
  if (config == NULL)
    config = linkage_account_folder_create (self->folder, probe->api, probe->account->id, probe->account->name, error);
  if (config == NULL)
    return NULL;

  g_clear_pointer (&config->issuer, g_free);
  g_clear_pointer (&config->client_id, g_free);
  if (adding->browser != NULL)
    {
      const LinkageDiscovery *discovery = linkage_browser_sign_in_get_discovery (adding->browser);

      config->issuer = g_strdup (discovery->issuer);
      config->client_id = g_strdup (discovery->client_id);
    }
  if (!linkage_account_folder_set_issuer (self->folder, config->id, config->issuer, config->client_id, error))
    return NULL;

  return g_steal_pointer (&config);
}

static void
on_portal_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageAccountManager *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  g_autoptr (LinkagePortalProbe) probe = NULL;
  g_autofree char *secret = NULL;
  GError *error = NULL;

  probe = linkage_portal_probe_run_finish (result, &error);
  if (probe == NULL)
    {
      if (adding->browser != NULL)
        linkage_browser_sign_in_sign_out (adding->browser, adding->credentials);
      g_task_return_error (task, error);
      return;
    }

  adding->config = prepare_folder (self, probe, adding, &error);
  if (adding->config == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  adding->entry = g_object_ref (linkage_account_manager_list_added (self, adding->config->id));
  secret = linkage_credentials_print (adding->credentials);
  linkage_secrets_store_async (self->secrets, adding->config->id, probe->account->name, secret,
                               g_task_get_cancellable (task), on_secret_kept, g_object_ref (task));
}

/**
 * linkage_account_manager_add_portal_async:
 * @self: a manager
 * @address: as typed
 * @token: what signs in
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Asks the portal at an address which accounts the token has, keeps the first with the Admin role (else the first),
 * stores the token and opens it. An account that was added before is opened again with what is cached of it. No request
 * is made to an address of Coupa's.
 */
void
linkage_account_manager_add_portal_async (LinkageAccountManager *self,
                                          const char *address,
                                          const char *token,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *trimmed = NULL;
  Adding *adding;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_add_portal_async);
  if (linkage_account_manager_is_coupa_address (address))
    {
      g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL, NULL, NULL,
                                                            "Coupa has no interface for this"));
      return;
    }

  adding = attach_adding (task);
  trimmed = g_strstrip (g_strdup (token));
  adding->credentials = linkage_credentials_new (trimmed, NULL, 0);
  linkage_portal_probe_run_async (address, trimmed, cancellable, on_portal_probed, g_object_ref (task));
}

/**
 * linkage_account_manager_add_portal_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_add_portal_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_add_portal_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_browser_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adding *adding = g_task_get_task_data (task);
  GError *error = NULL;

  adding->credentials = linkage_browser_sign_in_run_finish (LINKAGE_BROWSER_SIGN_IN (source), result, &error);
  if (adding->credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  linkage_portal_probe_run_async (adding->address, adding->credentials->access_token, g_task_get_cancellable (task),
                                  on_portal_probed, g_object_ref (task));
}

/**
 * linkage_account_manager_add_by_browser_async:
 * @self: a manager
 * @address: as typed
 * @browser: the sign-in that linkage_account_manager_find_sign_in_async() found there
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * As linkage_account_manager_add_portal_async(), with the credentials that the person brings from the browser. Its
 * address is to be opened at the same time.
 */
void
linkage_account_manager_add_by_browser_async (LinkageAccountManager *self,
                                              const char *address,
                                              LinkageBrowserSignIn *browser,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  Adding *adding;
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (browser));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_add_by_browser_async);
  adding = attach_adding (task);
  adding->address = g_strdup (address);
  adding->browser = g_object_ref (browser);
  linkage_browser_sign_in_run_async (browser, cancellable, on_browser_done, task);
}

/**
 * linkage_account_manager_add_by_browser_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_add_by_browser_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_add_by_browser_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_sandbox_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adding *adding = g_task_get_task_data (task);
  g_autoptr (LinkagePortalProbe) probe = NULL;
  GError *error = NULL;

  probe = linkage_portal_probe_run_finish (result, &error);
  if (probe == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  adding->config = linkage_portal_account_config_new ();
  adding->config->id = g_uuid_string_random ();
  adding->config->folder = g_strdup (linkage_sandbox_get_folder (adding->sandbox));
  adding->config->api = g_strdup (probe->api);
  adding->config->account_id = g_strdup (probe->account->id);
  adding->config->sandbox = TRUE;
  adding->entry = linkage_account_entry_new (adding->config->id, NULL, NULL, G_MAXINT64);
  adding->entry->sandbox = g_object_ref (adding->sandbox);
  linkage_account_manager_add_entry (g_task_get_source_object (task), adding->entry);
  open_added (g_steal_pointer (&task));
}

static void
on_sandbox_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adding *adding = g_task_get_task_data (task);
  const char *token;
  GError *error = NULL;

  adding->sandbox = linkage_sandbox_start_finish (result, &error);
  if (adding->sandbox == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  token = linkage_sandbox_get_token (adding->sandbox, adding->as_user);
  adding->credentials = linkage_credentials_new (token, NULL, 0);
  linkage_portal_probe_run_async (linkage_sandbox_get_address (adding->sandbox), token, g_task_get_cancellable (task),
                                  on_sandbox_probed, g_object_ref (task));
}

/**
 * linkage_account_manager_open_sandbox_async:
 * @self: a manager
 * @as_user: without the Admin role
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Starts the bundled portal with made-up data, signs in to it and makes it current. What was current before goes on
 * beneath it.
 */
void
linkage_account_manager_open_sandbox_async (LinkageAccountManager *self,
                                            gboolean as_user,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_open_sandbox_async);
  attach_adding (task)->as_user = as_user;
  linkage_sandbox_start_async (cancellable, on_sandbox_started, task);
}

/**
 * linkage_account_manager_open_sandbox_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_open_sandbox_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_SANDBOX when the bundled portal did
 *   not start, another %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_open_sandbox_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
