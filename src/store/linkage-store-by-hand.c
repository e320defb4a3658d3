/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-companion.h"

#include "linkage-by-hand.h"
#include "linkage-change-table.h"
#include "linkage-connection-table.h"
#include "linkage-local-table.h"
#include "linkage-row-history.h"
#include "linkage-statement.h"
#include "linkage-store-private.h"

typedef struct
{
  char *connection_id;      /* (owned) */
  LinkageRowChange *change; /* (owned) */
  GPtrArray *entries;       /* (owned) (nullable) */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->connection_id);
  linkage_row_change_unref (edit->change);
  g_clear_pointer (&edit->entries, g_ptr_array_unref);
  g_free (edit);
}

static gboolean
is_by_hand (const LinkageRowChange *change)
{
  return change->copy == 0 &&
         (change->kind == LINKAGE_ROW_CHANGE_SENT || change->kind == LINKAGE_ROW_CHANGE_CONTACT ||
          change->kind == LINKAGE_ROW_CHANGE_REQUESTS_USED || change->kind == LINKAGE_ROW_CHANGE_ENTRIES);
}

static LinkageConnection *
do_by_hand (const LinkageConnection *connection, const Edit *edit)
{
  if (edit->change->kind == LINKAGE_ROW_CHANGE_ENTRIES)
    return linkage_by_hand_set_entries (connection, edit->entries);

  return linkage_by_hand_replay (connection, edit->change);
}

static gboolean
write_edit (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Edit *edit = data;
  LinkageConnectionRecord record;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (LinkageConnection) edited = NULL;
  g_autoptr (LinkageRowChange) change = NULL;
  g_autofree char *former = NULL;
  const LinkageConnection *connection = NULL;
  gint64 row_id;

  if (!linkage_connection_table_look_up (database, edit->connection_id, &record, error))
    return FALSE;
  if (!record.is_shown)
    {
      g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no connection %s",
                   edit->connection_id);
      return FALSE;
    }

  rows = linkage_connection_table_read (database, &record.row_id, 1, error);
  if (rows == NULL)
    return FALSE;

  connection = g_array_index (rows, LinkageStoredConnection, 0).connection;
  edited = do_by_hand (connection, edit);
  edited->revision = record.revision + 1;
  former = linkage_row_history_dup_value (connection, edit->change->kind);
  change = linkage_row_change_new (edit->change->kind, edit->change->at, 0, former, edit->change->present);
  if (!linkage_connection_table_write (database, edited, &record, 0, &row_id, error) ||
      !linkage_change_table_add (database, row_id, change, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

/**
 * linkage_store_edit_async:
 * @connection_id: which row
 * @change: what was done by hand: of the kinds SENT, CONTACT, REQUESTS_USED and ENTRIES; what it was before is filled
 *   in
 * @entries: (nullable) (element-type LinkageCustomerEntry): the customer list, for the kind ENTRIES
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Writes what a person says of a row, with its history. It fails with NOT_FOUND where there is no such row.
 */
void
linkage_store_edit_async (LinkageStore *self,
                          const char *connection_id,
                          LinkageRowChange *change,
                          GPtrArray *entries,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = NULL;
  Edit *edit = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (connection_id != NULL);
  g_return_if_fail (change != NULL && is_by_hand (change));
  g_return_if_fail ((change->kind == LINKAGE_ROW_CHANGE_ENTRIES) == (entries != NULL));

  edit = g_new0 (Edit, 1);
  edit->connection_id = g_strdup (connection_id);
  edit->change = linkage_row_change_ref (change);
  edit->entries = entries != NULL ? g_ptr_array_ref (entries) : NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_edit_async);
  g_task_set_task_data (task, edit, edit_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, task, write_edit);
}

static GPtrArray *
list_changes (LinkageDatabase *database, const char *connection_id, GError **error)
{
  LinkageConnectionRecord record;

  if (!linkage_connection_table_look_up (database, connection_id, &record, error))
    return NULL;

  return linkage_change_table_list (database, record.row_id, 0, error);
}

/**
 * linkage_store_list_changes:
 * @connection_id: which row
 *
 * Returns: (transfer full) (element-type LinkageRowChange): the row's history, oldest first, or %NULL with @error in
 *   LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
GPtrArray *
linkage_store_list_changes (LinkageStore *self, const char *connection_id, GError **error)
{
  LinkageDatabase *database = NULL;
  GPtrArray *changes = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (connection_id != NULL, NULL);

  database = linkage_store_get_database (self, error);
  if (database != NULL)
    changes = list_changes (database, connection_id, error);
  if (changes == NULL)
    linkage_store_fail (self, error);

  return changes;
}

/**
 * linkage_store_get_headings:
 *
 * Returns: (transfer full) (element-type utf8 utf8): folded headings that were mapped by hand to the names of fields,
 *   or %NULL with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
GHashTable *
linkage_store_get_headings (LinkageStore *self, GError **error)
{
  LinkageDatabase *database = NULL;
  GHashTable *headings = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  database = linkage_store_get_database (self, error);
  if (database != NULL)
    headings = linkage_local_table_read_headings (database, error);
  if (headings == NULL)
    linkage_store_fail (self, error);

  return headings;
}

static gboolean
write_add_to_ask (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return linkage_local_table_add_to_ask (database, data, error);
}

static gboolean
write_remove_to_ask (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return linkage_local_table_remove_to_ask (database, data, error);
}

/**
 * linkage_store_add_to_ask_async:
 * @names: (array zero-terminated=1): customers that are to be asked; those that are on the list already stay as they
 *   are
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Adds customers to the local list of those to ask.
 */
void
linkage_store_add_to_ask_async (LinkageStore *self,
                                const char *const *names,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (names != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_add_to_ask_async);
  g_task_set_task_data (task, g_strdupv ((char **)names), (GDestroyNotify)g_strfreev);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, task, write_add_to_ask);
}

