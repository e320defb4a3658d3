/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-connection.h"

#include "linkage-mapping-account.h"
#include "linkage-mapping-limits.h"
#include "linkage-rules.h"

/**
 * linkage_written_free:
 * @written: (transfer full): a reply to a write
 *
 * Frees the reply and what it still owns.
 */
void
linkage_written_free (LinkageWritten *written)
{
  g_return_if_fail (written != NULL);

  g_clear_pointer (&written->connection, linkage_connection_unref);
  g_clear_pointer (&written->account, linkage_account_info_unref);
  g_free (written);
}

static gpointer
read_entry (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *country = NULL;
  gboolean active;

  if (!linkage_json_reader_read_text (reader, "name", LINKAGE_MAX_NAME, &name, error) ||
      !linkage_json_reader_read_nullable_text (reader, "reference", LINKAGE_MAX_REFERENCE, &reference, error) ||
      !linkage_json_reader_read_nullable_text (reader, "country", LINKAGE_MAX_COUNTRY, &country, error) ||
      !linkage_json_reader_read_flag (reader, "active", &active, error))
    return NULL;

  return linkage_customer_entry_new (name, reference, country, active);
}

/**
 * linkage_mapping_read_customer:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a customer with its entries.
 *
 * Returns: (transfer full) (nullable) (type LinkageCustomer): the customer, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_customer (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error) ||
      !linkage_json_reader_read_text (reader, "name", LINKAGE_MAX_NAME, &name, error))
    return NULL;

  customer = linkage_customer_new (id, name);
  if (!linkage_json_reader_read_nullable_text (reader, "country", LINKAGE_MAX_COUNTRY, &customer->country, error) ||
      !linkage_json_reader_read_flag (reader, "accepts-requests", &customer->accepts_requests, error) ||
      !linkage_json_reader_read_list (reader, "entries", LINKAGE_MAX_CUSTOMER_ENTRIES, read_entry, customer->entries,
                                      error))
    return NULL;

  return g_steal_pointer (&customer);
}

static gboolean
read_outcome (const LinkageJsonReader *reader, LinkageStatus *outcome, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "outcome", LINKAGE_MAX_WORD, &word, error))
    return FALSE;

  *outcome = linkage_status_from_string (word);
  if (*outcome == LINKAGE_STATUS_UNKNOWN || *outcome == LINKAGE_STATUS_SUGGESTED)
    {
      linkage_json_reader_set_error (reader, "outcome", "is not known", error);
      return FALSE;
    }

  return TRUE;
}

static gpointer
read_attempt (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageAttempt) attempt = linkage_attempt_new ();

  if (!linkage_json_reader_read_count (reader, "number", 1, LINKAGE_RULES_REQUESTS_PER_CUSTOMER, &attempt->number,
                                       error) ||
      !linkage_json_reader_read_time (reader, "requested-at", &attempt->requested_at, error) ||
      !linkage_json_reader_read_time (reader, "expires-at", &attempt->expires_at, error) ||
      !linkage_json_reader_read_nullable_time (reader, "responded-at", &attempt->responded_at, error) ||
      !read_outcome (reader, &attempt->outcome, error) ||
      !linkage_json_reader_read_nullable_text (reader, "contact-email", LINKAGE_MAX_EMAIL, &attempt->contact_email,
                                               error) ||
      !linkage_json_reader_read_nullable_text (reader, "requested-by", LINKAGE_MAX_NAME, &attempt->requested_by,
                                               error) ||
      !linkage_json_reader_read_nullable_text (reader, "comment", LINKAGE_MAX_PARAGRAPH, &attempt->comment, error))
    return NULL;

  return g_steal_pointer (&attempt);
}

static int
compare_attempts (gconstpointer a, gconstpointer b)
{
  const LinkageAttempt *first = *(const LinkageAttempt *const *)a;
  const LinkageAttempt *second = *(const LinkageAttempt *const *)b;

  if (first->requested_at != second->requested_at)
    return first->requested_at < second->requested_at ? -1 : 1;

  return (int)first->number - (int)second->number;
}

static gpointer
read_action_name (const LinkageJsonReader *reader, GError **error)
{
  return g_strdup (linkage_json_reader_get_text (reader, LINKAGE_MAX_WORD, error));
}

/**
 * linkage_mapping_read_actions:
 * @reader: a value with a member "actions"
 * @actions: (out): the actions
 * @error: return location for an error
 *
 * Reads what may be done. An action that is not known is as if it were not there.
 *
 * Returns: whether they were read
 */
