/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-outbox.h"

/* How far the clock by which an operation was dated may have been off. */
#define CLOCK_TOLERANCE (5 * 60) /* seconds */

static gboolean
is_sendable (const LinkageOperation *operation)
{
  return operation->state == LINKAGE_OPERATION_WAITING || operation->state == LINKAGE_OPERATION_SENDING;
}

/**
 * linkage_outbox_pick:
 * @operations: (element-type LinkageOperation): the outbox, oldest first
 * @due: Unix seconds by this machine's clock: what was to go by then is due
 * @handled: (element-type utf8 utf8): the keys that had their turn
 *
 * Picks what to send next: the oldest that is due, in order per customer. What still waits for one customer holds up
 * the later ones of that customer and no others.
 *
 * Returns: (transfer none) (nullable): the operation; %NULL when there is nothing to send
 */
LinkageOperation *
linkage_outbox_pick (GPtrArray *operations, gint64 due, GHashTable *handled)
{
  g_autoptr (GHashTable) held_up = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (operation->state == LINKAGE_OPERATION_REFUSED || g_hash_table_contains (held_up, operation->customer_id))
        continue;

      if (is_sendable (operation) && operation->not_before <= due && !g_hash_table_contains (handled, operation->key))
        return operation;

      g_hash_table_add (held_up, operation->customer_id);
    }

  return NULL;
}

/**
 * linkage_outbox_pick_unanswered:
 * @operations: (element-type LinkageOperation): the outbox, oldest first
 * @handled: (element-type utf8 utf8): the keys that had their turn
 *
 * Picks what is to be answered next by an account that is no more: anything, also what waits for a person.
 *
 * Returns: (transfer none) (nullable): the operation; %NULL when there is nothing to send
 */
LinkageOperation *
linkage_outbox_pick_unanswered (GPtrArray *operations, GHashTable *handled)
{
  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (operation->state != LINKAGE_OPERATION_REFUSED && !g_hash_table_contains (handled, operation->key))
        return operation;
    }

  return NULL;
}

/**
 * linkage_outbox_is_open:
 * @operations: (element-type LinkageOperation): the outbox
 *
 * Tells whether something is not answered yet.
 *
 * Returns: %TRUE when there is such an operation
 */
gboolean
linkage_outbox_is_open (GPtrArray *operations)
{
  g_autoptr (GHashTable) handled = g_hash_table_new (g_str_hash, g_str_equal);

  return linkage_outbox_pick_unanswered (operations, handled) != NULL;
}

/**
 * linkage_outbox_get_next_due:
 * @operations: (element-type LinkageOperation): the outbox
 * @now: Unix seconds by this machine's clock
 *
 * Gets when the next operation that is not due yet will be.
 *
 * Returns: Unix seconds by this machine's clock; 0: there is none
 */
gint64
linkage_outbox_get_next_due (GPtrArray *operations, gint64 now)
{
  gint64 next = 0;

  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (is_sendable (operation) && operation->not_before > now)
        next = next == 0 ? operation->not_before : MIN (next, operation->not_before);
    }

  return next;
}

/**
 * linkage_outbox_has_unanswered:
 * @operations: (element-type LinkageOperation): the outbox
 *
 * Tells whether something was sent and got no answer.
 *
 * Returns: %TRUE when there is such an operation
 */
gboolean
linkage_outbox_has_unanswered (GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (is_sendable (operation) && operation->tries > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * linkage_outbox_may_send:
 * @operation: an operation
 * @now: Unix seconds by the portal's clock
 * @epoch: (nullable): the portal's present epoch
 *
 * Tells whether an operation may be sent. What was never sent always may; a replay must reach a portal that still knows
 * the key: within %LINKAGE_OUTBOX_REPLAY_LIMIT and the same epoch.
 *
 * Returns: %FALSE when the row has to be read instead
 */
gboolean
linkage_outbox_may_send (const LinkageOperation *operation, gint64 now, const char *epoch)
{
  if (operation->tries == 0)
    return TRUE;

  if (now - operation->created_at > LINKAGE_OUTBOX_REPLAY_LIMIT)
    return FALSE;

  return operation->epoch == NULL || epoch == NULL || g_str_equal (operation->epoch, epoch);
}

/**
 * linkage_outbox_is_shown_by:
 * @operation: an operation that may have reached the portal
 * @connection: the row as it is now
 *
 * Tells whether a row shows that the request was made: an attempt not older than the operation, or an answer that
 * makes the question moot.
 *
 * Returns: %TRUE when nothing is left to be sent
 */
gboolean
linkage_outbox_is_shown_by (const LinkageOperation *operation, const LinkageConnection *connection)
{
  LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);

  if (connection->status == LINKAGE_STATUS_PENDING || connection->status == LINKAGE_STATUS_APPROVED)
    return TRUE;

  return latest != NULL && latest->requested_at >= operation->created_at - CLOCK_TOLERANCE;
}
