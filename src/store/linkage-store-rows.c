/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-connection-table.h"
#include "linkage-outbox-table.h"
#include "linkage-store-private.h"

/* The tables are read in one transaction, so that they agree. operations: (element-type LinkageOperation): NULL for
 * none */
static GArray *
read_stored (LinkageDatabase *database, const gint64 *row_ids, guint n_rows, GPtrArray *operations, GError **error)
{
  g_autoptr (GArray) rows = NULL;
  gint64 now = linkage_store_get_now ();

  if (!linkage_database_execute (database, "BEGIN", error))
    return NULL;

  rows = linkage_connection_table_read (database, row_ids, n_rows, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LinkageStoredConnection *stored = &g_array_index (rows, LinkageStoredConnection, i);
      LinkageOperation *operation = NULL;

      if (!linkage_outbox_table_find_by_connection (database, stored->connection->id, now, &operation, error))
        {
          g_clear_pointer (&rows, g_array_unref);
          break;
        }
      g_ptr_array_add (operations, operation);
    }
  linkage_database_rollback (database);

  return g_steal_pointer (&rows);
}

static void
clear_operation (gpointer data)
{
  if (data != NULL)
    linkage_operation_unref (data);
}

/*
 * linkage_store_read_rows:
 * @func: (scope call): called for each row that there is, in the order of their ids
 *
 * Reads rows with what waits for them in the outbox, marked ones too.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_read_rows (LinkageStore *self,
                         const gint64 *row_ids,
                         guint n_rows,
                         LinkageStoreRowFunc func,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func (clear_operation);
  g_autoptr (GArray) rows = NULL;
  LinkageDatabase *database;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  database = linkage_store_get_database (self, error);
  if (database == NULL)
    return FALSE;

  rows = read_stored (database, row_ids, n_rows, operations, error);
  if (rows == NULL)
    {
      linkage_store_fail (self, error);
      return FALSE;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      LinkageStoredConnection *stored = &g_array_index (rows, LinkageStoredConnection, i);

      func (stored->row_id, stored->connection, g_ptr_array_index (operations, i), user_data);
    }

  return TRUE;
}

static LinkageConnection *
read_one (LinkageDatabase *database, gint64 row_id, GError **error)
{
  g_autoptr (GArray) rows = linkage_connection_table_read (database, &row_id, 1, error);

  if (rows == NULL)
    return NULL;

  if (rows->len == 0)
    {
      g_set_error_literal (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no such row");
      return NULL;
    }

  return linkage_connection_ref (g_array_index (rows, LinkageStoredConnection, 0).connection);
}

static LinkageConnection *
read_shown (LinkageDatabase *database, const char *id, GError **error)
{
  LinkageConnectionRecord record;

  if (!linkage_connection_table_look_up (database, id, &record, error))
    return NULL;

  if (!record.is_shown)
    {
      g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no connection %s", id);
      return NULL;
    }

  return read_one (database, record.row_id, error);
}

static LinkageConnection *
read_of_customer (LinkageDatabase *database, const char *customer_id, GError **error)
{
  gint64 row_id;

  if (!linkage_connection_table_find_customer (database, customer_id, &row_id, error))
    return NULL;

  if (row_id == 0)
    {
      g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no connection with %s",
                   customer_id);
      return NULL;
    }

  return read_one (database, row_id, error);
}

/**
 * linkage_store_get_connection:
 * @id: the connection's, on the portal
 *
 * Returns: (transfer full): the connection, or %NULL with @error in LINKAGE_STORE_ERROR: NOT_FOUND also for one that
 *   was removed; or G_IO_ERROR_CLOSED
 */
LinkageConnection *
linkage_store_get_connection (LinkageStore *self, const char *id, GError **error)
{
  g_autoptr (LinkageConnection) connection = NULL;
  LinkageDatabase *database;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_database_execute (database, "BEGIN", error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  connection = read_shown (database, id, error);
  linkage_database_rollback (database);
  if (connection == NULL)
    linkage_store_fail (self, error);

  return g_steal_pointer (&connection);
}

/**
 * linkage_store_get_row_id:
 * @id: a connection's, on the portal
 *
 * Returns: the id of its row on this machine; 0 when there is none, or it was removed, or cannot be read
 */
gint64
linkage_store_get_row_id (LinkageStore *self, const char *id)
{
  LinkageConnectionRecord record;
  LinkageDatabase *database;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), 0);
  g_return_val_if_fail (id != NULL, 0);

  database = linkage_store_get_database (self, NULL);
  if (database == NULL || !linkage_connection_table_look_up (database, id, &record, NULL))
    return 0;

  return record.is_shown ? record.row_id : 0;
}

/**
 * linkage_store_get_connection_of_customer:
 * @customer_id: the customer's, on the portal
 *
 * For the question what became of a request that knew no row when it was sent.
 *
 * Returns: (transfer full): the connection, or %NULL with @error in LINKAGE_STORE_ERROR: NOT_FOUND where the customer
 *   has no row; or G_IO_ERROR_CLOSED
 */
LinkageConnection *
linkage_store_get_connection_of_customer (LinkageStore *self, const char *customer_id, GError **error)
{
  g_autoptr (LinkageConnection) connection = NULL;
  LinkageDatabase *database;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_database_execute (database, "BEGIN", error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  connection = read_of_customer (database, customer_id, error);
  linkage_database_rollback (database);
  if (connection == NULL)
    linkage_store_fail (self, error);

  return g_steal_pointer (&connection);
}

/**
 * linkage_store_get_connection_by_row:
 * @row_id: this machine's id of the row
 *
 * Returns: (transfer full): the connection, also one that is marked as removed and still shown; or %NULL with @error in
 *   LINKAGE_STORE_ERROR: NOT_FOUND; or G_IO_ERROR_CLOSED
 */
LinkageConnection *
linkage_store_get_connection_by_row (LinkageStore *self, gint64 row_id, GError **error)
{
  g_autoptr (LinkageConnection) connection = NULL;
  LinkageDatabase *database;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_database_execute (database, "BEGIN", error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  connection = read_one (database, row_id, error);
  linkage_database_rollback (database);
  if (connection == NULL)
    linkage_store_fail (self, error);

  return g_steal_pointer (&connection);
}

static gboolean
purge (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  GArray *row_ids = data;

  for (guint i = 0; i < row_ids->len; i++)
    if (!linkage_connection_table_purge (database, g_array_index (row_ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

/*
 * linkage_store_purge:
 *
 * Deletes those of the rows that are still marked as removed. No signal follows: lists have shown that they are gone.
 */
void
linkage_store_purge (LinkageStore *self, const gint64 *row_ids, guint n_rows)
{
  g_autoptr (GTask) task = NULL;
  GArray *copy;

  g_return_if_fail (LINKAGE_IS_STORE (self));

  copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);
  g_array_append_vals (copy, row_ids, n_rows);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, linkage_store_purge);
  g_task_set_task_data (task, copy, (GDestroyNotify)g_array_unref);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, g_steal_pointer (&task), purge);
}
