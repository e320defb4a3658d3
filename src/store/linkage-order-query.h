/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection-list.h"
#include "linkage-database-thread.h"
#include "linkage-order.h"

G_BEGIN_DECLS

/* What a list wants to know of the reader thread. */
typedef struct
{
  LinkageSort sort;
  gboolean descending;
  const char *filter;   /* (nullable): folded */
  LinkageOrder *before; /* (nullable): what to compare with */
} LinkageOrderQuery;

typedef struct
{
  LinkageOrder *order; /* (owned) */
  GArray *splices;     /* (owned) (nullable) (element-type LinkageSplice): from before to order; null: replace it */
  LinkageOrder *kept;  /* (owned) (nullable): what before and order have in common, with splices */
  guint n_unfiltered;
} LinkageOrderAnswer;

void linkage_order_query_async (LinkageDatabaseThread *reader,
                                const LinkageOrderQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LinkageOrderAnswer *linkage_order_query_finish (GAsyncResult *result, GError **error);
void linkage_order_answer_free (LinkageOrderAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageOrderAnswer, linkage_order_answer_free)

G_END_DECLS
