/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-json-reader.h"
#include "linkage-search.h"

G_BEGIN_DECLS

/* The reply to a search that was counted: its first page, and the account with what is left. */
typedef struct
{
  LinkageSearch *search;       /* (owned) */
  LinkageAccountInfo *account; /* (owned) */
} LinkageSearchCreated;

void linkage_search_created_free (LinkageSearchCreated *created);

gpointer linkage_mapping_read_search (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_search_created (const LinkageJsonReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSearchCreated, linkage_search_created_free)

G_END_DECLS
