/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

/* The table search. Every function belongs to the thread of its connection. */
gboolean linkage_search_table_begin (LinkageDatabase *database,
                                     const char *key,
                                     const char *name,
                                     gboolean *begun,
                                     GError **error);
gboolean linkage_search_table_answer (LinkageDatabase *database,
                                      const char *key,
                                      const char *name,
                                      const char *id,
                                      GError **error);
gboolean linkage_search_table_forget (LinkageDatabase *database, const char *key, GError **error);
gboolean linkage_search_table_forget_all (LinkageDatabase *database, GError **error);
gboolean linkage_search_table_find_answered (LinkageDatabase *database, const char *name, char **id, GError **error);
gboolean linkage_search_table_find_unanswered (LinkageDatabase *database,
                                               const char *like,
                                               char **key,
                                               char **name,
                                               GError **error);

G_END_DECLS
