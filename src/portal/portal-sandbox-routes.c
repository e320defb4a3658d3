/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include "portal-customer-links.h"
#include "portal-fields.h"
#include "portal-housekeeping.h"
#include "portal-json.h"
#include "portal-sandbox.h"
#include "portal-transitions.h"

#define MAX_ADVANCE 315360000 /* seconds: ten years */

static PortalReply *
advance_clock (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  gint64 seconds = portal_fields_get_int (fields, "advance-seconds", 0, MAX_ADVANCE);
  g_autoptr (PortalReply) problem = portal_fields_get_problem (fields);

  if (problem != NULL)
    return g_steal_pointer (&problem);

  if (!portal_store_set_clock_offset (request->store, portal_store_get_clock_offset (request->store) + seconds,
                                      error) ||
      !portal_transitions_settle (request->store, error) || !portal_housekeeping_run (request->store, error))
    return NULL;

  json_builder_begin_object (builder);
  portal_json_add_time (builder, "now", portal_store_get_now (request->store));
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
reset (PortalRequest *request, GError **error)
{
  if (!portal_sandbox_reset (request->store, error))
    return NULL;

  return portal_reply_new (SOUP_STATUS_NO_CONTENT, NULL, NULL);
}

static PortalReply *
create_customer_link (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *link = portal_customer_links_create (request->store, request->settings->address, NULL, error);

  if (link == NULL)
    return NULL;

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "link", link);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_CREATED, builder);
}

/**
 * portal_sandbox_routes_add:
 * @router: a router
 *
 * Adds what only the sandbox has: its clock, beginning anew, and links to the customers' pages.
 */
void
portal_sandbox_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "POST", "/sandbox/clock", PORTAL_ACCESS_SIGNED_IN, PORTAL_ROUTE_SANDBOX, advance_clock },
    { "POST", "/sandbox/reset", PORTAL_ACCESS_SIGNED_IN, PORTAL_ROUTE_SANDBOX, reset },
    { "POST", "/sandbox/customer-link", PORTAL_ACCESS_SIGNED_IN, PORTAL_ROUTE_SANDBOX, create_customer_link },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
