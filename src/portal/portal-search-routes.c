/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include <glib/gi18n.h>

#include "linkage-rules.h"
#include "portal-accounts.h"
#include "portal-fields.h"
#include "portal-searches.h"

#define MAX_NAME_LENGTH 200

static PortalReply *
reply_created (PortalRequest *request, const char *search_id, GError **error)
{
  const char *account_id = portal_request_get_parameter (request, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (LinkageSearch) search =
    portal_searches_load (request->store, account_id, search_id, 0, PORTAL_SEARCHES_LIMIT, error);

  if (search == NULL)
    return NULL;
  account = portal_accounts_load (request->store, account_id, request->user, error);
  if (account == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "search");
  portal_search_add_json (builder, search);
  json_builder_set_member_name (builder, "account");
  portal_account_add_json (builder, account);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_CREATED, builder);
}

static const char *
get_name (PortalFields *fields)
{
  const char *name = portal_fields_get_string (fields, "name", MAX_NAME_LENGTH);
  g_autofree char *folded = name != NULL ? portal_searches_fold (name) : NULL;

  if (folded != NULL && *folded == '\0')
    portal_fields_add_error (fields, "name", _ ("This field must not be empty."));

  return name;
}

static PortalReply *
create_search (PortalRequest *request, GError **error)
{
  const char *account_id = portal_request_get_parameter (request, 0);
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  const char *name = get_name (fields);
  g_autoptr (PortalReply) problem = portal_fields_get_problem (fields);
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autofree char *search_id = NULL;
  LinkageRefusal refusal;

  if (problem != NULL)
    return g_steal_pointer (&problem);

  account = portal_accounts_load (request->store, account_id, request->user, error);
  if (account == NULL)
    return NULL;
  refusal = linkage_rules_check_search (account->searches_used, account->searches_limit);
  if (refusal != LINKAGE_REFUSAL_NONE)
    return portal_reply_new_problem (portal_problem_from_refusal (refusal), NULL);

  search_id = portal_searches_create (request->store, account_id, name, error);
  if (search_id == NULL ||
      !portal_accounts_set_searches_used (request->store, account_id, account->searches_used + 1, error))
    return NULL;

  return reply_created (request, search_id, error);
}

static PortalReply *
get_search (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageSearch) search = NULL;
  gint64 offset, limit;

  if (!portal_request_get_query_int (request, "offset", 0, G_MAXINT32, 0, &offset) ||
      !portal_request_get_query_int (request, "limit", 1, PORTAL_SEARCHES_LIMIT, PORTAL_SEARCHES_LIMIT, &limit))
    return portal_reply_new_problem (PORTAL_PROBLEM_INVALID_REQUEST, _ ("The offset or the limit is out of range."));

  search = portal_searches_load (request->store, portal_request_get_parameter (request, 0),
                                 portal_request_get_parameter (request, 1), offset, limit, error);
  if (search == NULL)
    return NULL;

  portal_search_add_json (builder, search);
  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

/**
 * portal_search_routes_add:
 * @router: a router
 *
 * Adds searches: creating one is counted, reading it is free.
 */
void
portal_search_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "POST", "/api/v1/accounts/{account}/searches", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED, create_search },
    { "GET", "/api/v1/accounts/{account}/searches/{search}", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, get_search },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
