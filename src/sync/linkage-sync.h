/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-client.h"
#include "linkage-store.h"

G_BEGIN_DECLS

/* Keeps one store and one portal the same: pushes, pulls, listens, waits and tries again.
 *
 * Properties: state, state-since, last-error, busy, has-content as in LinkageAccount.
 * Signals: ::operation-refused (LinkageOperation). */
#define LINKAGE_TYPE_SYNC (linkage_sync_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSync, linkage_sync, LINKAGE, SYNC, GObject)

LinkageSync *
linkage_sync_new (LinkageStore *store, const char *api, const char *account_id, LinkageTokenSource *source);
LinkageClient *linkage_sync_get_client (LinkageSync *self);
const GError *linkage_sync_get_last_error (LinkageSync *self);
gint64 linkage_sync_get_now (LinkageSync *self);
gboolean linkage_sync_is_offline (LinkageSync *self);
gboolean linkage_sync_is_listening (LinkageSync *self);
void linkage_sync_set_token_source (LinkageSync *self, LinkageTokenSource *source);
void linkage_sync_start (LinkageSync *self);
void linkage_sync_request (LinkageSync *self);
void linkage_sync_refresh_async (LinkageSync *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean linkage_sync_refresh_finish (LinkageSync *self, GAsyncResult *result, GError **error);
void linkage_sync_abandon (LinkageSync *self);
void linkage_sync_close_async (LinkageSync *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean linkage_sync_close_finish (LinkageSync *self, GAsyncResult *result, GError **error);

G_END_DECLS
