/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-companion-account-private.h"

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_account_manager_open_entry_finish (self, result, &error))
    {
      linkage_account_error_return (task, error);
      return;
    }

  linkage_account_manager_set_current (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * linkage_account_manager_add_companion_async:
 * @self: a manager
 * @name: the account's name
 * @page: (nullable): where requests are made, https
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Makes an account for a portal without an interface, whose rows the person brings, and makes it current. One that was
 * made with this name and page before is opened instead: what the person brought is in it. No request is made to @page.
 */
void
linkage_account_manager_add_companion_async (LinkageAccountManager *self,
                                             const char *name,
                                             const char *page,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LinkageCompanionConfig) config = NULL;
  LinkageAccountEntry *entry;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_add_companion_async);
  if (linkage_companion_account_check_page (page, &error))
    config = linkage_account_folder_find_companion (self->folder, name, page);
  if (config == NULL && error == NULL)
    config = linkage_account_folder_create_companion (self->folder, name, page, &error);
  if (config == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  entry = linkage_account_manager_list_added (self, config->id);
  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);
  linkage_account_manager_open_entry_async (self, entry, NULL, cancellable, on_added, g_object_ref (task));
}

/**
 * linkage_account_manager_add_companion_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_add_companion_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS when the page is no
 *   https address, another %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_add_companion_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_name_taken (LinkageAccountManager *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      g_autofree char *shown = linkage_account_entry_dup_name (entry);

      if (g_strcmp0 (entry->name, name) == 0 || g_str_equal (shown, name))
        return TRUE;
    }

  return FALSE;
}

/**
 * linkage_account_manager_find_free_name:
 * @self: a manager
 * @name: what one more account might be called
 *
 * Adds a number to a name that another account has, or was made with.
 *
 * Returns: (transfer full): a name that no account has
 */
char *
linkage_account_manager_find_free_name (LinkageAccountManager *self, const char *name)
{
  g_autofree char *free_name = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  free_name = g_strdup (name);
  for (guint number = 2; is_name_taken (self, free_name); number++)
    {
      g_free (free_name);
      free_name = g_strdup_printf ("%s %u", name, number);
    }

  return g_steal_pointer (&free_name);
}
