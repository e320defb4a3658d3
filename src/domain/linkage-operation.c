/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-operation.h"

static const char *const kinds[] = {
  [LINKAGE_OPERATION_CONNECT] = "connect",
  [LINKAGE_OPERATION_RESEND] = "resend",
  [LINKAGE_OPERATION_REQUEST] = "request",
};

G_DEFINE_BOXED_TYPE (LinkageOperation, linkage_operation, linkage_operation_ref, linkage_operation_unref)

static void
clear (LinkageOperation *operation)
{
  g_free (operation->key);
  g_free (operation->connection_id);
  g_free (operation->customer_id);
  g_free (operation->customer_name);
  g_free (operation->contact_email);
  g_free (operation->challenge_session);
  g_free (operation->epoch);
  g_free (operation->refusal_type);
  g_free (operation->refusal_detail);
}

/**
 * linkage_operation_kind_to_string:
 * @kind: what is asked for
 *
 * Writes a kind for storage.
 *
 * Returns: (transfer none): the kind's word
 */
const char *
linkage_operation_kind_to_string (LinkageOperationKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind];
}

/**
 * linkage_operation_kind_from_string:
 * @string: (nullable): a kind as it was stored
 * @kind: (out): where to put it; untouched when the word is unknown
 *
 * Reads a kind from storage.
 *
 * Returns: whether @string names a kind
 */
gboolean
linkage_operation_kind_from_string (const char *string, LinkageOperationKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i], string) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * linkage_operation_new:
 * @kind: what is asked for
 * @customer_id: the customer's id on the portal
 * @customer_name: the customer's name, for sentences
 *
 * Makes an outbox row with an idempotency key of its own, for the caller to fill in before it is shared. A new press
 * is a new operation, never an old one used again.
 *
 * Returns: (transfer full): a new operation that waits
 */
LinkageOperation *
linkage_operation_new (LinkageOperationKind kind, const char *customer_id, const char *customer_name)
{
  LinkageOperation *operation = NULL;

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);
  g_return_val_if_fail (customer_name != NULL, NULL);

  operation = g_atomic_rc_box_new0 (LinkageOperation);
  operation->key = g_uuid_string_random ();
  operation->kind = kind;
  operation->state = LINKAGE_OPERATION_WAITING;
  operation->customer_id = g_strdup (customer_id);
  operation->customer_name = g_strdup (customer_name);

  return operation;
}

/**
 * linkage_operation_copy:
 * @operation: an operation
 *
 * Copies an operation with its key: the way to a changed one, as a shared one is immutable.
 *
 * Returns: (transfer full): a new operation, equal to @operation
 */
LinkageOperation *
linkage_operation_copy (const LinkageOperation *operation)
{
  LinkageOperation *copy = NULL;

  g_return_val_if_fail (operation != NULL, NULL);

  copy = g_atomic_rc_box_new (LinkageOperation);
  *copy = *operation;
  copy->key = g_strdup (operation->key);
  copy->connection_id = g_strdup (operation->connection_id);
  copy->customer_id = g_strdup (operation->customer_id);
  copy->customer_name = g_strdup (operation->customer_name);
  copy->contact_email = g_strdup (operation->contact_email);
  copy->challenge_session = g_strdup (operation->challenge_session);
  copy->epoch = g_strdup (operation->epoch);
  copy->refusal_type = g_strdup (operation->refusal_type);
  copy->refusal_detail = g_strdup (operation->refusal_detail);

  return copy;
}

/**
 * linkage_operation_ref:
 * @operation: an operation
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @operation
 */
LinkageOperation *
linkage_operation_ref (LinkageOperation *operation)
{
  g_return_val_if_fail (operation != NULL, NULL);

  return g_atomic_rc_box_acquire (operation);
}

/**
 * linkage_operation_unref:
 * @operation: (transfer full): an operation
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_operation_unref (LinkageOperation *operation)
{
  g_return_if_fail (operation != NULL);

  g_atomic_rc_box_release_full (operation, (GDestroyNotify)clear);
}
