/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

#define PORTAL_CUSTOMER_LINKS_PATH "/customers/enter"
#define PORTAL_CUSTOMER_LINKS_LIFETIME (24 * 60 * 60) /* seconds */

char *portal_customer_links_create (PortalStore *store, const char *address, GError **error);
gboolean portal_customer_links_purge (PortalStore *store, GError **error);

G_END_DECLS
