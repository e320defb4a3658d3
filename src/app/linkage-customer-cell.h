/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-cell.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CUSTOMER_CELL (linkage_customer_cell_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCustomerCell, linkage_customer_cell, LINKAGE, CUSTOMER_CELL, LinkageCell)

GtkWidget *linkage_customer_cell_new (void);
GtkWidget *linkage_customer_cell_get_link (LinkageCustomerCell *self); /* (transfer none) (nullable) */

G_END_DECLS
