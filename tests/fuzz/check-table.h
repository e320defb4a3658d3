/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-table.h"

G_BEGIN_DECLS

void check_table (LinkageImportTable *table);

G_END_DECLS
