/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

#define PORTAL_CUSTOMER_LINKS_PATH "/customer/enter"
#define PORTAL_CUSTOMER_LINKS_LIFETIME (24 * 60 * 60) /* seconds */

/* The one-time links by which a customer's person comes to the customers' pages. */

char *portal_customer_links_create (PortalStore *store, const char *address, const char *customer_id, GError **error);
gboolean portal_customer_links_use (PortalStore *store,
                                    const char *token,
                                    gboolean *is_valid,
                                    char **customer_id,
                                    GError **error);
gboolean portal_customer_links_purge (PortalStore *store, GError **error);

G_END_DECLS
