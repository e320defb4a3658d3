/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-changes.h"
#include "portal-store.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

#define PORTAL_CHANGES_LIMIT 500
#define PORTAL_CHANGES_DEFAULT_LIMIT 50
#define PORTAL_CHANGES_TOMBSTONE_LIFETIME (60 * 24 * 60 * 60) /* seconds */

LinkageChanges *portal_changes_read (PortalStore *store,
                                     const char *account_id,
                                     const PortalUser *user,
                                     const char *since,
                                     guint limit,
                                     GError **error);
char *portal_changes_get_newest_state (PortalStore *store, const char *account_id, GError **error);
gboolean portal_changes_bury (PortalStore *store, GError **error);
void portal_changes_add_json (JsonBuilder *builder, const LinkageChanges *changes);

G_END_DECLS