/**
 * linkage_store_remove_to_ask_async:
 * @names: (array zero-terminated=1): customers that are not to be asked any more
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Takes customers off the local list of those to ask.
 */
void
linkage_store_remove_to_ask_async (LinkageStore *self,
                                   const char *const *names,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (names != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_remove_to_ask_async);
  g_task_set_task_data (task, g_strdupv ((char **)names), (GDestroyNotify)g_strfreev);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, task, write_remove_to_ask);
}

/**
 * linkage_store_list_to_ask:
 *
 * Returns: (transfer full) (array zero-terminated=1): the customers that are to be asked, or %NULL with @error in
 *   LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
GStrv
linkage_store_list_to_ask (LinkageStore *self, GError **error)
{
  LinkageDatabase *database = NULL;
  GStrv names = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  database = linkage_store_get_database (self, error);
  if (database != NULL)
    names = linkage_local_table_read_to_ask (database, error);
  if (names == NULL)
    linkage_store_fail (self, error);

  return names;
}

typedef struct
{
  GPtrArray *connections; /* (owned) (nullable) */
} ReadAll;

static void
read_all_free (gpointer data)
{
  ReadAll *read_all = data;

  g_clear_pointer (&read_all->connections, g_ptr_array_unref);
  g_free (read_all);
}

static gboolean
read_row_ids (LinkageDatabase *database, GArray *row_ids, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT row_id FROM connection WHERE removed = 0 ORDER BY row_id", error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      gint64 row_id = linkage_statement_get_int (statement, 0);

      g_array_append_val (row_ids, row_id);
    }

  return step == LINKAGE_STEP_DONE;
}

static gboolean
read_all (LinkageDatabase *database, gpointer data, GError **error)
{
  ReadAll *read_all = data;
  g_autoptr (GArray) row_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rows = NULL;

  if (!linkage_database_execute (database, "BEGIN", error))
    return FALSE;

  if (read_row_ids (database, row_ids, error))
    rows = linkage_connection_table_read (database, (const gint64 *)(gpointer)row_ids->data, row_ids->len, error);
  linkage_database_rollback (database);
  if (rows == NULL)
    return FALSE;

  read_all->connections = g_ptr_array_new_full (rows->len, (GDestroyNotify)linkage_connection_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (read_all->connections,
                     linkage_connection_ref (g_array_index (rows, LinkageStoredConnection, i).connection));

  return TRUE;
}

/**
 * linkage_store_read_all_async:
 * @cancellable: (nullable): drops it, or interrupts it
 *
 * Reads all rows that are shown, in the thread in which orders are computed.
 */
void
linkage_store_read_all_async (LinkageStore *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_read_all_async);
  g_task_set_task_data (task, g_new0 (ReadAll, 1), read_all_free);
  linkage_database_thread_read (linkage_store_get_reader (self), task, read_all);
}

/**
 * linkage_store_read_all_finish:
 *
 * Returns: (transfer full) (element-type LinkageConnection): the rows in the order in which they came, or %NULL with
 *   @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
GPtrArray *
linkage_store_read_all_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  ReadAll *read_all = NULL;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  read_all = g_task_get_task_data (G_TASK (result));

  return g_steal_pointer (&read_all->connections);
}
