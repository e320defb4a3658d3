/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-merge.h"
#include "linkage-store-companion.h"

G_BEGIN_DECLS

/* Two stores of what a person brought become one; main thread. */
void linkage_store_merge_async (LinkageStore *self,
                                LinkageCompanionMerge *plan,
                                LinkageStore *going,
                                const char *going_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Blocks. */
gboolean linkage_store_look_for_merged (const char *path, const char *going_id, gboolean *is_merged, GError **error);

G_END_DECLS
