/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-cell.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_TEXT_CELL_EMAIL,
  LINKAGE_TEXT_CELL_DATE,
  LINKAGE_TEXT_CELL_COMMENT,
} LinkageTextCellKind;

#define LINKAGE_TYPE_TEXT_CELL (linkage_text_cell_get_type ())
G_DECLARE_FINAL_TYPE (LinkageTextCell, linkage_text_cell, LINKAGE, TEXT_CELL, LinkageCell)

GtkWidget *linkage_text_cell_new (LinkageTextCellKind kind);

G_END_DECLS
