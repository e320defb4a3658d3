/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "config.h"

#include "linkage-connection-row.h"

#include <glib/gi18n-lib.h>

#include "linkage-connection-row-private.h"

struct _LinkageConnectionRow
{
  GObject parent_instance;

  gint64 row_id;                 /* also the key in alive */
  GHashTable *alive;             /* (owned) (element-type gint64 LinkageConnectionRow): holds nobody alive */
  LinkageConnection *connection; /* (owned) */
  LinkageOperation *operation;   /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageConnectionRow, linkage_connection_row, G_TYPE_OBJECT)

static void
linkage_connection_row_finalize (GObject *object)
{
  LinkageConnectionRow *self = LINKAGE_CONNECTION_ROW (object);

  g_hash_table_remove (self->alive, &self->row_id);
  g_hash_table_unref (self->alive);
  linkage_connection_unref (self->connection);
  g_clear_pointer (&self->operation, linkage_operation_unref);

  G_OBJECT_CLASS (linkage_connection_row_parent_class)->finalize (object);
}

static void
linkage_connection_row_class_init (LinkageConnectionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_connection_row_finalize;

  /**
   * LinkageConnectionRow::changed:
   *
   * The connection or its operation became another.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   g_cclosure_marshal_VOID__VOID, G_TYPE_NONE, 0);
}

static void
linkage_connection_row_init (LinkageConnectionRow *self)
{
}

/*
 * linkage_connection_row_new:
 * @alive: (element-type gint64 LinkageConnectionRow): has no row of this id
 * @operation: (nullable): what waits in the outbox for the row
 *
 * Returns: (transfer full): the row, which is in @alive until it is finalized
 */
LinkageConnectionRow *
linkage_connection_row_new (GHashTable *alive,
                            gint64 row_id,
                            LinkageConnection *connection,
                            LinkageOperation *operation)
{
  LinkageConnectionRow *self = g_object_new (LINKAGE_TYPE_CONNECTION_ROW, NULL);

  self->row_id = row_id;
  self->alive = g_hash_table_ref (alive);
  self->connection = linkage_connection_ref (connection);
  self->operation = operation != NULL ? linkage_operation_ref (operation) : NULL;
  g_hash_table_insert (alive, &self->row_id, self);

  return self;
}

/*
 * linkage_connection_row_new_unreadable:
 * @alive: (element-type gint64 LinkageConnectionRow): has no row of this id
 * @error: why it cannot be read
 *
 * Stands where a row should be that the database does not give: it says so in the place of the name, and has no
 * actions. It becomes the row with the first update that can be read.
 *
 * Returns: (transfer full): the row, which is in @alive until it is finalized
 */
LinkageConnectionRow *
linkage_connection_row_new_unreadable (GHashTable *alive, gint64 row_id, const GError *error)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("", _ ("This row cannot be read"));
  g_autoptr (LinkageConnection) connection = linkage_connection_new ("", customer);

  connection->status_label = g_strdup (error->message);

  return linkage_connection_row_new (alive, row_id, connection, NULL);
}

/*
 * linkage_connection_row_update:
 * @operation: (nullable): what waits in the outbox for the row
 *
 * Takes both values, then emits ::changed once.
 */
void
linkage_connection_row_update (LinkageConnectionRow *self, LinkageConnection *connection, LinkageOperation *operation)
{
  g_autoptr (LinkageConnection) old_connection = self->connection;
  g_autoptr (LinkageOperation) old_operation = self->operation;

  self->connection = linkage_connection_ref (connection);
  self->operation = operation != NULL ? linkage_operation_ref (operation) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * linkage_connection_row_get_row_id:
 * @self: a row
 *
 * Returns: the store's id of the row, which is never used for another
 */
gint64
linkage_connection_row_get_row_id (LinkageConnectionRow *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_ROW (self), 0);

  return self->row_id;
}

/**
 * linkage_connection_row_get_connection:
 * @self: a row
 *
 * Returns: (transfer none): what the row shows, until the next ::changed
 */
LinkageConnection *
linkage_connection_row_get_connection (LinkageConnectionRow *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_ROW (self), NULL);

  return self->connection;
}

/**
 * linkage_connection_row_get_operation:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what waits in the outbox for the row, until the next ::changed
 */
LinkageOperation *
linkage_connection_row_get_operation (LinkageConnectionRow *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_ROW (self), NULL);

  return self->operation;
}
