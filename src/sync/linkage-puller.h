/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-store.h"

G_BEGIN_DECLS

void linkage_puller_pull_async (LinkageStore *store,
                                LinkageClient *client,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean linkage_puller_pull_finish (LinkageStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
