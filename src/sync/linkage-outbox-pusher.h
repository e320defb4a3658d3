/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* Sends what is in a store's outbox.
 *
 * Signals: ::refused (LinkageOperation) — refused for good; it stays in the outbox with its refusal. */
#define LINKAGE_TYPE_OUTBOX_PUSHER (linkage_outbox_pusher_get_type ())
G_DECLARE_FINAL_TYPE (LinkageOutboxPusher, linkage_outbox_pusher, LINKAGE, OUTBOX_PUSHER, GObject)

LinkageOutboxPusher *linkage_outbox_pusher_new (LinkageStore *store, LinkageClient *client);
void linkage_outbox_pusher_push_async (LinkageOutboxPusher *self,
                                       gint64 now,
                                       gint64 due,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void linkage_outbox_pusher_close_async (LinkageOutboxPusher *self,
                                        gint64 now,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
linkage_outbox_pusher_push_finish (LinkageOutboxPusher *self, GAsyncResult *result, GError **deferred, GError **error);

G_END_DECLS
