/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-limits.h"

G_BEGIN_DECLS

/* One client's connection, as the stream that libsoup reads a request from and writes its reply to. It has a time for
 * everything that it waits for, and hangs up when that has passed. */
#define PORTAL_TYPE_TRANSPORT (portal_transport_get_type ())
G_DECLARE_FINAL_TYPE (PortalTransport, portal_transport, PORTAL, TRANSPORT, GIOStream)

PortalTransport *portal_transport_new (GSocket *socket,
                                       GSocketAddress *remote,
                                       GTlsCertificate *certificate,
                                       const PortalLimits *limits,
                                       GError **error);
PortalTransport *portal_transport_get_for_message (SoupServerMessage *message);
GSocket *portal_transport_get_socket (PortalTransport *self);
GSocketAddress *portal_transport_get_remote (PortalTransport *self);
void portal_transport_open_async (PortalTransport *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean portal_transport_open_finish (PortalTransport *self, GAsyncResult *result, GError **error);
void portal_transport_take_message (PortalTransport *self, SoupServerMessage *message);
void portal_transport_answer (PortalTransport *self, GBytes *answer);
void portal_transport_set_quiet (PortalTransport *self, gboolean is_quiet);

G_END_DECLS
