/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "portal-limits.h"

G_BEGIN_DECLS

/* Accepts connections, as many as the limits allow. */
#define PORTAL_TYPE_LISTENER (portal_listener_get_type ())
G_DECLARE_FINAL_TYPE (PortalListener, portal_listener, PORTAL, LISTENER, GObject)

PortalListener *portal_listener_new (GInetSocketAddress *address,
                                     GTlsCertificate *certificate,
                                     const PortalLimits *limits,
                                     GError **error);
GInetSocketAddress *portal_listener_get_address (PortalListener *self);
guint portal_listener_get_n_connections (PortalListener *self);
void portal_listener_close (PortalListener *self);

G_END_DECLS
