/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-order-query.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* Keeps the order of one question (sort and filter) current: one query at a time in the store's reader thread, with a
 * generation number. Main thread only. */
typedef struct _LinkageOrderFeed LinkageOrderFeed;

/* answer: (nullable): null where there is an error; its splices lead from the answer before it, and are null when that
 * one was of another question or is too different. Called from a turn of the main loop of its own. */
typedef void (*LinkageOrderFeedFunc) (const LinkageOrderAnswer *answer, const GError *error, gpointer user_data);

LinkageOrderFeed *linkage_order_feed_new (LinkageStore *store, LinkageOrderFeedFunc func, gpointer user_data);
void linkage_order_feed_free (LinkageOrderFeed *self);
void linkage_order_feed_ask (LinkageOrderFeed *self, LinkageSort sort, gboolean descending, const char *filter);
void linkage_order_feed_refresh (LinkageOrderFeed *self);
void linkage_order_feed_add_gone (LinkageOrderFeed *self, gint64 row_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageOrderFeed, linkage_order_feed_free)

G_END_DECLS
