/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-by-hand.h"

#include "linkage-row-history.h"
#include "linkage-rules.h"

static void
set_actions (LinkageConnection *connection, gint64 now)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, connection);
  connection->actions = linkage_rules_get_actions (&state, now);
}

static void
set_requests_used (LinkageConnection *connection, guint requests_used, gboolean is_minimum)
{
  connection->requests_used = MIN (requests_used, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
  connection->requests_used_is_minimum = is_minimum && connection->requests_used < LINKAGE_RULES_REQUESTS_PER_CUSTOMER;
}

/**
 * linkage_by_hand_mark_sent:
 * @connection: a row that a person brought
 * @contact_email: (nullable): to whom the request went; %NULL for one from a suggestion
 * @now: when it was sent, Unix seconds
 *
 * The person sent a request on the portal's page. What became of the one before is not concluded from that.
 *
 * Returns: (transfer full): the row with one attempt more, pending
 */
LinkageConnection *
linkage_by_hand_mark_sent (const LinkageConnection *connection, const char *contact_email, gint64 now)
{
  LinkageConnection *sent = NULL;
  LinkageAttempt *attempt = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  sent = linkage_connection_copy (connection);
  set_requests_used (sent, sent->requests_used + 1, sent->requests_used_is_minimum);
  sent->status = LINKAGE_STATUS_PENDING;
  sent->origin = contact_email != NULL ? LINKAGE_ORIGIN_SEARCH : LINKAGE_ORIGIN_SUGGESTION;
  g_clear_pointer (&sent->status_label, g_free);

  attempt = linkage_attempt_new ();
  attempt->number = sent->requests_used;
  attempt->requested_at = now;
  attempt->expires_at = linkage_rules_get_expiry (now);
  attempt->outcome = LINKAGE_STATUS_PENDING;
  attempt->contact_email = g_strdup (contact_email);
  if (sent->attempts->len == LINKAGE_RULES_REQUESTS_PER_CUSTOMER)
    g_ptr_array_remove_index (sent->attempts, 0);
  g_ptr_array_add (sent->attempts, attempt);
  set_actions (sent, now);

  return sent;
}

/**
 * linkage_by_hand_set_requests_used:
 * @connection: a row that a person brought
 * @requests_used: how many requests there were, of 3
 * @is_minimum: whether there may have been more
 *
 * Returns: (transfer full): the row corrected
 */
LinkageConnection *
linkage_by_hand_set_requests_used (const LinkageConnection *connection, guint requests_used, gboolean is_minimum)
{
  LinkageConnection *corrected = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  corrected = linkage_connection_copy (connection);
  set_requests_used (corrected, requests_used, is_minimum);
  set_actions (corrected, corrected->seen_at);

  return corrected;
}

/**
 * linkage_by_hand_set_contact:
 * @connection: a row that a person brought
 * @contact_email: (nullable): to whom the latest request went
 *
 * Returns: (transfer full): the row corrected; the same values where it has no request
 */
LinkageConnection *
linkage_by_hand_set_contact (const LinkageConnection *connection, const char *contact_email)
{
  LinkageConnection *corrected = NULL;
  LinkageAttempt *attempt = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  corrected = linkage_connection_copy (connection);
  if (corrected->attempts->len == 0)
    return corrected;

  attempt = linkage_attempt_copy (linkage_connection_get_latest_attempt (corrected));
  g_free (attempt->contact_email);
  attempt->contact_email = g_strdup (contact_email);
  g_ptr_array_remove_index (corrected->attempts, corrected->attempts->len - 1);
  g_ptr_array_add (corrected->attempts, attempt);
  corrected->origin = contact_email != NULL ? LINKAGE_ORIGIN_SEARCH : LINKAGE_ORIGIN_SUGGESTION;

  return corrected;
}

/**
 * linkage_by_hand_set_entries:
 * @connection: a row that a person brought
 * @entries: (element-type LinkageCustomerEntry): the customer list behind its name
 *
 * Returns: (transfer full): the row with that list
 */
LinkageConnection *
linkage_by_hand_set_entries (const LinkageConnection *connection, GPtrArray *entries)
{
  LinkageConnection *corrected = NULL;
  LinkageCustomer *customer = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (entries != NULL, NULL);

  corrected = linkage_connection_copy (connection);
  customer = linkage_customer_new (connection->customer->id, connection->customer->name);
  customer->country = g_strdup (connection->customer->country);
  customer->accepts_requests = connection->customer->accepts_requests;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (customer->entries, linkage_customer_entry_ref (g_ptr_array_index (entries, i)));
  linkage_customer_unref (corrected->customer);
  corrected->customer = customer;

  return corrected;
}

/**
 * linkage_by_hand_replay:
 * @connection: a row, as it was before a copy that is taken back
 * @change: what was changed since
 *
 * Returns: (transfer full) (nullable): the row with that change; %NULL when it is none that was made by hand, and for
 *   the customer list, which no copy touches
 */
LinkageConnection *
linkage_by_hand_replay (const LinkageConnection *connection, const LinkageRowChange *change)
{
  guint requests_used = 0;
  gboolean is_minimum = FALSE;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (change != NULL, NULL);

  if (change->copy != 0)
    return NULL;

  switch (change->kind)
    {
    case LINKAGE_ROW_CHANGE_SENT:
      return linkage_by_hand_mark_sent (connection, change->present, change->at);
    case LINKAGE_ROW_CHANGE_CONTACT:
      return linkage_by_hand_set_contact (connection, change->present);
    case LINKAGE_ROW_CHANGE_REQUESTS_USED:
      linkage_row_history_parse_requests_used (change->present, &requests_used, &is_minimum);
      return linkage_by_hand_set_requests_used (connection, requests_used, is_minimum);
    case LINKAGE_ROW_CHANGE_STATUS:
    case LINKAGE_ROW_CHANGE_REQUESTED_AT:
    case LINKAGE_ROW_CHANGE_COMMENT:
    case LINKAGE_ROW_CHANGE_NAME:
    case LINKAGE_ROW_CHANGE_MISSING:
    case LINKAGE_ROW_CHANGE_ENTRIES:
    default:
      return NULL;
    }
}
