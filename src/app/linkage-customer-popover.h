/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CUSTOMER_POPOVER (linkage_customer_popover_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCustomerPopover, linkage_customer_popover, LINKAGE, CUSTOMER_POPOVER, GtkPopover)

GtkWidget *linkage_customer_popover_new (void);
void
linkage_customer_popover_set_connection (LinkageCustomerPopover *self, LinkageConnection *connection, gboolean can_add);
void linkage_customer_popover_focus_entries (LinkageCustomerPopover *self);

G_END_DECLS
