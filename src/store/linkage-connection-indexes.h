/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* The indexes of the table connection that only orders and look-ups are quicker by. Worker thread only. */
gboolean linkage_connection_indexes_drop (LinkageDatabase *database, GError **error);
gboolean linkage_connection_indexes_create (LinkageDatabase *database, GError **error);

G_END_DECLS
