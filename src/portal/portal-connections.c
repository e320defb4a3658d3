/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-connections.h"

#include <glib/gi18n.h>

#include "portal-customers.h"
#include "portal-json.h"

static LinkageOrigin
read_origin (LinkageStatement *statement, int column)
{
  LinkageOrigin origin = LINKAGE_ORIGIN_SUGGESTION;

  linkage_origin_from_string (linkage_statement_get_text (statement, column), &origin);
  return origin;
}

static const char *
get_status_label (LinkageStatus status)
{
  switch (status)
    {
    case LINKAGE_STATUS_SUGGESTED:
      return C_ ("status", "Suggested");
    case LINKAGE_STATUS_PENDING:
      return C_ ("status", "Pending");
    case LINKAGE_STATUS_APPROVED:
      return C_ ("status", "Approved");
    case LINKAGE_STATUS_EXPIRED:
      return C_ ("status", "Expired");
    case LINKAGE_STATUS_REJECTED:
      return C_ ("status", "Rejected");
    case LINKAGE_STATUS_UNKNOWN:
    default:
      g_return_val_if_reached ("");
    }
}

static gboolean
load_attempts (PortalStore *store, LinkageConnection *connection, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT number, requested_at, expires_at, responded_at, outcome, contact_email, "
                                     "requested_by, comment FROM attempts WHERE connection_id = ? ORDER BY id",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection->id);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = (guint)linkage_statement_get_int (statement, 0);
      attempt->requested_at = linkage_statement_get_int (statement, 1);
      attempt->expires_at = linkage_statement_get_int (statement, 2);
      attempt->responded_at = linkage_statement_get_int (statement, 3);
      attempt->outcome = linkage_status_from_string (linkage_statement_get_text (statement, 4));
      attempt->contact_email = g_strdup (linkage_statement_get_text (statement, 5));
      attempt->requested_by = g_strdup (linkage_statement_get_text (statement, 6));
      attempt->comment = g_strdup (linkage_statement_get_text (statement, 7));
      g_ptr_array_add (connection->attempts, attempt);
    }

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_connections_load:
 * @store: a store
 * @account_id: the account that asks
 * @connection_id: a row
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Reads a live row with its attempts, and its customer list once it is approved.
 *
 * Returns: (transfer full) (nullable): the row as it is now, NULL on error
 */
LinkageConnection *
portal_connections_load (PortalStore *store, const char *account_id, const char *connection_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autoptr (LinkageConnection) connection = NULL;
  LinkageRuleState state;
  LinkageStatus status;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && connection_id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT customer_id, revision, origin, status, requests_used, was_rejected "
                                     "FROM connections WHERE id = ? AND account_id = ? AND removed_at IS NULL",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, connection_id);
  linkage_statement_bind_text (statement, 1, account_id);
  if (!portal_store_find_row (statement, "no such row", error))
    return NULL;

  status = linkage_status_from_string (linkage_statement_get_text (statement, 3));
  customer =
    portal_customers_load (store, linkage_statement_get_text (statement, 0), status == LINKAGE_STATUS_APPROVED, error);
  if (customer == NULL)
    return NULL;

  connection = linkage_connection_new (connection_id, customer);
  connection->revision = linkage_statement_get_int (statement, 1);
  connection->origin = read_origin (statement, 2);
  connection->status = status;
  connection->status_label = g_strdup (get_status_label (status));
  connection->requests_used = (guint)linkage_statement_get_int (statement, 4);
  connection->was_rejected = linkage_statement_get_int (statement, 5) != 0;
  if (!load_attempts (store, connection, error))
    return NULL;

  linkage_rules_state_from_connection (&state, connection);
  connection->actions = linkage_rules_get_actions (&state, portal_store_get_now (store));

  return g_steal_pointer (&connection);
}

