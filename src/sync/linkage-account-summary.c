/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-data.h"

#include "linkage-account-error-private.h"

static void
summarize_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree LinkageStoreSummary *summary = g_new0 (LinkageStoreSummary, 1);
  GError *error = NULL;

  if (!linkage_store_summary_read (task_data, summary, cancellable, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&summary), g_free);
}

/**
 * linkage_account_summarize_async:
 * @self: an open account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is known
 * @user_data: data for @callback
 *
 * Counts what is kept of an account.
 */
void
linkage_account_summarize_async (LinkageAccount *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  /* The thread may be the last to let the task go, which therefore has no source object to take along. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_summarize_async);
  g_task_set_task_data (task, g_build_filename (linkage_account_get_folder (self), "store.sqlite", NULL), g_free);
  g_task_run_in_thread (task, summarize_in_thread);
}

/**
 * linkage_account_summarize_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_summarize_async() began.
 *
 * Returns: (transfer full) (nullable): how much there is, to be freed with g_free(); %NULL with @error set: one of the
 *   STORE codes of %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageStoreSummary *
linkage_account_summarize_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
