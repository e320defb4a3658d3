/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-row-change.h"

G_BEGIN_DECLS

/* (transfer full) (element-type LinkageRowChange): what a copy shows of a row that was not so before */
GPtrArray *
linkage_row_history_compare (const LinkageConnection *former, const LinkageConnection *present, gint64 at, gint64 copy);
/* (transfer full) (nullable): what a row says of that, in the form of a change */
char *linkage_row_history_dup_value (const LinkageConnection *connection, LinkageRowChangeKind kind);
char *linkage_row_history_format_requests_used (guint requests_used, gboolean is_minimum);
void linkage_row_history_parse_requests_used (const char *text, guint *requests_used, gboolean *is_minimum);

G_END_DECLS
