/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include <glib/gi18n.h>

#include "portal-challenge-pages.h"
#include "portal-challenges.h"
#include "portal-customers.h"
#include "portal-fields.h"

#define MAX_ACTION_LENGTH 20
#define MAX_ID_LENGTH 64
#define MAX_PAYLOAD_LENGTH 1000

static PortalReply *
reply_challenge (PortalRequest *request, guint status, LinkageChallenge *challenge)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (challenge->proof_of_work == NULL)
    challenge->page = portal_challenge_pages_make_address (request->store, request->settings->address, challenge->id);
  portal_challenge_add_json (builder, challenge);
  return portal_reply_new_json (status, builder);
}

static LinkageActions
get_action (PortalFields *fields)
{
  const char *name = portal_fields_get_string (fields, "action", MAX_ACTION_LENGTH);
  LinkageActions action = name != NULL ? linkage_action_from_string (name) : LINKAGE_ACTIONS_NONE;

  if (action != LINKAGE_ACTIONS_REQUEST && action != LINKAGE_ACTIONS_RESEND)
    portal_fields_add_error (fields, "action", _ ("There is no verification for this."));

  return action;
}

static PortalReply *
create_challenge (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (PortalReply) problem = NULL;
  PortalChallengeBinding binding = {
    .account_id = portal_request_get_parameter (request, 0),
    .user_id = request->user->id,
    .customer_id = portal_fields_get_string (fields, "customer-id", MAX_ID_LENGTH),
    .action = get_action (fields),
  };
  gboolean is_known;

  problem = portal_fields_get_problem (fields);
  if (problem != NULL)
    return g_steal_pointer (&problem);
  if (!portal_customers_check_known (request->store, binding.account_id, binding.customer_id, &is_known, error))
    return NULL;
  if (!is_known)
    return portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, _ ("None of your searches found this customer."));

  challenge = portal_challenges_create (request->store, &binding, request->settings, error);
  return challenge != NULL ? reply_challenge (request, SOUP_STATUS_CREATED, challenge) : NULL;
}

static PortalReply *
get_challenge (PortalRequest *request, GError **error)
{
  g_autoptr (LinkageChallenge) challenge =
    portal_challenges_load (request->store, portal_request_get_parameter (request, 0), request->user->id,
                            portal_request_get_parameter (request, 1), error);

  return challenge != NULL ? reply_challenge (request, SOUP_STATUS_OK, challenge) : NULL;
}

static PortalReply *
solve_challenge (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  const char *payload = portal_fields_get_string (fields, "payload", MAX_PAYLOAD_LENGTH);
  g_autoptr (PortalReply) reply = portal_fields_get_problem (fields);
  g_autoptr (LinkageChallenge) challenge = NULL;
  PortalProblemType problem;

  challenge = portal_challenges_load (request->store, portal_request_get_parameter (request, 0), request->user->id,
                                      portal_request_get_parameter (request, 1), error);
  if (challenge == NULL)
    return NULL;
  if (reply != NULL)
    return g_steal_pointer (&reply);
  if (!portal_challenges_solve (request->store, challenge, payload, &problem, error))
    return NULL;
  if (problem != PORTAL_PROBLEM_NONE)
    return portal_reply_new_problem (problem, NULL);

  return reply_challenge (request, SOUP_STATUS_OK, challenge);
}

/**
 * portal_challenge_routes_add:
 * @router: a router
 *
 * Adds the human verification.
 */
void
portal_challenge_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "POST", "/api/v1/accounts/{account}/challenges", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, create_challenge },
    { "GET", "/api/v1/accounts/{account}/challenges/{challenge}", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT,
      get_challenge },
    { "PUT", "/api/v1/accounts/{account}/challenges/{challenge}/solution", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT,
      solve_challenge },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
