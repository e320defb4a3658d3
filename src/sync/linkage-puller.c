/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-puller.h"

#define PAGE_SIZE 200

typedef struct
{
  LinkageClient *client;   /* (owned) */
  char *since;             /* (owned) (nullable): what the page on its way was asked with */
  GHashTable *states;      /* (owned) (element-type utf8 utf8): where this pull has been */
  LinkageChanges *changes; /* (owned) (nullable): the page that is being written */
  GError *error;           /* (owned) (nullable): to be returned once the account block is written */
  gboolean reread;         /* everything is being read again */
} Pull;

static void request_page (GTask *task);

static void
pull_free (Pull *pull)
{
  g_clear_object (&pull->client);
  g_clear_pointer (&pull->since, g_free);
  g_clear_pointer (&pull->states, g_hash_table_unref);
  g_clear_pointer (&pull->changes, linkage_changes_unref);
  g_clear_error (&pull->error);
  g_free (pull);
}

static void
on_reread_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_begin_reread_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    request_page (g_steal_pointer (&task));
}

static void
begin_reread (GTask *task)
{
  Pull *pull = g_task_get_task_data (task);

  pull->reread = TRUE;
  g_hash_table_remove_all (pull->states);
  linkage_store_begin_reread_async (g_task_get_source_object (task), g_task_get_cancellable (task), on_reread_begun,
                                    task);
}

static void
on_account_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_error (task, g_steal_pointer (&pull->error));
}

static LinkageAccountInfo *
find_account (GPtrArray *accounts, const char *account_id)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      LinkageAccountInfo *info = g_ptr_array_index (accounts, i);

      if (g_strcmp0 (info->id, account_id) == 0)
        return info;
    }

  return NULL;
}

static void
on_accounts_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *pull = g_task_get_task_data (task);
  g_autoptr (GPtrArray) accounts = NULL;
  LinkageAccountInfo *info = NULL;
  GError *error = NULL;

  accounts = linkage_client_list_accounts_finish (pull->client, result, &error);
  if (accounts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  info = find_account (accounts, linkage_client_get_account_id (pull->client));
  if (info == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&pull->error));
      return;
    }

  linkage_store_complete_async (g_task_get_source_object (task), NULL, NULL, info, NULL, on_account_written,
                                g_object_ref (task));
}

/* Who may not read the rows may read the account: the window says whom to ask. */
static void
read_account_only (GTask *task, GError *error)
{
  Pull *pull = g_task_get_task_data (task);

  pull->error = error;
  linkage_client_list_accounts_async (pull->client, g_task_get_cancellable (task), on_accounts_listed, task);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_apply_changes_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (pull->changes->has_more)
    request_page (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* A page is believed only when it answers what was asked: else the same pages might be asked for for ever. */
static gboolean
check_page (Pull *pull, GError **error)
{
  const LinkageChanges *changes = pull->changes;

  if (g_strcmp0 (changes->old_state, pull->since) != 0)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                           "The changes are not those since the state that was asked for");
      return FALSE;
    }
  if (changes->has_more && !g_hash_table_add (pull->states, g_strdup (changes->new_state)))
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                           "There are more changes, but their state comes again and again");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_of_another_epoch (LinkageStore *store, const LinkageChanges *changes)
{
  g_autoptr (LinkageAccountInfo) known = linkage_store_get_account_info (store);

  return known != NULL && g_strcmp0 (known->epoch, changes->account->epoch) != 0;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pull *pull = g_task_get_task_data (task);
  LinkageStore *store = g_task_get_source_object (task);
  GError *error = NULL;

  g_clear_pointer (&pull->changes, linkage_changes_unref);
  pull->changes = linkage_client_get_changes_finish (pull->client, result, &error);

  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_STATE_UNUSABLE) && !pull->reread)
    {
      g_error_free (error);
      begin_reread (g_steal_pointer (&task));
      return;
    }
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED))
    {
      read_account_only (g_steal_pointer (&task), error);
      return;
    }
  if (pull->changes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!check_page (pull, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (pull->since != NULL && !pull->reread && is_of_another_epoch (store, pull->changes))
    {
      begin_reread (g_steal_pointer (&task));
      return;
    }

  linkage_store_apply_changes_async (store, pull->changes, g_task_get_cancellable (task), on_applied,
                                     g_object_ref (task));
}

static void
request_page (GTask *task)
{
  Pull *pull = g_task_get_task_data (task);

  g_free (pull->since);
  pull->since = linkage_store_dup_state (g_task_get_source_object (task));
  linkage_client_get_changes_async (pull->client, pull->since, PAGE_SIZE, g_task_get_cancellable (task), on_page, task);
}

/**
 * linkage_puller_pull_async:
 * @store: where it goes
 * @client: where it comes from
 * @cancellable: (nullable): a cancellable; what was written until then stays
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads what changed since the store's state until no more, each page written with its state in one transaction. A
 * state that the portal cannot use any more, or another epoch, makes it read everything again while the rows stay.
 */
void
linkage_puller_pull_async (LinkageStore *store,
                           LinkageClient *client,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Pull *pull;

  g_return_if_fail (LINKAGE_IS_STORE (store));
  g_return_if_fail (LINKAGE_IS_CLIENT (client));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_puller_pull_async);
  pull = g_new0 (Pull, 1);
  pull->client = g_object_ref (client);
  pull->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, pull, (GDestroyNotify)pull_free);

  request_page (task);
}

/**
 * linkage_puller_pull_finish:
 * @store: where it went
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_puller_pull_async() began. After %LINKAGE_REMOTE_ERROR_ROLE_REQUIRED the account block is in the
 * store nevertheless.
 *
 * Returns: %TRUE when all was read; %FALSE with @error set: a %LINKAGE_REMOTE_ERROR, a %LINKAGE_STORE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_puller_pull_finish (LinkageStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
