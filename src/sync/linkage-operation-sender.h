/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-store.h"

G_BEGIN_DECLS

void linkage_operation_sender_send_async (LinkageStore *store,
                                          LinkageClient *client,
                                          LinkageOperation *operation,
                                          gint64 now,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean linkage_operation_sender_send_finish (LinkageStore *store,
                                               GAsyncResult *result,
                                               LinkageOperation **refused,
                                               GError **error);

G_END_DECLS
