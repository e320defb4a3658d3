/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-database.h"

G_BEGIN_DECLS

/* The table account, of one row at most. Every function belongs to the thread of its connection. */
gboolean linkage_account_table_read (LinkageDatabase *database, LinkageAccountInfo **info, GError **error);
gboolean linkage_account_table_write (LinkageDatabase *database, const LinkageAccountInfo *info, GError **error);
gboolean
linkage_account_table_set_merged_into (LinkageDatabase *database, const char *id, const char *name, GError **error);

G_END_DECLS
