/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* The indexes of the table connection, for a transaction that writes most of its rows. Worker thread only. */
GPtrArray *linkage_connection_indexes_drop (LinkageDatabase *database, GError **error);
gboolean linkage_connection_indexes_create (LinkageDatabase *database, GPtrArray *statements, GError **error);

G_END_DECLS
