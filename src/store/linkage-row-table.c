/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-row-table.h"

#include "linkage-connection-row-private.h"
#include "linkage-store-private.h"

/* A few pages: a view that scrolls back and forth over an edge reads each only once. */
#define MAX_VALUES 400

struct _LinkageRowTable
{
  LinkageStore *store; /* (owned) */
  GHashTable *alive;   /* (owned) (element-type gint64 LinkageConnectionRow): rows take themselves out */
  GHashTable *values;  /* (owned) (element-type gint64 Values): of rows that nobody holds, as read last */
  guint64 n_made;
};

typedef struct
{
  gint64 row_id;                 /* also the key */
  LinkageConnection *connection; /* (owned) */
  LinkageOperation *operation;   /* (owned) (nullable) */
} Values;

static void
values_free (gpointer data)
{
  Values *values = data;

  linkage_connection_unref (values->connection);
  g_clear_pointer (&values->operation, linkage_operation_unref);
  g_free (values);
}

/*
 * linkage_row_table_new:
 * @store: where rows are read
 *
 * Returns: (transfer full): an empty table
 */
LinkageRowTable *
linkage_row_table_new (LinkageStore *store)
{
  LinkageRowTable *self = g_new0 (LinkageRowTable, 1);

  self->store = g_object_ref (store);
  self->alive = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->values = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, values_free);

  return self;
}

/*
 * linkage_row_table_free:
 * @self: (transfer full): a table; rows that somebody holds stay as they are
 */
void
linkage_row_table_free (LinkageRowTable *self)
{
  g_object_unref (self->store);
  g_hash_table_unref (self->alive);
  g_hash_table_unref (self->values);
  g_free (self);
}

/*
 * linkage_row_table_get:
 *
 * Reads nothing.
 *
 * Returns: (transfer full) (nullable): the row that somebody holds, or one made of values that were read; %NULL: its
 *   page is to be read first
 */
LinkageConnectionRow *
linkage_row_table_get (LinkageRowTable *self, gint64 row_id)
{
  LinkageConnectionRow *row = g_hash_table_lookup (self->alive, &row_id);
  const Values *values;

  if (row != NULL)
    return g_object_ref (row);

  values = g_hash_table_lookup (self->values, &row_id);
  if (values == NULL)
    return NULL;

  self->n_made++;

  return linkage_connection_row_new (self->alive, row_id, values->connection, values->operation);
}

static void
keep_values (gint64 row_id, LinkageConnection *connection, LinkageOperation *operation, gpointer user_data)
{
  LinkageRowTable *self = user_data;
  Values *values = g_new0 (Values, 1);

  values->row_id = row_id;
  values->connection = linkage_connection_ref (connection);
  values->operation = operation != NULL ? linkage_operation_ref (operation) : NULL;
  g_hash_table_replace (self->values, &values->row_id, values);
}

/*
 * linkage_row_table_read:
 * @page: (array length=n_rows): the row and those around it
 * @row_id: one of them that nobody holds
 *
 * Returns: (transfer full): the row; where @error is set in LINKAGE_STORE_ERROR, one that says that it cannot be read
 */
LinkageConnectionRow *
linkage_row_table_read (LinkageRowTable *self, const gint64 *page, guint n_rows, gint64 row_id, GError **error)
{
  g_autoptr (GError) read_error = NULL;
  LinkageConnectionRow *row = NULL;

  if (g_hash_table_size (self->values) + n_rows > MAX_VALUES)
    g_hash_table_remove_all (self->values);

  if (linkage_store_read_rows (self->store, page, n_rows, keep_values, self, &read_error))
    {
      row = linkage_row_table_get (self, row_id);
      if (row != NULL)
        return row;

      g_set_error (&read_error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND,
                   "Row %" G_GINT64_FORMAT " is not in the database", row_id);
    }

  self->n_made++;
  row = linkage_connection_row_new_unreadable (self->alive, row_id, read_error);
  g_propagate_error (error, g_steal_pointer (&read_error));

  return row;
}

/* A handler of ::changed may let go of rows, also of this one. */
static void
update_row (gint64 row_id, LinkageConnection *connection, LinkageOperation *operation, gpointer user_data)
{
  LinkageRowTable *self = user_data;
  g_autoptr (LinkageConnectionRow) row = linkage_row_table_get (self, row_id);

  if (row != NULL)
    linkage_connection_row_update (row, connection, operation);
}

/*
 * linkage_row_table_update:
 * @row_ids: (array length=n_rows): rows whose values became others
 *
 * Reads those again that somebody holds; each emits ::changed once. Of the others only the old values are forgotten.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR
 */
gboolean
linkage_row_table_update (LinkageRowTable *self, const gint64 *row_ids, guint n_rows, GError **error)
{
  g_autoptr (GArray) alive = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n_rows; i++)
    {
      g_hash_table_remove (self->values, &row_ids[i]);
      if (g_hash_table_contains (self->alive, &row_ids[i]))
        g_array_append_val (alive, row_ids[i]);
    }

  if (alive->len == 0)
    return TRUE;

  return linkage_store_read_rows (self->store, (const gint64 *)(gpointer)alive->data, alive->len, update_row, self,
                                  error);
}

/*
 * linkage_row_table_get_n_alive:
 *
 * Returns: how many rows somebody holds
 */
guint
linkage_row_table_get_n_alive (LinkageRowTable *self)
{
  return g_hash_table_size (self->alive);
}

/*
 * linkage_row_table_get_n_made:
 *
 * Returns: how many row objects were ever made
 */
guint64
linkage_row_table_get_n_made (LinkageRowTable *self)
{
  return self->n_made;
}
