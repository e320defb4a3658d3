/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many connections each peer has. */
typedef struct _PortalPeers PortalPeers;

PortalPeers *portal_peers_new (guint share);
void portal_peers_free (PortalPeers *peers);
gboolean portal_peers_enter (PortalPeers *peers, GInetAddress *address);
void portal_peers_leave (PortalPeers *peers, GInetAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalPeers, portal_peers_free)

G_END_DECLS
