/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include <glib/gi18n.h>

#include "linkage-text.h"
#include "portal-accounts.h"
#include "portal-challenges.h"
#include "portal-connections.h"
#include "portal-customers.h"
#include "portal-fields.h"
#include "portal-json.h"
#include "portal-transitions.h"

#define MAX_ID_LENGTH 64
#define MAX_EMAIL_LENGTH 254

static PortalReply *
get_connection (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageConnection) connection = portal_connections_load (
    request->store, portal_request_get_parameter (request, 0), portal_request_get_parameter (request, 1), error);

  if (connection == NULL)
    return NULL;

  portal_connection_add_json (builder, connection);
  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

/* A refusal with the row as it is now, where there is one. */
static PortalReply *
refuse (PortalProblemType problem, const LinkageConnection *connection)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  portal_problem_add_members (builder, problem, NULL);
  if (connection != NULL)
    {
      json_builder_set_member_name (builder, "connection");
      portal_connection_add_json (builder, connection);
    }
  json_builder_end_object (builder);

  return portal_reply_new_problem_json (problem, builder);
}

static PortalReply *
reply_written (PortalRequest *request, guint status, const char *connection_id, GError **error)
{
  const char *account_id = portal_request_get_parameter (request, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageConnection) connection = portal_connections_load (request->store, account_id, connection_id, error);
  g_autoptr (LinkageAccountInfo) account = NULL;

  if (connection == NULL)
    return NULL;
  account = portal_accounts_load (request->store, account_id, request->user, error);
  if (account == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "connection");
  portal_connection_add_json (builder, connection);
  json_builder_set_member_name (builder, "account");
  portal_account_add_json (builder, account);
  json_builder_end_object (builder);

  return portal_reply_new_json (status, builder);
}

/* NULL: the rules allow the action. */
static PortalReply *
check_rules (PortalRequest *request, const LinkageConnection *connection, LinkageActions action)
{
  LinkageRuleState state;
  LinkageRefusal refusal;

  linkage_rules_state_from_connection (&state, connection);
  refusal = linkage_rules_check (&state, action, portal_store_get_now (request->store));

  return refusal != LINKAGE_REFUSAL_NONE ? refuse (portal_problem_from_refusal (refusal), connection) : NULL;
}

/* NULL without an error: the verification passed and is used up. */
static PortalReply *
use_challenge (PortalRequest *request,
               LinkageActions action,
               const char *customer_id,
               const LinkageConnection *connection,
               GError **error)
{
  PortalChallengeBinding binding = {
    .account_id = portal_request_get_parameter (request, 0),
    .user_id = request->user->id,
    .customer_id = customer_id,
    .action = action,
  };
  PortalProblemType problem;

  if (!portal_challenges_use (request->store, portal_request_get_header (request, "Challenge-Session"), &binding,
                              &problem, error))
    return NULL;

  return problem != PORTAL_PROBLEM_NONE ? refuse (problem, connection) : NULL;
}

/* What a person fills in: (transfer none) (nullable), valid while fields is. */
static const char *
get_contact (PortalFields *fields)
{
  const char *email = portal_fields_get_string (fields, "contact-email", MAX_EMAIL_LENGTH);

  if (email != NULL && !linkage_text_is_email (email))
    portal_fields_add_error (fields, "contact-email", _ ("This is not an e-mail address."));

  return email;
}

static void
check_confirmed (PortalFields *fields)
{
  if (!portal_fields_get_boolean (fields, "confirmed"))
    portal_fields_add_error (fields, "confirmed", _ ("The confirmation is needed."));
}

static PortalReply *
connect_suggestion (PortalRequest *request, GError **error)
{
  g_autoptr (PortalReply) refusal = NULL;
  g_autoptr (LinkageConnection) connection = portal_connections_load (
    request->store, portal_request_get_parameter (request, 0), portal_request_get_parameter (request, 1), error);

  if (connection == NULL)
    return NULL;
  refusal = check_rules (request, connection, LINKAGE_ACTIONS_CONNECT);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  if (!portal_transitions_send (request->store, connection->id, NULL, request->user->name, error))
    return NULL;

  return reply_written (request, SOUP_STATUS_OK, connection->id, error);
}

