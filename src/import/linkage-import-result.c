/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-result.h"

#include "linkage-rules.h"

/* Two requests to one customer are thirty days apart at least. A page in another time zone moves a date by a day, and
 * what was marked as sent by hand has the hour. */
#define SAME_REQUEST (36 * 60 * 60) /* seconds */

/**
 * linkage_import_result_is_same_request:
 * @attempt: (nullable): a request that is known
 * @row: a row that was understood
 *
 * Returns: whether the row has a date, and it is that request's
 */
gboolean
linkage_import_result_is_same_request (const LinkageAttempt *attempt, const LinkageImportRow *row)
{
  return attempt != NULL && attempt->requested_at != 0 && row->requested_at != 0 &&
         ABS (attempt->requested_at - row->requested_at) < SAME_REQUEST;
}

static LinkageAttempt *
make_attempt (const LinkageImportRow *row, guint number)
{
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = number;
  attempt->requested_at = row->requested_at;
  attempt->expires_at = row->requested_at != 0 ? linkage_rules_get_expiry (row->requested_at) : 0;
  attempt->outcome = row->status;
  attempt->contact_email = g_strdup (row->contact_email);
  attempt->comment = g_strdup (row->comment);

  return attempt;
}

static void
count_requests (LinkageConnection *connection, guint at_least)
{
  if (connection->requests_used < at_least)
    connection->requests_used = at_least;
  connection->requests_used = MIN (connection->requests_used, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
  if (connection->requests_used == LINKAGE_RULES_REQUESTS_PER_CUSTOMER)
    connection->requests_used_is_minimum = FALSE;
}

static void
add_attempt (LinkageConnection *connection, const LinkageImportRow *row)
{
  count_requests (connection, connection->requests_used + 1);
  if (connection->attempts->len == LINKAGE_RULES_REQUESTS_PER_CUSTOMER)
    g_ptr_array_remove_index (connection->attempts, 0);
  g_ptr_array_add (connection->attempts, make_attempt (row, connection->requests_used));
}

/* The row speaks of the latest request: what the table leaves out stays as it is known. */
static void
update_attempt (LinkageConnection *connection, const LinkageImportRow *row)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);
  LinkageAttempt *updated = linkage_attempt_copy (latest);

  if (row->requested_at != 0 && !linkage_import_result_is_same_request (latest, row))
    {
      updated->requested_at = row->requested_at;
      updated->expires_at = linkage_rules_get_expiry (row->requested_at);
    }
  updated->outcome = row->status;
  if (row->contact_email != NULL)
    {
      g_free (updated->contact_email);
      updated->contact_email = g_strdup (row->contact_email);
    }
  if (row->comment != NULL)
    {
      g_free (updated->comment);
      updated->comment = g_strdup (row->comment);
    }

  g_ptr_array_remove_index (connection->attempts, connection->attempts->len - 1);
  g_ptr_array_add (connection->attempts, updated);
}

/* The page shows the latest request: where that is one before what is known, those after it were never sent. */
static void
drop_unsent (LinkageConnection *connection, const LinkageImportRow *row)
{
  GPtrArray *attempts = connection->attempts;

  while (attempts->len > 1 && !linkage_import_result_is_same_request (attempts->pdata[attempts->len - 1], row) &&
         linkage_import_result_is_same_request (attempts->pdata[attempts->len - 2], row))
    {
      g_ptr_array_remove_index (attempts, attempts->len - 1);
      connection->requests_used--;
    }
}

/* A date that is earlier than what is known corrects it: the page is right. */
static void
take_attempt (LinkageConnection *connection, const LinkageImportRow *row)
{
  const LinkageAttempt *latest = NULL;

  if (row->status == LINKAGE_STATUS_SUGGESTED)
    return;

  drop_unsent (connection, row);
  latest = linkage_connection_get_latest_attempt (connection);
  if (latest == NULL || (latest->requested_at != 0 && row->requested_at > latest->requested_at &&
                         !linkage_import_result_is_same_request (latest, row)))
    add_attempt (connection, row);
  else
    update_attempt (connection, row);

  latest = linkage_connection_get_latest_attempt (connection);
  connection->origin = latest->contact_email != NULL ? LINKAGE_ORIGIN_SEARCH : LINKAGE_ORIGIN_SUGGESTION;
}

static void
take_name (LinkageConnection *connection, const char *name)
{
  g_autoptr (LinkageCustomer) former = NULL;

  if (g_str_equal (connection->customer->name, name))
    return;

  former = connection->customer;
  connection->customer = linkage_customer_new (former->id, name);
  connection->customer->country = g_strdup (former->country);
  connection->customer->accepts_requests = former->accepts_requests;
  for (guint i = 0; i < former->entries->len; i++)
    g_ptr_array_add (connection->customer->entries,
                     linkage_customer_entry_ref (g_ptr_array_index (former->entries, i)));
}

/* A request that is seen for the first time may not be the first one that was sent. */
static LinkageConnection *
make_new (const LinkageImportRow *row, const char *new_id)
{
  g_autofree char *id = g_strdup_printf ("%s-%06u", new_id, row->number);
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (id, row->customer);
  LinkageConnection *connection = linkage_connection_new (id, customer);

  connection->requests_used_is_minimum = row->status != LINKAGE_STATUS_SUGGESTED;

  return connection;
}

/**
 * linkage_import_result_make:
 * @row: a row that was understood
 * @existing: (nullable): the request of ours that it speaks of
 * @copied_at: when the copy was made, Unix seconds
 * @new_id: what ids of new requests begin with, one of its own for each copy: they come in the order in which an index
 *   takes them most easily
 *
 * Makes what a request of ours becomes by what the portal's page said, with the actions that follow. Nothing is
 * concluded that was not seen: a pending request stays so however old it is. The same date is the same attempt; a later
 * one is a new attempt. Any thread.
 *
 * Returns: (transfer full): the connection
 */
LinkageConnection *
linkage_import_result_make (const LinkageImportRow *row,
                            const LinkageConnection *existing,
                            gint64 copied_at,
                            const char *new_id)
{
  LinkageConnection *result = existing != NULL ? linkage_connection_copy (existing) : make_new (row, new_id);
  LinkageRuleState state;

  take_name (result, row->customer);
  take_attempt (result, row);
  result->status = row->status;
  result->was_rejected |= row->status == LINKAGE_STATUS_REJECTED;
  result->is_missing = FALSE;
  result->seen_at = copied_at;
  linkage_rules_state_from_connection (&state, result);
  result->actions = linkage_rules_get_actions (&state, copied_at);

  return result;
}

static gboolean
are_equal (const LinkageAttempt *a, const LinkageAttempt *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->requested_at == b->requested_at && a->outcome == b->outcome &&
         g_strcmp0 (a->contact_email, b->contact_email) == 0 && g_strcmp0 (a->comment, b->comment) == 0;
}

/**
 * linkage_import_result_is_change:
 *
 * Returns: whether the two differ in more than when they were seen
 */
gboolean
linkage_import_result_is_change (const LinkageConnection *existing, const LinkageConnection *result)
{
  return existing->status != result->status || existing->origin != result->origin ||
         existing->is_missing != result->is_missing || existing->requests_used != result->requests_used ||
         existing->attempts->len != result->attempts->len ||
         !g_str_equal (existing->customer->name, result->customer->name) ||
         !are_equal (linkage_connection_get_latest_attempt (existing), linkage_connection_get_latest_attempt (result));
}
