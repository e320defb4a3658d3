/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-limits.h"
#include "portal-store.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

#define PORTAL_EVENTS_COMMENT_SECONDS 25

/* The open event streams: each hears of the newest state of its account. Main thread only. */
#define PORTAL_TYPE_EVENTS (portal_events_get_type ())
G_DECLARE_FINAL_TYPE (PortalEvents, portal_events, PORTAL, EVENTS, GObject)

PortalEvents *portal_events_new (PortalStore *store, const PortalLimits *limits);
gboolean portal_events_is_full (PortalEvents *self, const char *account_id);
void portal_events_open (PortalEvents *self,
                         SoupServerMessage *message,
                         const char *account_id,
                         const PortalUser *user,
                         const char *last_event_id);
void portal_events_refresh (PortalEvents *self);
void portal_events_close (PortalEvents *self);

G_END_DECLS
