/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-connection-table.h"
#include "linkage-connection-writer.h"
#include "linkage-outbox-table.h"
#include "linkage-store-private.h"

/* The row that an operation belongs to shows it. */
static gboolean
note_operation (LinkageDatabase *database,
                const LinkageOperation *operation,
                LinkageStoreEffects *effects,
                GError **error)
{
  LinkageConnectionRecord record;

  effects->outbox_changed = TRUE;
  if (operation->connection_id == NULL)
    return TRUE;

  if (!linkage_connection_table_look_up (database, operation->connection_id, &record, error))
    return FALSE;

  if (record.is_shown)
    linkage_store_effects_add_row (effects, record.row_id, FALSE);

  return TRUE;
}

static gboolean
write_enqueue (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const LinkageOperation *operation = data;
  g_autoptr (GError) local_error = NULL;

  if (!linkage_outbox_table_make_room (database, operation->customer_id, error))
    return FALSE;

  if (linkage_outbox_table_add (database, operation, &local_error))
    return note_operation (database, operation, effects, error);

  if (g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CONSTRAINT))
    g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_DUPLICATE, "Something for %s is waiting already",
                 operation->customer_name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * linkage_store_enqueue_async:
 * @operation: what the person asked for; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Puts an operation into the outbox, safe from a power cut when the callback runs. What was refused for the same
 * customer before, or needs a verification, leaves in the same transaction: a new press means that it was seen.
 */
void
linkage_store_enqueue_async (LinkageStore *self,
                             LinkageOperation *operation,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (operation != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_enqueue_async);
  g_task_set_task_data (task, linkage_operation_ref (operation), (GDestroyNotify)linkage_operation_unref);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_enqueue);
}

/**
 * linkage_store_enqueue_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: DUPLICATE when something else is open for the customer; or FULL,
 *   BUSY, CORRUPT, FAILED; or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_enqueue_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* operation: (out) (transfer full) (nullable): what left, NULL for an unknown key */
static gboolean
take_out (LinkageDatabase *database,
          const char *key,
          LinkageOperation **operation,
          LinkageStoreEffects *effects,
          GError **error)
{
  g_autoptr (LinkageOperation) found = NULL;
  gboolean removed;

  if (!linkage_outbox_table_look_up (database, key, linkage_store_get_now (), &found, error) ||
      !linkage_outbox_table_remove (database, key, &removed, error))
    return FALSE;

  if (found != NULL && !note_operation (database, found, effects, error))
    return FALSE;

  *operation = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
write_undo (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  g_autoptr (LinkageOperation) operation = NULL;

  if (!take_out (database, data, &operation, effects, error))
    return FALSE;

  if (operation != NULL && operation->state == LINKAGE_OPERATION_WAITING)
    return TRUE;

  /* The transaction takes it back. */
  g_set_error_literal (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE, "It was sent already");

  return FALSE;
}

/**
 * linkage_store_undo_async:
 * @key: the operation's
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Takes an operation that still waits out of the outbox.
 */
void
linkage_store_undo_async (LinkageStore *self,
                          const char *key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_undo_async);
  g_task_set_task_data (task, g_strdup (key), g_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_undo);
}

/**
 * linkage_store_undo_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: TOO_LATE when it is being sent, was sent or is unknown; or as
 *   linkage_store_enqueue_finish() sets it
 */
gboolean
linkage_store_undo_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_hasten (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  g_autoptr (LinkageOperation) operation = NULL;
  gint64 now = linkage_store_get_now ();

  if (!linkage_outbox_table_hasten (database, data, now, error) ||
      !linkage_outbox_table_look_up (database, data, now, &operation, error))
    return FALSE;

  return operation == NULL || note_operation (database, operation, effects, error);
}

/**
 * linkage_store_hasten_async:
 * @key: the operation's
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Brings forward to now when an operation is due. That is all that changes: it may be on its way by then. One that has
 * left the outbox, or is due anyway, is no error.
 */
void
linkage_store_hasten_async (LinkageStore *self,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_hasten_async);
  g_task_set_task_data (task, g_strdup (key), g_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_hasten);
}

/**
 * linkage_store_hasten_finish:
 *
 * Returns: %FALSE with @error as linkage_store_enqueue_finish() sets it, DUPLICATE apart
 */
