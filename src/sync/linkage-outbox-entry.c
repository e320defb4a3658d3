/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-outbox-entry.h"

#include "linkage-rules.h"

/* Nothing of it is on its way, and it is not sent again by itself: it waits for the person. */
static gboolean
waits_for_person (const LinkageOperation *operation)
{
  return operation->state == LINKAGE_OPERATION_REFUSED || operation->state == LINKAGE_OPERATION_VERIFICATION_NEEDED;
}

static LinkageOperation *
find_operation (LinkageStore *store, const char *key, GError **error)
{
  g_autoptr (GPtrArray) operations = linkage_store_list_operations (store, error);

  if (operations == NULL)
    return NULL;

  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (g_str_equal (operation->key, key))
        return linkage_operation_ref (operation);
    }

  return NULL;
}

/* Undo lasts ten seconds of this machine, however far ahead the portal's clock is. */
static gint64
choose_not_before (const LinkageOperation *operation)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean one_press = operation->kind == LINKAGE_OPERATION_CONNECT ||
                       (operation->kind == LINKAGE_OPERATION_RESEND && operation->contact_email == NULL);

  return one_press ? linkage_rules_get_not_before (now) : now;
}

static void
on_enqueued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageOperation *entry = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_enqueue_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, linkage_operation_ref (entry), (GDestroyNotify)linkage_operation_unref);
}

/**
 * linkage_outbox_entry_submit_async:
 * @store: whose outbox
 * @operation: what is asked for; it is left as it is
 * @now: Unix seconds by the portal's clock
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is durable
 * @user_data: data for @callback
 *
 * Puts an operation in the outbox, with a key of its own. What waits for the person about the same customer gives way.
 */
void
linkage_outbox_entry_submit_async (LinkageStore *store,
                                   const LinkageOperation *operation,
                                   gint64 now,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;
  LinkageOperation *entry;

  g_return_if_fail (LINKAGE_IS_STORE (store));
  g_return_if_fail (operation != NULL);

  entry = linkage_operation_copy (operation);
  g_free (entry->key);
  entry->key = g_uuid_string_random ();
  entry->state = LINKAGE_OPERATION_WAITING;
  entry->created_at = now;
  entry->not_before = choose_not_before (operation);
  entry->tries = 0;
  g_clear_pointer (&entry->epoch, g_free);
  g_clear_pointer (&entry->refusal_type, g_free);
  g_clear_pointer (&entry->refusal_detail, g_free);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_outbox_entry_submit_async);
  /* What is durable was accepted, also when nobody waits for it any more. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, entry, (GDestroyNotify)linkage_operation_unref);

  linkage_store_enqueue_async (store, entry, cancellable, on_enqueued, task);
}

/**
 * linkage_outbox_entry_submit_finish:
 * @store: whose outbox
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_outbox_entry_submit_async() began.
 *
 * Returns: (transfer full) (nullable): the operation as it is stored; %NULL with @error set: a %LINKAGE_STORE_ERROR
 */
LinkageOperation *
linkage_outbox_entry_submit_finish (LinkageStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_dismissed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_undo_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_outbox_entry_withdraw_async:
 * @store: whose outbox
 * @key: the operation's key
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is out
 * @user_data: data for @callback
 *
 * Takes an operation out of the outbox: one that was not sent, or one that waits for the person.
 */
void
linkage_outbox_entry_withdraw_async (LinkageStore *store,
                                     const char *key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LinkageOperation) operation = NULL;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (store));
  g_return_if_fail (key != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_outbox_entry_withdraw_async);
  g_task_set_check_cancellable (task, FALSE);

  operation = find_operation (store, key, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (operation == NULL)
    g_task_return_new_error (task, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE,
                             "The operation has left the outbox");
  else if (waits_for_person (operation))
    linkage_store_complete_async (store, key, NULL, NULL, NULL, on_dismissed, g_object_ref (task));
  else
    linkage_store_undo_async (store, key, cancellable, on_undone, g_object_ref (task));
}

/**
 * linkage_outbox_entry_withdraw_finish:
 * @store: whose outbox
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_outbox_entry_withdraw_async() began.
 *
 * Returns: %TRUE when it is out; %FALSE with @error set: a %LINKAGE_STORE_ERROR
 */
gboolean
linkage_outbox_entry_withdraw_finish (LinkageStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
