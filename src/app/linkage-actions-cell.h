/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-cell.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ACTIONS_CELL (linkage_actions_cell_get_type ())
G_DECLARE_FINAL_TYPE (LinkageActionsCell, linkage_actions_cell, LINKAGE, ACTIONS_CELL, LinkageCell)

GtkWidget *linkage_actions_cell_new (void);

G_END_DECLS
