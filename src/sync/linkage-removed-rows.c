/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-removed-rows.h"

#include "linkage-account-error-private.h"

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint total = 0;
  GError *error = NULL;
  GPtrArray *rows = linkage_store_list_removed_finish (LINKAGE_STORE (source), result, &total, &error);

  if (rows == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  g_task_set_task_data (task, GUINT_TO_POINTER (total), NULL);
  g_task_return_pointer (task, rows, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * linkage_removed_rows_list_async:
 * @account: an account
 * @store: its store
 * @offset: how many to leave out, of those that went last
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * As linkage_account_list_removed_async().
 */
void
linkage_removed_rows_list_async (LinkageAccount *account,
                                 LinkageStore *store,
                                 guint offset,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (account, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_removed_rows_list_async);
  linkage_store_list_removed_async (store, offset, limit, cancellable, on_listed, task);
}

/**
 * linkage_removed_rows_list_finish:
 * @account: an account
 * @result: the result that the callback was given
 * @total: (out) (optional): how many such rows there are in all
 * @error: (out) (optional): where an error goes
 *
 * As linkage_account_list_removed_finish().
 *
 * Returns: (transfer container) (element-type LinkageRemovedConnection) (nullable): the rows
 */
GPtrArray *
linkage_removed_rows_list_finish (LinkageAccount *account, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  if (total != NULL)
    *total = GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}
