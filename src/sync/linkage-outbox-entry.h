/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-store.h"

G_BEGIN_DECLS

void linkage_outbox_entry_submit_async (LinkageStore *store,
                                        const LinkageOperation *operation,
                                        gint64 now,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LinkageOperation *linkage_outbox_entry_submit_finish (LinkageStore *store, GAsyncResult *result, GError **error);
void linkage_outbox_entry_withdraw_async (LinkageStore *store,
                                          const char *key,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean linkage_outbox_entry_withdraw_finish (LinkageStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
