/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-origin.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* What happens to a row. */

gboolean portal_transitions_send (PortalStore *store,
                                  const char *connection_id,
                                  const char *contact_email,
                                  const char *requested_by,
                                  GError **error);
char *portal_transitions_request (PortalStore *store,
                                  const char *account_id,
                                  const char *customer_id,
                                  const char *contact_email,
                                  const char *requested_by,
                                  GError **error);
gboolean portal_transitions_approve (PortalStore *store, const char *connection_id, GError **error);
gboolean portal_transitions_reject (PortalStore *store, const char *connection_id, const char *comment, GError **error);
gboolean portal_transitions_settle (PortalStore *store, GError **error);
gboolean portal_transitions_settle_now (PortalStore *store, GError **error);
gboolean portal_transitions_get_next_expiry (PortalStore *store, gint64 *time, GError **error);

G_END_DECLS