/* Of a row from a search: the form again, and a verification. NULL without an error: both are well. */
static PortalReply *
check_resend_form (PortalRequest *request, LinkageConnection *connection, PortalFields *fields, GError **error)
{
  g_autoptr (PortalReply) problem = NULL;

  get_contact (fields);
  check_confirmed (fields);
  problem = portal_fields_get_problem (fields);
  if (problem != NULL)
    return g_steal_pointer (&problem);

  return use_challenge (request, LINKAGE_ACTIONS_RESEND, connection->customer->id, connection, error);
}

static PortalReply *
resend (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = NULL;
  g_autoptr (PortalReply) refusal = NULL;
  g_autoptr (GError) local_error = NULL;
  LinkageRuleState state;
  gboolean has_form;
  g_autoptr (LinkageConnection) connection = portal_connections_load (
    request->store, portal_request_get_parameter (request, 0), portal_request_get_parameter (request, 1), error);

  if (connection == NULL)
    return NULL;
  refusal = check_rules (request, connection, LINKAGE_ACTIONS_RESEND);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  fields = portal_fields_new (request->body);
  linkage_rules_state_from_connection (&state, connection);
  has_form = (linkage_rules_get_needs (&state, LINKAGE_ACTIONS_RESEND) & LINKAGE_NEEDS_CONTACT) != 0;
  refusal = has_form ? check_resend_form (request, connection, fields, &local_error) : NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  if (!portal_transitions_send (request->store, connection->id, has_form ? get_contact (fields) : NULL,
                                request->user->name, error))
    return NULL;

  return reply_written (request, SOUP_STATUS_OK, connection->id, error);
}

/* NULL without an error: the rules allow to ask the customer, which one of the account's searches found. */
static PortalReply *
check_request (PortalRequest *request, const char *customer_id, GError **error)
{
  const char *account_id = portal_request_get_parameter (request, 0);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autofree char *connection_id = NULL;
  LinkageRuleState state;
  LinkageRefusal refusal;
  gboolean is_known;

  if (!portal_customers_check_known (request->store, account_id, customer_id, &is_known, error))
    return NULL;
  if (!is_known)
    return portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, _ ("None of your searches found this customer."));
  if (!portal_connections_load_rules (request->store, account_id, customer_id, &state, &connection_id, error))
    return NULL;
  refusal = linkage_rules_check (&state, LINKAGE_ACTIONS_REQUEST, portal_store_get_now (request->store));
  if (refusal == LINKAGE_REFUSAL_NONE)
    return NULL;

  if (connection_id != NULL)
    {
      connection = portal_connections_load (request->store, account_id, connection_id, error);
      if (connection == NULL)
        return NULL;
    }
  return refuse (portal_problem_from_refusal (refusal), connection);
}

static PortalReply *
request_customer (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  const char *customer_id = portal_fields_get_string (fields, "customer-id", MAX_ID_LENGTH);
  const char *contact = get_contact (fields);
  g_autoptr (PortalReply) refusal = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *connection_id = NULL;

  check_confirmed (fields);
  refusal = portal_fields_get_problem (fields);
  if (refusal == NULL)
    refusal = check_request (request, customer_id, &local_error);
  if (refusal == NULL && local_error == NULL)
    refusal = use_challenge (request, LINKAGE_ACTIONS_REQUEST, customer_id, NULL, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  connection_id = portal_transitions_request (request->store, portal_request_get_parameter (request, 0), customer_id,
                                              contact, request->user->name, error);
  return connection_id != NULL ? reply_written (request, SOUP_STATUS_CREATED, connection_id, error) : NULL;
}

/**
 * portal_connection_routes_add:
 * @router: a router
 *
 * Adds the rows and what can be done with them.
 */
void
portal_connection_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "GET", "/api/v1/accounts/{account}/connections/{connection}", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT,
      get_connection },
    { "PUT", "/api/v1/accounts/{account}/connections/{connection}/connect", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      connect_suggestion },
    { "PUT", "/api/v1/accounts/{account}/connections/{connection}/resend", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      resend },
    { "POST", "/api/v1/accounts/{account}/requests", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED, request_customer },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
