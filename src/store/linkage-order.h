/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The order of a list: which row is where, and where a row is. Immutable and shared between threads. */
typedef struct _LinkageOrder LinkageOrder;

LinkageOrder *linkage_order_new (const gint64 *ids, guint n_ids);
LinkageOrder *linkage_order_new_take (GArray *ids);
LinkageOrder *linkage_order_ref (LinkageOrder *self);
void linkage_order_unref (LinkageOrder *self);
guint linkage_order_get_length (const LinkageOrder *self);
gint64 linkage_order_get_id (const LinkageOrder *self, guint position);
gboolean linkage_order_find (const LinkageOrder *self, gint64 id, guint *position);
gboolean linkage_order_equal (const LinkageOrder *self, const LinkageOrder *other);

/* One place in which two orders differ: n_removed ids at old_position of the one stand where n_added ids at
 * new_position of the other stand. kept_position: how many ids that both have precede them. */
typedef struct
{
  guint old_position;
  guint n_removed;
  guint new_position;
  guint n_added;
  guint kept_position;
} LinkageSplice;

GArray *linkage_order_diff (const LinkageOrder *before, const LinkageOrder *after, guint max_splices);
LinkageOrder *linkage_order_keep (LinkageOrder *before, LinkageOrder *after, GArray *splices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageOrder, linkage_order_unref)

G_END_DECLS
