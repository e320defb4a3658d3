/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-store.h"

G_BEGIN_DECLS

void linkage_portal_search_run_async (LinkageStore *store,
                                      LinkageClient *client,
                                      const char *name,
                                      gboolean again,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
LinkageSearch *
linkage_portal_search_run_finish (LinkageStore *store, GAsyncResult *result, gboolean *counted, GError **error);

G_END_DECLS
