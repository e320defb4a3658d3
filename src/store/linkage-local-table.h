/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* The tables heading and to_ask: what a person brought besides requests. Every function belongs to the thread of its
 * connection. */
gboolean linkage_local_table_remember_headings (LinkageDatabase *database, GHashTable *headings, GError **error);
GHashTable *linkage_local_table_read_headings (LinkageDatabase *database, GError **error);
gboolean linkage_local_table_add_to_ask (LinkageDatabase *database, const char *const *names, GError **error);
gboolean linkage_local_table_remove_to_ask (LinkageDatabase *database, const char *const *names, GError **error);
GStrv linkage_local_table_read_to_ask (LinkageDatabase *database, GError **error);

G_END_DECLS
