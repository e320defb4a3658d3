/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-connection.h"
#include "linkage-rules.h"
#include "portal-store.h"

G_BEGIN_DECLS

LinkageConnection *
portal_connections_load (PortalStore *store, const char *account_id, const char *connection_id, GError **error);
gboolean portal_connections_load_rules (PortalStore *store,
                                        const char *account_id,
                                        const char *customer_id,
                                        LinkageRuleState *state,
                                        char **connection_id,
                                        GError **error);
void portal_connection_add_json (JsonBuilder *builder, const LinkageConnection *connection);

G_END_DECLS
