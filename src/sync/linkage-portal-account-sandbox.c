/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-account-private.h"

/* The event stream says that the portal's clock or data is another; where it is not connected, somebody has to ask. */
static void
read_unless_told (LinkagePortalAccount *self)
{
  if (!linkage_sync_is_listening (self->sync))
    linkage_sync_request (self->sync);
}

static void
on_sandbox_advanced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  gboolean done = linkage_client_sandbox_advance_finish (LINKAGE_CLIENT (source), result, &error);

  read_unless_told (g_task_get_source_object (task));
  linkage_portal_account_return_boolean (task, done, error);
}

static void
linkage_portal_account_sandbox_advance_async (LinkageAccount *account,
                                              gint64 seconds,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_sandbox_advance_async);
  linkage_client_sandbox_advance_async (linkage_sync_get_client (self->sync), seconds, cancellable, on_sandbox_advanced,
                                        task);
}

static gboolean
linkage_portal_account_sandbox_advance_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_sandbox_reset (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  gboolean done = linkage_client_sandbox_reset_finish (LINKAGE_CLIENT (source), result, &error);

  read_unless_told (g_task_get_source_object (task));
  linkage_portal_account_return_boolean (task, done, error);
}

static void
linkage_portal_account_sandbox_reset_async (LinkageAccount *account,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_sandbox_reset_async);
  linkage_client_sandbox_reset_async (linkage_sync_get_client (self->sync), cancellable, on_sandbox_reset, task);
}

static gboolean
linkage_portal_account_sandbox_reset_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_customer_link (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  char *link = linkage_client_sandbox_customer_link_finish (LINKAGE_CLIENT (source), result, &error);

  linkage_portal_account_return_pointer (user_data, link, g_free, error);
}

static void
linkage_portal_account_sandbox_customer_link_async (LinkageAccount *account,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_sandbox_customer_link_async);
  linkage_client_sandbox_customer_link_async (linkage_sync_get_client (self->sync), cancellable, on_customer_link,
                                              task);
}

static char *
linkage_portal_account_sandbox_customer_link_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_portal_account_init_sandbox:
 * @iface: the interface of #LinkagePortalAccount
 *
 * Fills in what only the bundled portal can do.
 */
void
linkage_portal_account_init_sandbox (LinkageAccountInterface *iface)
{
  iface->sandbox_advance_async = linkage_portal_account_sandbox_advance_async;
  iface->sandbox_advance_finish = linkage_portal_account_sandbox_advance_finish;
  iface->sandbox_reset_async = linkage_portal_account_sandbox_reset_async;
  iface->sandbox_reset_finish = linkage_portal_account_sandbox_reset_finish;
  iface->sandbox_customer_link_async = linkage_portal_account_sandbox_customer_link_async;
  iface->sandbox_customer_link_finish = linkage_portal_account_sandbox_customer_link_finish;
}
