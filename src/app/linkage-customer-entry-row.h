/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-customer.h"

G_BEGIN_DECLS

/* A line of a customer list: a row that can take the focus and does nothing. */
GtkWidget *linkage_customer_entry_row_new (const LinkageCustomerEntry *entry);

G_END_DECLS
