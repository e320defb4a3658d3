/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"
#include "linkage-operation.h"

G_BEGIN_DECLS

/* The table outbox. Every function belongs to the thread of its connection; now: Unix seconds, UTC. */
gboolean linkage_outbox_table_add (LinkageDatabase *database, const LinkageOperation *operation, GError **error);
gboolean linkage_outbox_table_update (LinkageDatabase *database,
                                      const LinkageOperation *operation,
                                      gboolean *found,
                                      GError **error);
gboolean linkage_outbox_table_remove (LinkageDatabase *database, const char *key, gboolean *found, GError **error);
gboolean linkage_outbox_table_hasten (LinkageDatabase *database, const char *key, gint64 now, GError **error);
gboolean linkage_outbox_table_make_room (LinkageDatabase *database, const char *customer_id, GError **error);
gboolean linkage_outbox_table_look_up (LinkageDatabase *database,
                                       const char *key,
                                       gint64 now,
                                       LinkageOperation **operation,
                                       GError **error);
gboolean linkage_outbox_table_find_by_connection (LinkageDatabase *database,
                                                  const char *connection_id,
                                                  gint64 now,
                                                  LinkageOperation **operation,
                                                  GError **error);
gboolean linkage_outbox_table_read (LinkageDatabase *database,
                                    gint64 now,
                                    GPtrArray *operations,
                                    gboolean *clamped,
                                    GError **error);
gboolean linkage_outbox_table_clamp (LinkageDatabase *database, gint64 now, GError **error);

G_END_DECLS
