/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-operation.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CONNECTION_ROW (linkage_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageConnectionRow, linkage_connection_row, LINKAGE, CONNECTION_ROW, GObject)

/* What a cell shows: one row of a LinkageConnectionList, alive while somebody looks. The same object for the same row
 * each time. ::changed is emitted once whenever connection or operation became another. */
gint64 linkage_connection_row_get_row_id (LinkageConnectionRow *self);
/* (transfer none) */
LinkageConnection *linkage_connection_row_get_connection (LinkageConnectionRow *self);
/* (transfer none) (nullable): what waits in the outbox for this row */
LinkageOperation *linkage_connection_row_get_operation (LinkageConnectionRow *self);

G_END_DECLS
