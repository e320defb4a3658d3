/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-merge-list.h"
#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* Accounts that become one. What writes goes under a key, which makes it safe to send again. */

void linkage_client_list_merges_async (LinkageClient *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
LinkageMergeList *linkage_client_list_merges_finish (LinkageClient *self, GAsyncResult *result, GError **error);

/* account_id: (nullable): else email says who is asked. note: (nullable) */
void linkage_client_ask_merge_async (LinkageClient *self,
                                     const char *key,
                                     const char *account_id,
                                     const char *email,
                                     gboolean mine_stays,
                                     const char *note,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
LinkageMergeRequest *linkage_client_ask_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error);

/* limit: 1 … 500 */
void linkage_client_preview_merge_async (LinkageClient *self,
                                         const char *merge_id,
                                         guint offset,
                                         guint limit,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LinkageMergePreview *linkage_client_preview_merge_finish (LinkageClient *self,
                                                          GAsyncResult *result,
                                                          const char *own_name,
                                                          guint offset,
                                                          GError **error);

void linkage_client_approve_merge_async (LinkageClient *self,
                                         const char *key,
                                         const char *merge_id,
                                         const char *going_name,
                                         const char *state,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* account: (out) (transfer full) (optional): the one that is there afterwards */
LinkageMergeRequest *linkage_client_approve_merge_finish (LinkageClient *self,
                                                          GAsyncResult *result,
                                                          LinkageAccountInfo **account,
                                                          GError **error);
void linkage_client_decline_merge_async (LinkageClient *self,
                                         const char *key,
                                         const char *merge_id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LinkageMergeRequest *linkage_client_decline_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error);
void linkage_client_withdraw_merge_async (LinkageClient *self,
                                          const char *key,
                                          const char *merge_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LinkageMergeRequest *linkage_client_withdraw_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error);

void linkage_client_switch_merge_suggestions_async (LinkageClient *self,
                                                    const char *key,
                                                    gboolean enabled,
                                                    GCancellable *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);
/* enabled: (out) (optional): what holds now */
gboolean linkage_client_switch_merge_suggestions_finish (LinkageClient *self,
                                                         GAsyncResult *result,
                                                         gboolean *enabled,
                                                         GError **error);

G_END_DECLS
