/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-reading.h"
#include "linkage-search-table.h"
#include "linkage-store-private.h"

/* What a write about a search is told. */
typedef struct
{
  char *key;                   /* (owned) */
  char *name;                  /* (owned) (nullable) */
  LinkageSearch *search;       /* (owned) (nullable) */
  LinkageAccountInfo *account; /* (owned) (nullable) */
} SearchWrite;

static void
search_write_free (gpointer data)
{
  SearchWrite *write = data;

  g_free (write->key);
  g_free (write->name);
  g_clear_pointer (&write->search, linkage_search_unref);
  g_clear_pointer (&write->account, linkage_account_info_unref);
  g_free (write);
}

static gboolean
write_begin (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const SearchWrite *write = data;
  gboolean begun;

  if (!linkage_search_table_begin (database, write->key, write->name, &begun, error))
    return FALSE;

  if (begun)
    return TRUE;

  g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_DUPLICATE, "A search for “%s” is not answered yet",
               write->name);

  return FALSE;
}

/**
 * linkage_store_begin_search_async:
 * @key: the idempotency key with which the search will be sent, also after a crash
 * @name: what is searched for, as it was typed
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Notes a search before it is sent, safe from a power cut when the callback runs. The same key may begin again.
 */
void
linkage_store_begin_search_async (LinkageStore *self,
                                  const char *key,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  SearchWrite *write;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  write = g_new0 (SearchWrite, 1);
  write->key = g_strdup (key);
  write->name = g_strdup (name);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_begin_search_async);
  g_task_set_task_data (task, write, search_write_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_begin);
}

/**
 * linkage_store_begin_search_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: DUPLICATE when the same name was sent with another key and is not
 *   answered, which would spend two; or FULL, BUSY, CORRUPT, FAILED; or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_begin_search_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_end (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const SearchWrite *write = data;
  g_auto (LinkageReading) reading = { 0 };

  if (write->account != NULL)
    {
      if (!linkage_reading_load (&reading, database, error) ||
          !linkage_reading_take_account (&reading, database, write->account, error) ||
          !linkage_reading_save (&reading, database, error))
        return FALSE;
      effects->account_changed = TRUE;
    }

  if (write->search == NULL)
    return linkage_search_table_forget (database, write->key, error);

  return linkage_search_table_answer (database, write->key, write->search->name, write->search->id, error);
}

/**
 * linkage_store_end_search_async:
 * @key: of the search that was answered
 * @search: (nullable): the answer; %NULL forgets the key, after a refusal
 * @account: (nullable): the account as the portal described it
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Writes what became of a search, in one transaction.
 */
void
linkage_store_end_search_async (LinkageStore *self,
                                const char *key,
                                LinkageSearch *search,
                                LinkageAccountInfo *account,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  SearchWrite *write;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  write = g_new0 (SearchWrite, 1);
  write->key = g_strdup (key);
  write->search = search != NULL ? linkage_search_ref (search) : NULL;
  write->account = account != NULL ? linkage_account_info_ref (account) : NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_end_search_async);
  g_task_set_task_data (task, write, search_write_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_end);
}

/**
 * linkage_store_end_search_finish:
 *
 * Returns: %FALSE with @error as linkage_store_apply_changes_finish() sets it
 */
gboolean
linkage_store_end_search_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_store_find_search:
 * @name: as it was typed; compared as linkage_text_fold_name() folds it
 *
 * Returns: (transfer full) (nullable): the portal's id of the latest answered search of this name, whose results it
 *   gives again for nothing; %NULL where there is none, or with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
char *
linkage_store_find_search (LinkageStore *self, const char *name, GError **error)
{
  LinkageDatabase *database;
  char *id = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_search_table_find_answered (database, name, &id, error))
    linkage_store_fail (self, error);

  return id;
}

/**
 * linkage_store_find_unanswered_search:
 * @like: (nullable): a name as it was typed; compared as linkage_text_fold_name() folds it; %NULL for any
 * @name: (out) (optional) (transfer full) (nullable): what was searched for, as it was typed
 *
 * Returns: (transfer full) (nullable): the key of the oldest search that has no answer, to be sent with again; %NULL
 *   where there is none, or with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
char *
linkage_store_find_unanswered_search (LinkageStore *self, const char *like, char **name, GError **error)
{
  g_autofree char *found_name = NULL;
  LinkageDatabase *database;
  char *key = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_search_table_find_unanswered (database, like, &key, &found_name, error))
    linkage_store_fail (self, error);

  if (name != NULL)
    *name = g_steal_pointer (&found_name);

  return key;
}
