/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-search.h"
#include "portal-store.h"

G_BEGIN_DECLS

#define PORTAL_SEARCHES_LIMIT 50 /* results of one page */

char *portal_searches_fold (const char *name);
char *portal_searches_create (PortalStore *store, const char *account_id, const char *name, GError **error);
LinkageSearch *portal_searches_load (PortalStore *store,
                                     const char *account_id,
                                     const char *search_id,
                                     gint64 offset,
                                     gint64 limit,
                                     GError **error);
void portal_search_add_json (JsonBuilder *builder, const LinkageSearch *search);

G_END_DECLS
