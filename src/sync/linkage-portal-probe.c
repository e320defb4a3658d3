/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-probe.h"

#include "linkage-account-error-private.h"
#include "linkage-client.h"

typedef struct
{
  SoupSession *session;      /* (owned) */
  char *token;               /* (owned) */
  LinkagePortalProbe *probe; /* (owned) (nullable) */
} Probing;

/**
 * linkage_portal_probe_free:
 * @probe: (transfer full): what was found
 */
void
linkage_portal_probe_free (LinkagePortalProbe *probe)
{
  g_return_if_fail (probe != NULL);

  g_clear_pointer (&probe->name, g_free);
  g_clear_pointer (&probe->api, g_free);
  g_clear_pointer (&probe->account, linkage_account_info_unref);
  g_free (probe);
}

static void
probing_free (Probing *probing)
{
  g_clear_object (&probing->session);
  g_clear_pointer (&probing->token, g_free);
  g_clear_pointer (&probing->probe, linkage_portal_probe_free);
  g_free (probing);
}

static LinkageAccountInfo *
choose_account (GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      LinkageAccountInfo *info = g_ptr_array_index (accounts, i);

      if (info->is_admin)
        return info;
    }

  return accounts->len > 0 ? g_ptr_array_index (accounts, 0) : NULL;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probing *probing = g_task_get_task_data (task);
  g_autoptr (GPtrArray) accounts = NULL;
  LinkageAccountInfo *account;
  GError *error = NULL;

  accounts = linkage_client_list_accounts_finish (LINKAGE_CLIENT (source), result, &error);
  if (accounts == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  account = choose_account (accounts);
  if (account == NULL)
    {
      g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED, NULL, NULL,
                                                            "The token's user has no account on this portal"));
      return;
    }

  probing->probe->account = linkage_account_info_ref (account);
  g_task_return_pointer (task, g_steal_pointer (&probing->probe), (GDestroyNotify)linkage_portal_probe_free);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probing *probing = g_task_get_task_data (task);
  g_autoptr (LinkageDiscovery) discovery = NULL;
  g_autoptr (LinkageClient) client = NULL;
  GError *error = NULL;

  discovery = linkage_client_discover_finish (result, &error);
  if (discovery == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  probing->probe = g_new0 (LinkagePortalProbe, 1);
  probing->probe->name = g_strdup (discovery->name);
  probing->probe->api = g_strdup (discovery->api);

  client = linkage_client_new (probing->session, discovery->api, NULL, probing->token);
  linkage_client_list_accounts_async (client, g_task_get_cancellable (task), on_listed, g_object_ref (task));
}

/* A token is sent in a header: what cannot stand there is none. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

static void
return_no_token (GTask *task)
{
  g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED, NULL, NULL,
                                                        "This is no token for the account"));
}

/**
 * linkage_portal_probe_run_async:
 * @address: as typed
 * @token: what signs in
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks the portal at an address which accounts a token has, and chooses the first with the Admin role, else the first.
 */
void
linkage_portal_probe_run_async (const char *address,
                                const char *token,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Probing *probing;

  g_return_if_fail (address != NULL);
  g_return_if_fail (token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_portal_probe_run_async);
  if (!is_token (token))
    {
      return_no_token (task);
      return;
    }

  probing = g_new0 (Probing, 1);
  probing->session = linkage_client_create_session ();
  probing->token = g_strdup (token);
  g_task_set_task_data (task, probing, (GDestroyNotify)probing_free);

  linkage_client_discover_async (probing->session, address, cancellable, on_discovered, g_object_ref (task));
}

/**
 * linkage_portal_probe_run_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_portal_probe_run_async() began.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL with @error set: a %LINKAGE_ACCOUNT_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
LinkagePortalProbe *
linkage_portal_probe_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The people of an account that was merged into another still sign in to it, and read what became of it. */
static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkageChanges) changes = NULL;
  g_autoptr (GError) error = NULL;

  changes = linkage_client_get_changes_finish (LINKAGE_CLIENT (source), result, &error);
  if (changes != NULL || g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_OTHER_USER, NULL, NULL,
                                                          "Who signed in does not have this account"));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *account_id = g_task_get_task_data (task);
  g_autoptr (GPtrArray) accounts = NULL;
  GError *error = NULL;

  accounts = linkage_client_list_accounts_finish (LINKAGE_CLIENT (source), result, &error);
  if (accounts == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  for (guint i = 0; i < accounts->len; i++)
    {
      LinkageAccountInfo *info = g_ptr_array_index (accounts, i);

      if (g_str_equal (info->id, account_id))
        {
          g_task_return_boolean (task, TRUE);
          return;
        }
    }

  linkage_client_get_changes_async (LINKAGE_CLIENT (source), NULL, 1, g_task_get_cancellable (task), on_asked,
                                    g_object_ref (task));
}

/**
 * linkage_portal_probe_check_async:
 * @api: base address of a portal's interface
 * @account_id: the portal's id of an account
 * @token: what is to sign in
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks the portal whether a token signs in to an account, be it one that was merged into another meanwhile.
 */
void
linkage_portal_probe_check_async (const char *api,
                                  const char *account_id,
                                  const char *token,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LinkageClient) client = NULL;

  g_return_if_fail (api != NULL);
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_portal_probe_check_async);
  g_task_set_task_data (task, g_strdup (account_id), g_free);
  if (!is_token (token))
    {
      return_no_token (task);
      return;
    }

  client = linkage_client_new (NULL, api, account_id, token);
  linkage_client_list_accounts_async (client, cancellable, on_checked, g_object_ref (task));
}

/**
 * linkage_portal_probe_check_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_portal_probe_check_async() began.
 *
 * Returns: %TRUE when it does; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED when it is no token of the
 *   portal's, %LINKAGE_ACCOUNT_ERROR_OTHER_USER when it is one of somebody who does not have this account, another
 *   %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_portal_probe_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
