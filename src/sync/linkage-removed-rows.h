/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* What an account's store keeps of rows that are no more. */
void linkage_removed_rows_list_async (LinkageAccount *account,
                                      LinkageStore *store,
                                      guint offset,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
linkage_removed_rows_list_finish (LinkageAccount *account, GAsyncResult *result, guint *total, GError **error);

G_END_DECLS
