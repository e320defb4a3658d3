/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-table.h"

#include "linkage-statement.h"

static void
clear_stored (gpointer data)
{
  LinkageStoredConnection *stored = data;

  linkage_connection_unref (stored->connection);
}

static char *
make_json (const gint64 *row_ids, guint n_rows)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", row_ids[i]);
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static LinkageConnection *
make_connection (LinkageStatement *statement)
{
  enum
  {
    ROW_ID,
    ID,
    REVISION,
    CUSTOMER_ID,
    CUSTOMER_NAME,
    CUSTOMER_COUNTRY,
    ACCEPTS_REQUESTS,
    ORIGIN,
    STATUS,
    STATUS_LABEL,
    REQUESTS_USED,
    WAS_REJECTED,
    ACTIONS,
    SEEN_AT,
    MISSING,
    USED_IS_MINIMUM,
  };
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (linkage_statement_get_text (statement, CUSTOMER_ID),
                                                               linkage_statement_get_text (statement, CUSTOMER_NAME));
  LinkageConnection *connection = linkage_connection_new (linkage_statement_get_text (statement, ID), customer);

  customer->country = g_strdup (linkage_statement_get_text (statement, CUSTOMER_COUNTRY));
  customer->accepts_requests = linkage_statement_get_int (statement, ACCEPTS_REQUESTS) != 0;
  connection->revision = linkage_statement_get_int (statement, REVISION);
  linkage_origin_from_string (linkage_statement_get_text (statement, ORIGIN), &connection->origin);
  connection->status = linkage_status_from_string (linkage_statement_get_text (statement, STATUS));
  connection->status_label = g_strdup (linkage_statement_get_text (statement, STATUS_LABEL));
  connection->requests_used = linkage_statement_get_int (statement, REQUESTS_USED);
  connection->was_rejected = linkage_statement_get_int (statement, WAS_REJECTED) != 0;
  connection->actions = linkage_statement_get_int (statement, ACTIONS);
  connection->seen_at = linkage_statement_get_int (statement, SEEN_AT);
  connection->is_missing = linkage_statement_get_int (statement, MISSING) != 0;
  connection->requests_used_is_minimum = linkage_statement_get_int (statement, USED_IS_MINIMUM) != 0;

  return connection;
}

static gboolean
read_rows (LinkageDatabase *database, const char *json, GArray *rows, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT row_id, id, revision, customer_id, customer_name, customer_country,"
                           " accepts_requests, origin, status, status_label, requests_used, was_rejected, actions,"
                           " seen_at, missing, used_is_minimum FROM connection WHERE row_id IN (SELECT value FROM "
                           "json_each (?)) ORDER BY row_id",
                           error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, json);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageStoredConnection stored = { linkage_statement_get_int (statement, 0), make_connection (statement) };

      g_array_append_val (rows, stored);
    }

  return step == LINKAGE_STEP_DONE;
}

/* Both sides are sorted by their row: what belongs to a row is found by going on from the one before. */
static LinkageConnection *
advance_to (GArray *rows, guint *index, gint64 row_id)
{
  while (*index < rows->len)
    {
      LinkageStoredConnection *stored = &g_array_index (rows, LinkageStoredConnection, *index);

      if (stored->row_id == row_id)
        return stored->connection;
      if (stored->row_id > row_id)
        return NULL;
      (*index)++;
    }

  return NULL;
}

static gboolean
read_entries (LinkageDatabase *database, const char *json, GArray *rows, GError **error)
{
  enum
  {
    ROW_ID,
    NAME,
    REFERENCE,
    COUNTRY,
    ACTIVE,
  };
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT row_id, name, reference, country, active FROM customer_entry"
                           " WHERE row_id IN (SELECT value FROM json_each (?)) ORDER BY row_id, position",
                           error);
  LinkageStep step;
  guint index = 0;

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, json);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageConnection *connection = advance_to (rows, &index, linkage_statement_get_int (statement, ROW_ID));

      if (connection != NULL)
        g_ptr_array_add (connection->customer->entries,
                         linkage_customer_entry_new (linkage_statement_get_text (statement, NAME),
                                                     linkage_statement_get_text (statement, REFERENCE),
                                                     linkage_statement_get_text (statement, COUNTRY),
                                                     linkage_statement_get_int (statement, ACTIVE) != 0));
    }

  return step == LINKAGE_STEP_DONE;
}

static LinkageAttempt *
make_attempt (LinkageStatement *statement)
{
  enum
  {
    ROW_ID,
    NUMBER,
    REQUESTED_AT,
    EXPIRES_AT,
    RESPONDED_AT,
    OUTCOME,
    CONTACT_EMAIL,
    REQUESTED_BY,
    COMMENT,
  };
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = linkage_statement_get_int (statement, NUMBER);
  attempt->requested_at = linkage_statement_get_int (statement, REQUESTED_AT);
  attempt->expires_at = linkage_statement_get_int (statement, EXPIRES_AT);
  attempt->responded_at = linkage_statement_get_int (statement, RESPONDED_AT);
  attempt->outcome = linkage_status_from_string (linkage_statement_get_text (statement, OUTCOME));
  attempt->contact_email = g_strdup (linkage_statement_get_text (statement, CONTACT_EMAIL));
  attempt->requested_by = g_strdup (linkage_statement_get_text (statement, REQUESTED_BY));
  attempt->comment = g_strdup (linkage_statement_get_text (statement, COMMENT));

  return attempt;
}

static gboolean
read_attempts (LinkageDatabase *database, const char *json, GArray *rows, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "SELECT row_id, number, requested_at, expires_at, responded_at, outcome, contact_email,"
                           " requested_by, comment FROM attempt"
                           " WHERE row_id IN (SELECT value FROM json_each (?)) ORDER BY row_id, position",
                           error);
  LinkageStep step;
  guint index = 0;

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, json);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageConnection *connection = advance_to (rows, &index, linkage_statement_get_int (statement, 0));

      if (connection != NULL)
        g_ptr_array_add (connection->attempts, make_attempt (statement));
    }

  return step == LINKAGE_STEP_DONE;
}

/*
 * linkage_connection_table_read:
 *
 * Reads whole connections, also those that are marked as removed. To be called inside a transaction, so that the
 * tables agree.
 *
 * Returns: (transfer full) (element-type LinkageStoredConnection): those that there are, by their row ids, or %NULL
 *   with @error in LINKAGE_DATABASE_ERROR
 */
GArray *
linkage_connection_table_read (LinkageDatabase *database, const gint64 *row_ids, guint n_rows, GError **error)
{
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (LinkageStoredConnection), n_rows);
  g_autofree char *json = make_json (row_ids, n_rows);

  g_array_set_clear_func (rows, clear_stored);
  if (!read_rows (database, json, rows, error) || !read_entries (database, json, rows, error) ||
      !read_attempts (database, json, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}
