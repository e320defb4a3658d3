/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-reply.h"
#include "portal-request.h"

G_BEGIN_DECLS

typedef enum
{
  PORTAL_ACCESS_PUBLIC,    /* anyone; not in a transaction */
  PORTAL_ACCESS_SIGNED_IN, /* whoever shows a token */
  PORTAL_ACCESS_MEMBER,    /* a user of the account, which is the path's first parameter */
  PORTAL_ACCESS_ADMIN,     /* one with the Admin role */
} PortalAccess;

typedef enum
{
  PORTAL_ROUTE_DEFAULT = 0,
  PORTAL_ROUTE_KEYED = 1 << 0,   /* a write with an idempotency key */
  PORTAL_ROUTE_SANDBOX = 1 << 1, /* only with --sandbox */
} PortalRouteFlags;

/* A handler that fails leaves nothing behind: its transaction is rolled back. It refuses before it writes. */
typedef PortalReply *(*PortalHandler) (PortalRequest *request, GError **error);

typedef struct
{
  const char *method;
  const char *path; /* "{name}" stands for one part */
  PortalAccess access;
  PortalRouteFlags flags;
  PortalHandler handle;
} PortalRoute;

typedef struct _PortalRouter PortalRouter;

PortalRouter *portal_router_new (void);
void portal_router_free (PortalRouter *router);
void portal_router_add (PortalRouter *router, const PortalRoute *routes, gsize n_routes);
GStrv portal_router_match_path (const char *template, const char *path);
PortalReply *portal_router_answer (PortalRouter *router, PortalRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalRouter, portal_router_free)

G_END_DECLS
