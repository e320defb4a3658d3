/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-account-private.h"

#include "linkage-account-error-private.h"
#include "linkage-portal-search.h"
#include "linkage-verifier.h"

#define PAGE_SIZE 50

static char *
linkage_portal_account_find_search (LinkageAccount *account, const char *name)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GError) error = NULL;
  char *id = linkage_store_find_search (self->store, name, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_warning ("Earlier searches cannot be read: %s", error->message);

  return id;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LinkagePortalAccount *self = g_task_get_source_object (task);
  gboolean counted = FALSE;
  GError *error = NULL;
  LinkageSearch *search = linkage_portal_search_run_finish (LINKAGE_STORE (source), result, &counted, &error);

  if (counted)
    linkage_sync_request (self->sync);
  g_task_set_task_data (task, GINT_TO_POINTER (counted), NULL);
  linkage_portal_account_return_pointer (task, search, (GDestroyNotify)linkage_search_unref, error);
}

static void
linkage_portal_account_search_async (LinkageAccount *account,
                                     const char *name,
                                     gboolean again,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_search_async);
  if (linkage_sync_is_offline (self->sync))
    {
      g_task_return_error (
        task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_OFFLINE, NULL, NULL, "A search is never queued"));
      return;
    }

  linkage_portal_search_run_async (self->store, linkage_sync_get_client (self->sync), name, again, cancellable,
                                   on_searched, g_steal_pointer (&task));
}

static LinkageSearch *
linkage_portal_account_search_finish (LinkageAccount *account, GAsyncResult *result, gboolean *counted, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  if (counted != NULL)
    *counted = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_search_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  LinkageSearch *search = linkage_client_get_search_finish (LINKAGE_CLIENT (source), result, &error);

  linkage_portal_account_return_pointer (user_data, search, (GDestroyNotify)linkage_search_unref, error);
}

static void
linkage_portal_account_read_search_async (LinkageAccount *account,
                                          const char *search_id,
                                          guint offset,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_read_search_async);
  linkage_client_get_search_async (linkage_sync_get_client (self->sync), search_id, offset, PAGE_SIZE, cancellable,
                                   on_search_read, task);
}

static LinkageSearch *
linkage_portal_account_read_search_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  char *session = linkage_verifier_pass_finish (LINKAGE_CLIENT (source), result, &error);

  linkage_portal_account_return_pointer (user_data, session, g_free, error);
}

static void
linkage_portal_account_verify_async (LinkageAccount *account,
                                     LinkageActions action,
                                     const char *customer_id,
                                     LinkageVerification *verification,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_verify_async);
  linkage_verifier_pass_async (linkage_sync_get_client (self->sync), action, customer_id, verification, cancellable,
                               on_verified, task);
}

static char *
linkage_portal_account_verify_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkageDiscovery) discovery = NULL;
  GError *error = NULL;

  discovery = linkage_client_discover_finish (result, &error);
  if (discovery == NULL)
    linkage_account_error_return (task, error);
  else
    g_task_return_pointer (task, g_strdup (discovery->challenge_provider), g_free);
}

/* Asked each time, as the portal's operator may choose another. */
static void
linkage_portal_account_find_provider_async (LinkageAccount *account,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_find_provider_async);
  linkage_client_discover_async (NULL, self->config->api, cancellable, on_discovered, task);
}

static char *
linkage_portal_account_find_provider_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_portal_account_init_search:
 * @iface: the interface of #LinkagePortalAccount
 *
 * Fills in what searches and verifies.
 */
void
linkage_portal_account_init_search (LinkageAccountInterface *iface)
{
  iface->find_search = linkage_portal_account_find_search;
  iface->search_async = linkage_portal_account_search_async;
  iface->search_finish = linkage_portal_account_search_finish;
  iface->read_search_async = linkage_portal_account_read_search_async;
  iface->read_search_finish = linkage_portal_account_read_search_finish;
  iface->verify_async = linkage_portal_account_verify_async;
  iface->verify_finish = linkage_portal_account_verify_finish;
  iface->find_provider_async = linkage_portal_account_find_provider_async;
  iface->find_provider_finish = linkage_portal_account_find_provider_finish;
}
