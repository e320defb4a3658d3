/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_REQUEST_VIEW (linkage_request_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRequestView, linkage_request_view, LINKAGE, REQUEST_VIEW, GtkWidget)

/* The form of a request: contact, verification, confirmation.
 *
 * Signals: ::requested (customer's name, connection's id (nullable), whether the portal has it) — what was asked for is
 * safe in the outbox at least; ::discarded (key) — what waits in the outbox for a new verification is to be taken out.
 */
void linkage_request_view_set_customer (LinkageRequestView *self,
                                        LinkageAccount *account,
                                        LinkageCustomer *customer,
                                        LinkageConnection *connection);
gboolean linkage_request_view_is_for (LinkageRequestView *self, const char *customer_id);
gboolean linkage_request_view_awaits_answer (LinkageRequestView *self, const char *customer_id);

G_END_DECLS
