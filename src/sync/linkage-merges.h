/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-account.h"
#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* One account's merge requests: asked, answered and done on the portal, of which nothing is kept here. Main thread
 * only. What the portal refuses is LINKAGE_ACCOUNT_ERROR_REFUSED with its type, as for any operation; a press that was
 * not answered and is made again goes under the same idempotency key. What was read once is read again whenever the
 * account is, so that ::changed also tells of what the other side did.
 *
 * Properties: busy (gboolean); suggestions-enabled (gboolean): whether this account is suggested to others, and others
 * to it. Signals: ::changed (): the lists are other ones now. */
#define LINKAGE_TYPE_MERGES (linkage_merges_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMerges, linkage_merges, LINKAGE, MERGES, GObject)

/* (nullable): null where the account has not LINKAGE_ACCOUNT_FEATURES_MERGE */
LinkageMerges *linkage_merges_new (LinkageAccount *account);

/* As the portal said last; empty before the first. (element-type LinkageMergeRequest), the open one first */
GPtrArray *linkage_merges_get_requests (LinkageMerges *self); /* (transfer none) */
guint linkage_merges_get_n_suggestions (LinkageMerges *self);
const char *linkage_merges_get_suggested_id (LinkageMerges *self, guint position);
const char *linkage_merges_get_suggested_name (LinkageMerges *self, guint position);
gboolean linkage_merges_get_suggestions_enabled (LinkageMerges *self);
gboolean linkage_merges_get_busy (LinkageMerges *self);

void linkage_merges_read_async (LinkageMerges *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean linkage_merges_read_finish (LinkageMerges *self, GAsyncResult *result, GError **error);

/* account_id: (nullable): one of the suggested, else email: (nullable): an admin of the other account.
 * note: (nullable), 500 characters at most */
void linkage_merges_ask_async (LinkageMerges *self,
                               const char *account_id,
                               const char *email,
                               gboolean mine_stays,
                               const char *note,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean linkage_merges_ask_finish (LinkageMerges *self, GAsyncResult *result, GError **error);

/* One page of what the merge would do, for the account that is asked. Pages of one state are of one plan. */
void linkage_merges_preview_async (LinkageMerges *self,
                                   const char *merge_id,
                                   guint offset,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LinkageMergePreview *linkage_merges_preview_finish (LinkageMerges *self, GAsyncResult *result, GError **error);

/* Merges, for good. going_name as the person typed it; state: the preview's. What was read is then read anew: where
 * this account is the one that goes, its state becomes LINKAGE_ACCOUNT_STATE_REMOVED. */
void linkage_merges_approve_async (LinkageMerges *self,
                                   const char *merge_id,
                                   const char *going_name,
                                   const char *state,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linkage_merges_approve_finish (LinkageMerges *self, GAsyncResult *result, GError **error);
void linkage_merges_decline_async (LinkageMerges *self,
                                   const char *merge_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linkage_merges_decline_finish (LinkageMerges *self, GAsyncResult *result, GError **error);
void linkage_merges_withdraw_async (LinkageMerges *self,
                                    const char *merge_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean linkage_merges_withdraw_finish (LinkageMerges *self, GAsyncResult *result, GError **error);
void linkage_merges_set_suggestions_enabled_async (LinkageMerges *self,
                                                   gboolean enabled,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);
gboolean linkage_merges_set_suggestions_enabled_finish (LinkageMerges *self, GAsyncResult *result, GError **error);

G_END_DECLS
