/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-database.h"
#include "linkage-sort-keys.h"

G_BEGIN_DECLS

/* The tables connection, customer_entry, attempt and tombstone. Every function belongs to the thread of its
 * connection. */

/* What is known of a connection, shown or gone. */
typedef struct
{
  gint64 row_id; /* 0: it never had a row */
  gint64 revision;
  gint64 generation;
  gboolean exists; /* FALSE: never heard of */
  gboolean is_shown;
} LinkageConnectionRecord;

typedef struct
{
  gint64 row_id;
  LinkageConnection *connection; /* (owned) */
} LinkageStoredConnection;

/* Of a row that is taken away. */
typedef struct
{
  gint64 at;         /* Unix seconds by the portal's clock */
  gint64 kept_since; /* a generation: of what was last seen before it nothing is kept */
} LinkageRemoval;

gboolean linkage_connection_table_look_up (LinkageDatabase *database,
                                           const char *id,
                                           LinkageConnectionRecord *record,
                                           GError **error);
gboolean linkage_connection_table_find_customer (LinkageDatabase *database,
                                                 const char *customer_id,
                                                 gint64 *row_id,
                                                 GError **error);
gboolean linkage_connection_table_get_last (LinkageDatabase *database, gint64 *row_id, GError **error);
gboolean linkage_connection_table_write_with_keys (LinkageDatabase *database,
                                                   const LinkageConnection *connection,
                                                   const LinkageSortKeys *keys,
                                                   const LinkageConnectionRecord *record,
                                                   gint64 revision,
                                                   gint64 generation,
                                                   gint64 *row_id,
                                                   GError **error);
gboolean linkage_connection_table_write (LinkageDatabase *database,
                                         const LinkageConnection *connection,
                                         const LinkageConnectionRecord *record,
                                         gint64 generation,
                                         gint64 *row_id,
                                         GError **error);
gboolean
linkage_connection_table_mark_seen (LinkageDatabase *database, gint64 row_id, gint64 generation, GError **error);
gboolean linkage_connection_table_bury (LinkageDatabase *database,
                                        const char *id,
                                        const LinkageConnectionRecord *record,
                                        gint64 revision,
                                        gint64 generation,
                                        const LinkageRemoval *removal,
                                        GError **error);
GArray *linkage_connection_table_bury_unseen (LinkageDatabase *database,
                                              gint64 generation,
                                              const LinkageRemoval *removal,
                                              GError **error);
gboolean linkage_connection_table_purge (LinkageDatabase *database, gint64 row_id, GError **error);
gboolean linkage_connection_table_purge_all (LinkageDatabase *database, GError **error);
gboolean linkage_connection_table_rebuild_keys (LinkageDatabase *database, GError **error);
GArray *linkage_connection_table_read (LinkageDatabase *database, const gint64 *row_ids, guint n_rows, GError **error);

G_END_DECLS
