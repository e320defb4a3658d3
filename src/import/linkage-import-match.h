/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-row.h"

G_BEGIN_DECLS

/* Finds the request that each row of a table speaks of among those that are known: by folded name, then by address,
 * then by date. A request is meant by one row only; so all rows first claim what address or date leave no doubt of, and
 * then settle what is left. */
typedef struct _LinkageImportMatch LinkageImportMatch;

LinkageImportMatch *linkage_import_match_new (GPtrArray *connections);
void linkage_import_match_free (LinkageImportMatch *self);
LinkageImportReason
linkage_import_match_claim (LinkageImportMatch *self, const LinkageImportRow *row, LinkageConnection **existing);
void linkage_import_match_doubt (LinkageImportMatch *self, const LinkageImportRow *row);
LinkageImportReason
linkage_import_match_settle (LinkageImportMatch *self, const LinkageImportRow *row, LinkageConnection **existing);
void linkage_import_match_take (LinkageImportMatch *self, LinkageConnection *connection);
GPtrArray *linkage_import_match_list_unclaimed (LinkageImportMatch *self, const LinkageImportRow *row);
gboolean linkage_import_match_is_missing (LinkageImportMatch *self, LinkageConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageImportMatch, linkage_import_match_free)

G_END_DECLS