gboolean
linkage_store_hasten_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_update (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const LinkageOperation *operation = data;
  gboolean found;

  if (!linkage_outbox_table_update (database, operation, &found, error))
    return FALSE;

  if (found)
    return note_operation (database, operation, effects, error);

  g_set_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND, "There is no operation %s", operation->key);

  return FALSE;
}

/**
 * linkage_store_update_operation_async:
 * @operation: what the stored operation with the same key becomes; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Writes another state of an operation, safe from a power cut when the callback runs.
 */
void
linkage_store_update_operation_async (LinkageStore *self,
                                      LinkageOperation *operation,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (operation != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_update_operation_async);
  g_task_set_task_data (task, linkage_operation_ref (operation), (GDestroyNotify)linkage_operation_unref);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_update);
}

/**
 * linkage_store_update_operation_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: NOT_FOUND when the operation has left, by an undo say; or as
 *   linkage_store_enqueue_finish() sets it
 */
gboolean
linkage_store_update_operation_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char *key;                     /* (owned) (nullable) */
  LinkageConnection *connection; /* (owned) (nullable) */
  LinkageAccountInfo *account;   /* (owned) (nullable) */
} Completion;

static void
completion_free (gpointer data)
{
  Completion *completion = data;

  g_free (completion->key);
  g_clear_pointer (&completion->connection, linkage_connection_unref);
  g_clear_pointer (&completion->account, linkage_account_info_unref);
  g_free (completion);
}

static gboolean
write_completion (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const Completion *completion = data;
  g_autoptr (LinkageOperation) operation = NULL;
  g_auto (LinkageReading) reading = { 0 };

  if (!linkage_reading_load (&reading, database, error))
    return FALSE;

  if (completion->account != NULL)
    {
      if (!linkage_reading_take_account (&reading, database, completion->account, error) ||
          !linkage_reading_save (&reading, database, error))
        return FALSE;
      effects->account_changed = TRUE;
    }

  if (completion->connection != NULL &&
      !linkage_connection_writer_put (database, &reading, completion->connection, effects, error))
    return FALSE;

  return completion->key == NULL || take_out (database, completion->key, &operation, effects, error);
}

/**
 * linkage_store_complete_async:
 * @key: (nullable): of the operation that was answered; %NULL only writes the rest
 * @connection: (nullable): the row that the portal answered with; ignored when a higher revision is known
 * @account: (nullable): the account as the portal described it
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Writes the portal's answer and takes the operation out of the outbox, in one transaction. An operation that has left
 * already is no error.
 */
void
linkage_store_complete_async (LinkageStore *self,
                              const char *key,
                              LinkageConnection *connection,
                              LinkageAccountInfo *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Completion *completion;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  completion = g_new0 (Completion, 1);
  completion->key = g_strdup (key);
  completion->connection = connection != NULL ? linkage_connection_ref (connection) : NULL;
  completion->account = account != NULL ? linkage_account_info_ref (account) : NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_complete_async);
  g_task_set_task_data (task, completion, completion_free);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_completion);
}

/**
 * linkage_store_complete_finish:
 *
 * Returns: %FALSE with @error as linkage_store_apply_changes_finish() sets it
 */
gboolean
linkage_store_complete_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_clamp (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  effects->outbox_changed = TRUE;

  return linkage_outbox_table_clamp (database, linkage_store_get_now (), error);
}

/* The clock was set back: the wait that reading cuts short is cut short in the file too, once and for all. */
static void
clamp (LinkageStore *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, clamp);
  linkage_store_write (self, LINKAGE_DATABASE_DURABLE, g_steal_pointer (&task), write_clamp);
}

/**
 * linkage_store_list_operations:
 *
 * Reads the outbox. Not-before is never later than now and the seconds that a press can be undone for.
 *
 * Returns: (transfer container) (element-type LinkageOperation): all operations, oldest first, or %NULL with @error in
 *   LINKAGE_STORE_ERROR, or G_IO_ERROR_CLOSED
 */
GPtrArray *
linkage_store_list_operations (LinkageStore *self, GError **error)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);
  LinkageDatabase *database;
  gboolean clamped;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);

  database = linkage_store_get_database (self, error);
  if (database == NULL || !linkage_outbox_table_read (database, linkage_store_get_now (), operations, &clamped, error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  if (clamped)
    clamp (self);

  return g_steal_pointer (&operations);
}