gboolean
linkage_mapping_read_actions (const LinkageJsonReader *reader, LinkageActions *actions, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (actions != NULL, FALSE);

  if (!linkage_json_reader_read_list (reader, "actions", LINKAGE_MAX_ACTIONS, read_action_name, names, error))
    return FALSE;

  *actions = LINKAGE_ACTIONS_NONE;
  for (guint i = 0; i < names->len; i++)
    *actions |= linkage_action_from_string (g_ptr_array_index (names, i));

  return TRUE;
}

/* A status that is not known is shown in the portal's own word, and nothing can be done with its row. */
static gboolean
read_status (const LinkageJsonReader *reader, LinkageConnection *connection, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "status", LINKAGE_MAX_WORD, &word, error) ||
      !linkage_json_reader_read_text (reader, "status-label", LINKAGE_MAX_STATUS_LABEL, &connection->status_label,
                                      error) ||
      !linkage_mapping_read_actions (reader, &connection->actions, error))
    return FALSE;

  connection->status = linkage_status_from_string (word);
  if (connection->status == LINKAGE_STATUS_UNKNOWN)
    connection->actions = LINKAGE_ACTIONS_NONE;

  return TRUE;
}

static gboolean
read_origin (const LinkageJsonReader *reader, LinkageOrigin *origin, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "origin", LINKAGE_MAX_WORD, &word, error))
    return FALSE;
  if (!linkage_origin_from_string (word, origin))
    {
      linkage_json_reader_set_error (reader, "origin", "is not known", error);
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_mapping_read_connection:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a row of the table with its customer and attempts.
 *
 * Returns: (transfer full) (nullable) (type LinkageConnection): the connection, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_connection (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autofree char *id = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error))
    return NULL;
  customer = linkage_json_reader_read_value (reader, "customer", linkage_mapping_read_customer, error);
  if (customer == NULL)
    return NULL;

  connection = linkage_connection_new (id, customer);
  if (!linkage_json_reader_read_integer (reader, "revision", 1, G_MAXINT64, &connection->revision, error) ||
      !read_origin (reader, &connection->origin, error) || !read_status (reader, connection, error) ||
      !linkage_json_reader_read_count (reader, "requests-used", 0, LINKAGE_RULES_REQUESTS_PER_CUSTOMER,
                                       &connection->requests_used, error) ||
      !linkage_json_reader_read_flag (reader, "was-rejected", &connection->was_rejected, error) ||
      !linkage_json_reader_read_list (reader, "attempts", LINKAGE_MAX_ATTEMPTS, read_attempt, connection->attempts,
                                      error))
    return NULL;
  g_ptr_array_sort (connection->attempts, compare_attempts);

  return g_steal_pointer (&connection);
}

/**
 * linkage_mapping_read_written:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads the reply to a write.
 *
 * Returns: (transfer full) (nullable) (type LinkageWritten): the reply, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_written (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageWritten) written = g_new0 (LinkageWritten, 1);

  written->connection = linkage_json_reader_read_value (reader, "connection", linkage_mapping_read_connection, error);
  if (written->connection == NULL)
    return NULL;
  written->account = linkage_json_reader_read_value (reader, "account", linkage_mapping_read_account, error);
  if (written->account == NULL)
    return NULL;

  return g_steal_pointer (&written);
}
