/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-status.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* What a customer's person sees of a connection: its latest request. Times are Unix seconds, UTC. */
typedef struct
{
  char *connection_id; /* (owned) */
  char *customer_name; /* (owned) */
  char *supplier_name; /* (owned): of the account that asks */
  char *contact_email; /* (owned) (nullable) */
  char *comment;       /* (owned) (nullable) */
  LinkageStatus status;
  guint number; /* 1 … 3 */
  gint64 requested_at;
  gint64 expires_at;
  gint64 responded_at; /* 0: no answer */
} PortalCustomerRequest;

void portal_customer_request_free (PortalCustomerRequest *request);
GPtrArray *portal_customer_requests_read (PortalStore *store, const char *customer_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalCustomerRequest, portal_customer_request_free)

G_END_DECLS
