/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account.h"

/* Of an account that keeps none. */
static void
return_none (LinkageAccount *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_account_list_removed_async);
  g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
}

/**
 * linkage_account_list_removed_async:
 * @self: an account
 * @offset: how many to leave out, of those that went last
 * @limit: how many at most, 1 to %LINKAGE_ACCOUNT_MAX_REMOVED
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads rows that are no more. A row that no request was ever sent for is not kept, nor is one of a portal that was set
 * up anew since; one that came back is in the table again.
 */
void
linkage_account_list_removed_async (LinkageAccount *self,
                                    guint offset,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (limit >= 1 && limit <= LINKAGE_ACCOUNT_MAX_REMOVED);

  if (LINKAGE_ACCOUNT_GET_IFACE (self)->list_removed_async == NULL)
    return_none (self, cancellable, callback, user_data);
  else
    LINKAGE_ACCOUNT_GET_IFACE (self)->list_removed_async (self, offset, limit, cancellable, callback, user_data);
}

/**
 * linkage_account_list_removed_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @total: (out) (optional): how many such rows there are in all
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_list_removed_async() began.
 *
 * Returns: (transfer container) (element-type LinkageRemovedConnection) (nullable): those that went last first; %NULL
 *   with @error set
 */
GPtrArray *
linkage_account_list_removed_finish (LinkageAccount *self, GAsyncResult *result, guint *total, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  if (LINKAGE_ACCOUNT_GET_IFACE (self)->list_removed_finish != NULL)
    return LINKAGE_ACCOUNT_GET_IFACE (self)->list_removed_finish (self, result, total, error);

  if (total != NULL)
    *total = 0;

  return g_task_propagate_pointer (G_TASK (result), error);
}
