/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-router.h"

G_BEGIN_DECLS

/* The parts of the interface, each with its routes. */
void portal_oauth_routes_add (PortalRouter *router);
void portal_account_routes_add (PortalRouter *router);
void portal_connection_routes_add (PortalRouter *router);
void portal_search_routes_add (PortalRouter *router);
void portal_challenge_routes_add (PortalRouter *router);
void portal_merge_routes_add (PortalRouter *router);
void portal_sandbox_routes_add (PortalRouter *router);

G_END_DECLS
