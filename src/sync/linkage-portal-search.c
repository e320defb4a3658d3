/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-search.h"

#define PAGE_SIZE 50

typedef struct
{
  LinkageClient *client; /* (owned) */
  char *name;            /* (owned) */
  char *key;             /* (owned) (nullable): null while an earlier search is read */
  LinkageSearch *search; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable): to be returned once the key is forgotten */
} Search;

static void
search_free (Search *search)
{
  g_clear_object (&search->client);
  g_clear_pointer (&search->name, g_free);
  g_clear_pointer (&search->key, g_free);
  g_clear_pointer (&search->search, linkage_search_unref);
  g_clear_error (&search->error);
  g_free (search);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_end_search_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (search->search == NULL)
    g_task_return_error (task, g_steal_pointer (&search->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&search->search), (GDestroyNotify)linkage_search_unref);
}

/* The portal answered for good: a later search of this name is another one. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_FIELDS) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  LinkageStore *store = g_task_get_source_object (task);
  g_autoptr (LinkageAccountInfo) account = NULL;

  search->search = linkage_client_create_search_finish (LINKAGE_CLIENT (source), result, &account, &search->error);
  if (search->search == NULL && !is_final (search->error))
    {
      g_task_return_error (task, g_steal_pointer (&search->error));
      return;
    }

  linkage_store_end_search_async (store, search->key, search->search, account, NULL, on_ended, g_object_ref (task));
}

static void
send_search (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  linkage_client_create_search_async (search->client, search->key, search->name, g_task_get_cancellable (task),
                                      on_created, task);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_begin_search_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    send_search (g_steal_pointer (&task));
}

static char *
find_unanswered (LinkageStore *store, Search *search, GError **error)
{
  g_autofree char *name = NULL;
  char *key = linkage_store_find_unanswered_search (store, search->name, &name, error);

  /* The key belongs to what was sent, letter by letter. */
  if (key != NULL)
    {
      g_free (search->name);
      search->name = g_steal_pointer (&name);
    }

  return key;
}

/* Key and name are durable before they go out: what a crash leaves unanswered is replayed and not counted twice. */
static void
begin_search (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  Search *search = g_task_get_task_data (task);
  LinkageStore *store = g_task_get_source_object (task);
  GError *error = NULL;

  search->key = find_unanswered (store, search, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (search->key != NULL)
    {
      send_search (g_steal_pointer (&task));
      return;
    }

  search->key = g_uuid_string_random ();
  linkage_store_begin_search_async (store, search->key, search->name, g_task_get_cancellable (task), on_begun,
                                    g_object_ref (task));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageSearch *found;
  GError *error = NULL;

  found = linkage_client_get_search_finish (LINKAGE_CLIENT (source), result, &error);
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND))
    {
      g_debug ("The portal knows an earlier search no more");
      g_error_free (error);
      begin_search (g_steal_pointer (&task));
      return;
    }

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify)linkage_search_unref);
}

/**
 * linkage_portal_search_run_async:
 * @store: where searches are remembered
 * @client: the portal
 * @name: a name as typed
 * @again: %TRUE: search anew even where an earlier search of this name is known
 * @cancellable: (nullable): a cancellable; a search that was cut off is replayed when its name is asked for again
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Finds customers by name, and spends a search only when there is no other way.
 */
void
linkage_portal_search_run_async (LinkageStore *store,
                                 LinkageClient *client,
                                 const char *name,
                                 gboolean again,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *earlier = NULL;
  Search *search;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (store));
  g_return_if_fail (LINKAGE_IS_CLIENT (client));
  g_return_if_fail (name != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_portal_search_run_async);
  search = g_new0 (Search, 1);
  search->client = g_object_ref (client);
  search->name = g_strdup (name);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);

  if (!again)
    earlier = linkage_store_find_search (store, name, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (earlier != NULL)
    {
      linkage_client_get_search_async (client, earlier, 0, PAGE_SIZE, cancellable, on_read, g_object_ref (task));
      return;
    }

  begin_search (g_steal_pointer (&task));
}

/**
 * linkage_portal_search_run_finish:
 * @store: where searches are remembered
 * @result: the result that the callback was given
 * @counted: (out) (optional): whether the portal counted a search
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_portal_search_run_async() began.
 *
 * Returns: (transfer full) (nullable): the search with its first page; %NULL with @error set: a %LINKAGE_REMOTE_ERROR,
 *   a %LINKAGE_STORE_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageSearch *
linkage_portal_search_run_finish (LinkageStore *store, GAsyncResult *result, gboolean *counted, GError **error)
{
  Search *search;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  search = g_task_get_task_data (G_TASK (result));
  if (counted != NULL)
    *counted = search->key != NULL && !g_task_had_error (G_TASK (result));

  return g_task_propagate_pointer (G_TASK (result), error);
}
