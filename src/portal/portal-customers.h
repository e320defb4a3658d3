/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-customer.h"
#include "portal-store.h"

G_BEGIN_DECLS

LinkageCustomer *
portal_customers_load (PortalStore *store, const char *customer_id, gboolean with_entries, GError **error);
gboolean portal_customers_check_known (PortalStore *store,
                                       const char *account_id,
                                       const char *customer_id,
                                       gboolean *is_known,
                                       GError **error);
void portal_customer_add_json (JsonBuilder *builder, const LinkageCustomer *customer);

G_END_DECLS
