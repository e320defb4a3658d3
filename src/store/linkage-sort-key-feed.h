/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-sort-keys.h"

G_BEGIN_DECLS

/* The keys of many connections, made in a thread of its own ahead of the one that writes them. */
typedef struct _LinkageSortKeyFeed LinkageSortKeyFeed;

LinkageSortKeyFeed *linkage_sort_key_feed_new (const GPtrArray *connections);
void linkage_sort_key_feed_free (LinkageSortKeyFeed *self);
const LinkageSortKeys *linkage_sort_key_feed_get_next (LinkageSortKeyFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSortKeyFeed, linkage_sort_key_feed_free)

G_END_DECLS
