/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

const char *linkage_import_wording_get_kind (LinkageImportKind kind);
const char *linkage_import_wording_get_field (LinkageImportField field);
char *linkage_import_wording_get_summary (LinkageImportPlan *plan);
char *linkage_import_wording_get_customer (const LinkageImportRow *row);
char *linkage_import_wording_get_detail (LinkageImportPlan *plan, guint position);
char *linkage_import_wording_get_candidate (const LinkageConnection *connection);

G_END_DECLS
