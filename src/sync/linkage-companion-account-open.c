/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

#include "linkage-account-error-private.h"

/* An account on its way to be open. */
typedef struct
{
  LinkageCompanionAccount *account; /* (owned) */
  LinkageAccountInfo *info;         /* (owned): what a new store says of it */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->account);
  linkage_account_info_unref (opening->info);
  g_free (opening);
}

gboolean
linkage_companion_account_check_page (const char *page, GError **error)
{
  g_autoptr (GUri) uri = page != NULL ? g_uri_parse (page, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (page == NULL || (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL &&
                       *g_uri_get_host (uri) != '\0'))
    return TRUE;

  g_propagate_error (error, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS, NULL, NULL,
                                                       "The page's address is not an https address"));

  return FALSE;
}

static void
on_account_changed (LinkageCompanionAccount *self, LinkageStore *store)
{
  g_object_notify (G_OBJECT (self), "info");
  g_object_notify (G_OBJECT (self), "updated-at");
}

static void
return_account (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  g_signal_connect_object (opening->account->store, "account-changed", G_CALLBACK (on_account_changed),
                           opening->account, G_CONNECT_SWAPPED);
  g_task_return_pointer (task, g_steal_pointer (&opening->account), g_object_unref);
}

static void
on_info_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    linkage_account_error_return (task, error);
  else
    return_account (task);
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (LinkageAccountInfo) known = NULL;
  GError *error = NULL;

  opening->account->store = linkage_store_open_finish (result, &error);
  if (opening->account->store == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  known = linkage_store_get_account_info (opening->account->store);
  if (known != NULL)
    return_account (task);
  else
    linkage_store_complete_async (opening->account->store, NULL, NULL, opening->info, g_task_get_cancellable (task),
                                  on_info_written, g_object_ref (task));
}

/**
 * linkage_companion_account_open_async:
 * @id: the account's local id
 * @folder: where its store is, or is made
 * @name: the account's name, for a new store
 * @page: (nullable): where requests are made, https, for a new store
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when the store is open
 * @user_data: data for @callback
 *
 * Opens an account on a portal without an interface.
 */
void
linkage_companion_account_open_async (const char *id,
                                      const char *folder,
                                      const char *name,
                                      const char *page,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  Opening *opening = NULL;

  g_return_if_fail (id != NULL);
  g_return_if_fail (folder != NULL);
  g_return_if_fail (name != NULL);

  opening = g_new0 (Opening, 1);
  opening->account = g_object_new (LINKAGE_TYPE_COMPANION_ACCOUNT, NULL);
  opening->account->id = g_strdup (id);
  opening->account->folder = g_strdup (folder);
  opening->info = linkage_account_info_new (id, name);
  opening->info->is_admin = TRUE;
  opening->info->page = g_strdup (page);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_open_async);
  g_task_set_task_data (task, opening, opening_free);

  path = g_build_filename (folder, "store.sqlite", NULL);
  linkage_store_open_companion_async (path, cancellable, on_store_opened, g_object_ref (task));
}

/**
 * linkage_companion_account_open_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_companion_account_open_async() began.
 *
 * Returns: (transfer full) (nullable): the account; %NULL with @error set: one of the STORE codes of
 *   %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageAccount *
linkage_companion_account_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_companion_account_get_restored:
 * @self: an account
 *
 * Tells whether the account's file was damaged when it was opened.
 *
 * Returns: (transfer full) (nullable): the backup that took its place, so that what is newer is missing; its path is
 *   empty where there was none that could be read. %NULL when the file was sound
 */
LinkageStoreBackup *
linkage_companion_account_get_restored (LinkageCompanionAccount *self)
{
  LinkageStoreBackup *restored = NULL;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);

  restored = linkage_store_get_restored (self->store);

  return restored != NULL ? linkage_store_backup_ref (restored) : NULL;
}
