/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

#include "linkage-account-error-private.h"

typedef struct
{
  GStrv names;            /* (owned) */
  GPtrArray *connections; /* (owned) (nullable): null until they are read */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_strfreev (check->names);
  g_clear_pointer (&check->connections, g_ptr_array_unref);
  g_free (check);
}

static void
match_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Check *check = task_data;
  GError *error = NULL;
  GPtrArray *matches =
    linkage_name_match_list ((const char *const *)check->names, check->connections, cancellable, &error);

  if (matches != NULL)
    g_task_return_pointer (task, matches, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->connections = linkage_store_read_all_finish (LINKAGE_STORE (source), result, &error);
  if (check->connections == NULL)
    linkage_account_error_return (task, error);
  else
    g_task_run_in_thread (task, match_in_thread);
}

/**
 * linkage_companion_account_check_list_async:
 * @self: an account
 * @names: (array zero-terminated=1): names of another system
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when they are checked
 * @user_data: data for @callback
 *
 * Finds out in a thread which customers of a list have a row.
 */
void
linkage_companion_account_check_list_async (LinkageCompanionAccount *self,
                                            const char *const *names,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  GTask *task = NULL;
  Check *check = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (names != NULL);

  check = g_new0 (Check, 1);
  check->names = g_strdupv ((char **)names);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_check_list_async);
  g_task_set_task_data (task, check, check_free);
  linkage_store_read_all_async (self->store, cancellable, on_known, task);
}

/**
 * linkage_companion_account_check_list_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_companion_account_check_list_async() began.
 *
 * Returns: (transfer full) (element-type LinkageNameMatch) (nullable): one for each name that is not empty, in their
 *   order; %NULL with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR, or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
linkage_companion_account_check_list_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_companion_account_list_to_ask:
 * @self: an account
 * @error: (out) (optional): where an error goes
 *
 * Reads the local list of customers that are to be asked.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): their names, in the order in which they came; %NULL
 *   with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
GStrv
linkage_companion_account_list_to_ask (LinkageCompanionAccount *self, GError **error)
{
  GStrv names = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);

  names = linkage_store_list_to_ask (self->store, &below);
  if (names == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return names;
}

/**
 * linkage_companion_account_add_to_ask_async:
 * @self: an account
 * @names: (array zero-terminated=1): customers
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Adds customers to the local list; those that are on it stay where they are. To be ended with
 * linkage_companion_account_finish().
 */
void
linkage_companion_account_add_to_ask_async (LinkageCompanionAccount *self,
                                            const char *const *names,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (names != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_add_to_ask_async);
  linkage_store_add_to_ask_async (self->store, names, cancellable, linkage_companion_account_on_written, task);
}

/**
 * linkage_companion_account_remove_to_ask_async:
 * @self: an account
 * @names: (array zero-terminated=1): customers
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Takes customers off the local list. To be ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_remove_to_ask_async (LinkageCompanionAccount *self,
                                               const char *const *names,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (names != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_remove_to_ask_async);
  linkage_store_remove_to_ask_async (self->store, names, cancellable, linkage_companion_account_on_written, task);
}
