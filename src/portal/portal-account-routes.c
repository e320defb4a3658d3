/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include <glib/gi18n.h>

#include "portal-accounts.h"
#include "portal-changes.h"
#include "portal-error.h"
#include "portal-json.h"
#include "portal-oauth-clients.h"

static PortalReply *
discover (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *api = g_strconcat (request->settings->address, "/api/v1", NULL);
  const PortalVerification *verification = request->settings->verification;

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "version", "1");
  portal_json_add_string (builder, "name", request->settings->is_sandbox ? _ ("Sandbox") : _ ("Linkage Portal"));
  portal_json_add_string (builder, "issuer", request->settings->address);
  portal_json_add_string (builder, "client-id", PORTAL_OAUTH_CLIENT_LINKAGE);
  portal_json_add_string (builder, "api", api);
  portal_json_add_boolean (builder, "sandbox", request->settings->is_sandbox);
  json_builder_set_member_name (builder, "challenge-providers");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, verification != NULL ? verification->provider->id : "proof-of-work");
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
list_accounts (PortalRequest *request, GError **error)
{
  g_autoptr (GPtrArray) ids = portal_accounts_list (request->store, request->user->id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint i;

  if (ids == NULL)
    return NULL;

  json_builder_begin_array (builder);
  for (i = 0; i < ids->len; i++)
    {
      g_autoptr (LinkageAccountInfo) info =
        portal_accounts_load (request->store, g_ptr_array_index (ids, i), request->user, error);

      if (info == NULL)
        return NULL;
      portal_account_add_json (builder, info);
    }
  json_builder_end_array (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
get_account (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageAccountInfo) info =
    portal_accounts_load (request->store, portal_request_get_parameter (request, 0), request->user, error);

  if (info == NULL)
    return NULL;

  portal_account_add_json (builder, info);
  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
get_changes (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageChanges) changes = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 limit;

  if (!portal_request_get_query_int (request, "limit", 1, PORTAL_CHANGES_LIMIT, PORTAL_CHANGES_DEFAULT_LIMIT, &limit))
    return portal_reply_new_problem (PORTAL_PROBLEM_INVALID_REQUEST, _ ("The limit is not a number from 1 to 500."));

  changes = portal_changes_read (request->store, portal_request_get_parameter (request, 0), request->user,
                                 portal_request_get_query (request, "since"), (guint)limit, &local_error);
  if (g_error_matches (local_error, PORTAL_ERROR, PORTAL_ERROR_STATE_UNUSABLE))
    return portal_reply_new_problem (PORTAL_PROBLEM_STATE_UNUSABLE, NULL);
  if (changes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  portal_changes_add_json (builder, changes);
  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
get_events (PortalRequest *request, GError **error)
{
  if (portal_events_is_full (request->events, portal_request_get_parameter (request, 0)))
    return portal_reply_new_problem (PORTAL_PROBLEM_TOO_MANY_STREAMS, NULL);

  return portal_reply_new_stream ();
}

/**
 * portal_account_routes_add:
 * @router: a router
 *
 * Adds discovery, accounts, changes and events.
 */
void
portal_account_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "GET", "/.well-known/linkage-portal", PORTAL_ACCESS_PUBLIC, PORTAL_ROUTE_DEFAULT, discover },
    { "GET", "/api/v1/accounts", PORTAL_ACCESS_SIGNED_IN, PORTAL_ROUTE_DEFAULT, list_accounts },
    { "GET", "/api/v1/accounts/{account}", PORTAL_ACCESS_MEMBER, PORTAL_ROUTE_DEFAULT, get_account },
    { "GET", "/api/v1/accounts/{account}/changes", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, get_changes },
    { "GET", "/api/v1/accounts/{account}/events", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, get_events },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
