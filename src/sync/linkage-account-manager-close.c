/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
leave_entry (LinkageAccountManager *self, LinkageAccountEntry *entry, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (LinkageAccount) account = NULL;

  g_task_set_source_tag (task, linkage_account_manager_leave_async);
  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);
  account = linkage_account_manager_take_out (self, entry);
  if (entry->sandbox != NULL)
    linkage_account_manager_remove_entry (self, entry);
  linkage_account_close_async (account, on_left, task);
}

/**
 * linkage_account_manager_leave_async:
 * @self: a manager with a current account
 * @callback: what to call when it is closed
 * @user_data: data for @callback
 *
 * Closes the current account, and ends the sandbox if it is one. What was used before it is current at once.
 */
void
linkage_account_manager_leave_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LinkageAccountEntry) entry = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (linkage_account_manager_get_current (self) != NULL);

  entry = g_object_ref (self->current);
  leave_entry (self, entry, callback, user_data);
}

/**
 * linkage_account_manager_leave_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_leave_async() began.
 *
 * Returns: %TRUE when it is closed; %FALSE with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_manager_leave_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  guint waiting;
  GError *error; /* (owned) (nullable): the first */
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_error (&closing->error);
  g_free (closing);
}

static void
on_work_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);

  LINKAGE_ACCOUNT_MANAGER (source)->is_closing = FALSE;
  if (closing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&closing->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
await_work (LinkageAccountManager *self, GTask *task)
{
  g_autoptr (GTask) waiting = g_task_new (self, NULL, on_work_ended, g_object_ref (task));

  g_task_set_source_tag (waiting, await_work);
  if (self->n_working == 0)
    {
      g_task_return_boolean (waiting, TRUE);
      return;
    }

  if (self->waiting == NULL)
    self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_steal_pointer (&waiting));
}

static void
on_one_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_leave_finish (self, result, &error) && closing->error == NULL)
    closing->error = g_steal_pointer (&error);

  closing->waiting--;
  if (closing->waiting == 0)
    await_work (self, task);
}

/**
 * linkage_account_manager_close_async:
 * @self: a manager
 * @callback: what to call when all is closed
 * @user_data: data for @callback
 *
 * Closes all accounts at the same time, for the end of the program, and ends what is being opened, deleted or kept. The
 * next start shows the same one again.
 */
void
linkage_account_manager_close_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) open = NULL;
  Closing *closing;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_close_async);
  open = g_ptr_array_copy (self->open, (GCopyFunc)(void (*) (void))g_object_ref, NULL);
  g_ptr_array_set_free_func (open, g_object_unref);
  closing = g_new0 (Closing, 1);
  closing->waiting = open->len;
  g_task_set_task_data (task, closing, (GDestroyNotify)closing_free);

  self->is_closing = TRUE;
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  linkage_account_manager_set_current (self, NULL);
  for (guint i = 0; i < open->len; i++)
    leave_entry (self, g_ptr_array_index (open, i), on_one_left, g_object_ref (task));

  if (open->len == 0)
    await_work (self, task);
}

/**
 * linkage_account_manager_close_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_close_async() began.
 *
 * Returns: %TRUE when all is closed; %FALSE with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_manager_close_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
