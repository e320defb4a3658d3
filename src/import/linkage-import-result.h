/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-row.h"

G_BEGIN_DECLS

LinkageConnection *linkage_import_result_make (const LinkageImportRow *row,
                                               const LinkageConnection *existing,
                                               gint64 copied_at,
                                               const char *new_id);
gboolean linkage_import_result_is_same_request (const LinkageAttempt *attempt, const LinkageImportRow *row);
gboolean linkage_import_result_is_change (const LinkageConnection *existing, const LinkageConnection *result);

G_END_DECLS
