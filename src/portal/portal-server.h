/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "portal-router.h"
#include "portal-settings.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* The portal on the network. */
#define PORTAL_TYPE_SERVER (portal_server_get_type ())
G_DECLARE_FINAL_TYPE (PortalServer, portal_server, PORTAL, SERVER, GObject)

PortalServer *portal_server_new (PortalStore *store, gboolean is_sandbox, gint64 proof_of_work_max);
void portal_server_set_public_host (PortalServer *self, const char *host);
void portal_server_set_verification (PortalServer *self, PortalVerification *verification);
void portal_server_set_limits (PortalServer *self, const PortalLimits *limits);
gboolean
portal_server_listen (PortalServer *self, GInetSocketAddress *address, GTlsCertificate *certificate, GError **error);
const char *portal_server_get_address (PortalServer *self);
void portal_server_stop (PortalServer *self);

G_END_DECLS
