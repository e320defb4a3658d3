/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection-row.h"

G_BEGIN_DECLS

/* alive: (element-type gint64 LinkageConnectionRow): weak; the row enters it and leaves it when it is finalized.
 * operation: (nullable) */
LinkageConnectionRow *linkage_connection_row_new (GHashTable *alive,
                                                  gint64 row_id,
                                                  LinkageConnection *connection,
                                                  LinkageOperation *operation);
LinkageConnectionRow *linkage_connection_row_new_unreadable (GHashTable *alive, gint64 row_id, const GError *error);
void
linkage_connection_row_update (LinkageConnectionRow *self, LinkageConnection *connection, LinkageOperation *operation);

G_END_DECLS
