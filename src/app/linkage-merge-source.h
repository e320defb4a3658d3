/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-merge-preview.h"

G_BEGIN_DECLS

/* One merge that a person is about to decide on: what it would do, page by page, and the doing. Main thread only. */
#define LINKAGE_TYPE_MERGE_SOURCE (linkage_merge_source_get_type ())
G_DECLARE_INTERFACE (LinkageMergeSource, linkage_merge_source, LINKAGE, MERGE_SOURCE, GObject)

struct _LinkageMergeSourceInterface
{
  GTypeInterface parent;

  void (*preview_async) (LinkageMergeSource *self,
                         guint offset,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  LinkageMergePreview *(*preview_finish) (LinkageMergeSource *self, GAsyncResult *result, GError **error);
  void (*merge_async) (LinkageMergeSource *self,
                       LinkageMergePreview *preview,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*merge_finish) (LinkageMergeSource *self, GAsyncResult *result, GError **error);
};

/* One page: its rows are those from offset on; it is empty only where offset is 0. */
void linkage_merge_source_preview_async (LinkageMergeSource *self,
                                         guint offset,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LinkageMergePreview *
linkage_merge_source_preview_finish (LinkageMergeSource *self, GAsyncResult *result, GError **error);

/* For good, and only as the preview has it: else the error is a refusal of the type "merge-stale", or
 * LINKAGE_ACCOUNT_ERROR_TOO_LATE. */
void linkage_merge_source_merge_async (LinkageMergeSource *self,
                                       LinkageMergePreview *preview,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean linkage_merge_source_merge_finish (LinkageMergeSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
