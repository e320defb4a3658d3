/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-reply.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* The customers' side of the portal: plain web pages on which a customer's person answers requests. Main thread only.
 */
typedef struct _PortalCustomerPages PortalCustomerPages;

PortalCustomerPages *portal_customer_pages_new (PortalStore *store, gboolean is_secure);
void portal_customer_pages_free (PortalCustomerPages *pages);
gboolean portal_customer_pages_is_path (const char *path);
PortalReply *portal_customer_pages_answer (PortalCustomerPages *pages, SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalCustomerPages, portal_customer_pages_free)

G_END_DECLS
