/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-table.h"

G_BEGIN_DECLS

LinkageImportTable *linkage_csv_reader_read (GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
