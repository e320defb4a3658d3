/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

/* What takes a portal with an interface. Who asks linkage_account_get_features() does not come here. */

static void
refuse (LinkageAccount *account,
        gpointer source_tag,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (account, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The portal has no interface");
}

static gpointer
finish_pointer (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
submit_async (LinkageAccount *account,
              LinkageOperation *operation,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  refuse (account, submit_async, cancellable, callback, user_data);
}

static LinkageOperation *
submit_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return finish_pointer (account, result, error);
}

static void
undo_async (LinkageAccount *account,
            const char *key,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  refuse (account, undo_async, cancellable, callback, user_data);
}

/* Nothing is ever on its way. */
static void
send_now (LinkageAccount *account, const char *key)
{
}

static void
refresh_async (LinkageAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  refuse (account, refresh_async, cancellable, callback, user_data);
}

static char *
find_search (LinkageAccount *account, const char *name)
{
  return NULL;
}

static void
search_async (LinkageAccount *account,
              const char *name,
              gboolean again,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  refuse (account, search_async, cancellable, callback, user_data);
}

static LinkageSearch *
search_finish (LinkageAccount *account, GAsyncResult *result, gboolean *counted, GError **error)
{
  if (counted != NULL)
    *counted = FALSE;

  return finish_pointer (account, result, error);
}

static void
read_search_async (LinkageAccount *account,
                   const char *search_id,
                   guint offset,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  refuse (account, read_search_async, cancellable, callback, user_data);
}

static LinkageSearch *
read_search_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return finish_pointer (account, result, error);
}

static void
verify_async (LinkageAccount *account,
              LinkageActions action,
              const char *customer_id,
              LinkageVerification *verification,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  refuse (account, verify_async, cancellable, callback, user_data);
}

static char *
verify_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return finish_pointer (account, result, error);
}

static void
find_provider_async (LinkageAccount *account,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  refuse (account, find_provider_async, cancellable, callback, user_data);
}

static char *
find_provider_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return finish_pointer (account, result, error);
}

/*
 * linkage_companion_account_init_portal:
 *
 * Fills in what an account on a portal without an interface cannot do.
 */
void
linkage_companion_account_init_portal (LinkageAccountInterface *iface)
{
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->undo_async = undo_async;
  iface->undo_finish = finish_boolean;
  iface->send_now = send_now;
  iface->refresh_async = refresh_async;
  iface->refresh_finish = finish_boolean;
  iface->find_search = find_search;
  iface->search_async = search_async;
  iface->search_finish = search_finish;
  iface->read_search_async = read_search_async;
  iface->read_search_finish = read_search_finish;
  iface->verify_async = verify_async;
  iface->verify_finish = verify_finish;
  iface->find_provider_async = find_provider_async;
  iface->find_provider_finish = find_provider_finish;
}
