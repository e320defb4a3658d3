/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-events.h"
#include "portal-reply.h"
#include "portal-settings.h"
#include "portal-store.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

/* One call of the interface on its way through the router to its handler. */
typedef struct
{
  PortalStore *store;             /* (unowned) */
  PortalEvents *events;           /* (unowned) */
  const PortalSettings *settings; /* (unowned) */
  SoupServerMessage *message;     /* (unowned) */
  char *path;                     /* (owned): as it was sent, still escaped */
  GHashTable *query;              /* (owned) (nullable) */
  GBytes *body;                   /* (owned) */
  GStrv parameters;               /* (owned) (nullable): of the path, in order, unescaped */
  PortalUser *user;               /* (owned) (nullable): null where anyone may call */
  PortalReply *refusal;           /* (owned) (nullable): what is answered unless a key of before has an answer */
} PortalRequest;

PortalRequest *portal_request_new (SoupServerMessage *message, GHashTable *query);
void portal_request_free (PortalRequest *request);
const char *portal_request_get_header (PortalRequest *request, const char *name);
const char *portal_request_get_parameter (PortalRequest *request, guint number);
const char *portal_request_get_query (PortalRequest *request, const char *name);
gboolean portal_request_get_query_int (PortalRequest *request,
                                       const char *name,
                                       gint64 minimum,
                                       gint64 maximum,
                                       gint64 fallback,
                                       gint64 *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalRequest, portal_request_free)

G_END_DECLS
