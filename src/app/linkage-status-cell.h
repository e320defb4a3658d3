/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-cell.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_STATUS_CELL (linkage_status_cell_get_type ())
G_DECLARE_FINAL_TYPE (LinkageStatusCell, linkage_status_cell, LINKAGE, STATUS_CELL, LinkageCell)

GtkWidget *linkage_status_cell_new (void);

G_END_DECLS
