/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-row.h"

G_BEGIN_DECLS

/* Finds the request that a row speaks of among those that are known: by folded name, then by address, then by date. */
typedef struct _LinkageImportMatch LinkageImportMatch;

LinkageImportMatch *linkage_import_match_new (GPtrArray *connections);
void linkage_import_match_free (LinkageImportMatch *self);
LinkageConnection *
linkage_import_match_find (LinkageImportMatch *self, const LinkageImportRow *row, gboolean *ambiguous);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageImportMatch, linkage_import_match_free)

G_END_DECLS