/**
 * portal_connections_load_rules:
 * @store: a store
 * @account_id: an account
 * @customer_id: a customer
 * @state: (out caller-allocates): what the rules look at; what a removed row used is part of it
 * @connection_id: (out) (optional) (nullable) (transfer full): the row, NULL where the table shows none
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: FALSE on error, which there is too when there is no such customer
 */
gboolean
portal_connections_load_rules (PortalStore *store,
                               const char *account_id,
                               const char *customer_id,
                               LinkageRuleState *state,
                               char **connection_id,
                               GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && customer_id != NULL && state != NULL, FALSE);

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "SELECT accepts_requests, connections.id, removed_at, origin, status, requests_used, was_rejected, "
    "(SELECT max (requested_at) FROM attempts WHERE connection_id = connections.id) "
    "FROM customers LEFT JOIN connections ON customer_id = customers.id AND account_id = ? WHERE customers.id = ?",
    error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  linkage_statement_bind_text (statement, 1, customer_id);
  if (!portal_store_find_row (statement, "no such customer", error))
    return FALSE;

  *state = (LinkageRuleState){ .accepts_requests = linkage_statement_get_int (statement, 0) != 0 };
  if (!linkage_statement_is_null (statement, 1))
    {
      state->exists = linkage_statement_is_null (statement, 2);
      state->origin = read_origin (statement, 3);
      state->status = linkage_status_from_string (linkage_statement_get_text (statement, 4));
      state->requests_used = (guint)linkage_statement_get_int (statement, 5);
      state->was_rejected = linkage_statement_get_int (statement, 6) != 0;
      state->requested_at = linkage_statement_get_int (statement, 7);
    }
  if (connection_id != NULL)
    *connection_id = state->exists ? g_strdup (linkage_statement_get_text (statement, 1)) : NULL;

  return TRUE;
}

static void
add_attempt (JsonBuilder *builder, const LinkageAttempt *attempt)
{
  json_builder_begin_object (builder);
  portal_json_add_int (builder, "number", attempt->number);
  portal_json_add_time (builder, "requested-at", attempt->requested_at);
  portal_json_add_time (builder, "expires-at", attempt->expires_at);
  portal_json_add_time (builder, "responded-at", attempt->responded_at);
  portal_json_add_string (builder, "outcome", linkage_status_to_string (attempt->outcome));
  portal_json_add_string (builder, "contact-email", attempt->contact_email);
  portal_json_add_string (builder, "requested-by", attempt->requested_by);
  portal_json_add_string (builder, "comment", attempt->comment);
  json_builder_end_object (builder);
}

/**
 * portal_connection_add_json:
 * @builder: a builder that expects a value
 * @connection: a row
 *
 * Adds the row as `Connection` of data/openapi.yaml.
 */
void
portal_connection_add_json (JsonBuilder *builder, const LinkageConnection *connection)
{
  static const LinkageActions actions[] = { LINKAGE_ACTIONS_CONNECT, LINKAGE_ACTIONS_RESEND };
  guint i;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (connection != NULL);

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", connection->id);
  portal_json_add_int (builder, "revision", connection->revision);
  json_builder_set_member_name (builder, "customer");
  portal_customer_add_json (builder, connection->customer);
  portal_json_add_string (builder, "origin", linkage_origin_to_string (connection->origin));
  portal_json_add_string (builder, "status", linkage_status_to_string (connection->status));
  portal_json_add_string (builder, "status-label", connection->status_label);
  portal_json_add_int (builder, "requests-used", connection->requests_used);
  portal_json_add_boolean (builder, "was-rejected", connection->was_rejected);
  json_builder_set_member_name (builder, "attempts");
  json_builder_begin_array (builder);
  for (i = 0; i < connection->attempts->len; i++)
    add_attempt (builder, g_ptr_array_index (connection->attempts, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "actions");
  json_builder_begin_array (builder);
  for (i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (connection->actions & actions[i])
        json_builder_add_string_value (builder, linkage_action_to_string (actions[i]));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
