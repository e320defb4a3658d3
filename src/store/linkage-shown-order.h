/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-order.h"

G_BEGIN_DECLS

/* The order that a list shows, also between the splices by which it becomes another. */
typedef struct _LinkageShownOrder LinkageShownOrder;

/* At position n_removed ids went and n_added ids came; the order is already so. */
typedef void (*LinkageShownOrderFunc) (guint position, guint n_removed, guint n_added, gpointer user_data);

LinkageShownOrder *linkage_shown_order_new (void);
void linkage_shown_order_free (LinkageShownOrder *self);
guint linkage_shown_order_get_length (const LinkageShownOrder *self);
gint64 linkage_shown_order_get_id (const LinkageShownOrder *self, guint position);
gboolean linkage_shown_order_find (const LinkageShownOrder *self, gint64 id, guint *position);
LinkageOrder *linkage_shown_order_ref_order (const LinkageShownOrder *self);
void linkage_shown_order_splice (LinkageShownOrder *self,
                                 LinkageOrder *kept,
                                 LinkageOrder *order,
                                 GArray *splices,
                                 LinkageShownOrderFunc func,
                                 gpointer user_data);
void linkage_shown_order_replace (LinkageShownOrder *self,
                                  LinkageOrder *order,
                                  LinkageShownOrderFunc func,
                                  gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageShownOrder, linkage_shown_order_free)

G_END_DECLS
