/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-merge-source.h"

G_DEFINE_INTERFACE (LinkageMergeSource, linkage_merge_source, G_TYPE_OBJECT)

static void
linkage_merge_source_default_init (LinkageMergeSourceInterface *iface)
{
}

/**
 * linkage_merge_source_preview_async:
 * @self: a #LinkageMergeSource
 * @offset: of the first row to read
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads one page of what the merge would do.
 */
void
linkage_merge_source_preview_async (LinkageMergeSource *self,
                                    guint offset,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_MERGE_SOURCE (self));

  LINKAGE_MERGE_SOURCE_GET_IFACE (self)->preview_async (self, offset, cancellable, callback, user_data);
}

/**
 * linkage_merge_source_preview_finish:
 * @self: a #LinkageMergeSource
 * @result: the result that the callback was given
 * @error: where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merge_source_preview_async() began.
 *
 * Returns: (transfer full) (nullable): the page; %NULL with @error set
 */
LinkageMergePreview *
linkage_merge_source_preview_finish (LinkageMergeSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_SOURCE (self), NULL);

  return LINKAGE_MERGE_SOURCE_GET_IFACE (self)->preview_finish (self, result, error);
}

/**
 * linkage_merge_source_merge_async:
 * @self: a #LinkageMergeSource
 * @preview: any page of what the person has seen
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Merges, for good.
 */
void
linkage_merge_source_merge_async (LinkageMergeSource *self,
                                  LinkageMergePreview *preview,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_MERGE_SOURCE (self));
  g_return_if_fail (preview != NULL);

  LINKAGE_MERGE_SOURCE_GET_IFACE (self)->merge_async (self, preview, cancellable, callback, user_data);
}

/**
 * linkage_merge_source_merge_finish:
 * @self: a #LinkageMergeSource
 * @result: the result that the callback was given
 * @error: where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merge_source_merge_async() began.
 *
 * Returns: whether they are merged; %FALSE with @error set
 */
gboolean
linkage_merge_source_merge_finish (LinkageMergeSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_SOURCE (self), FALSE);

  return LINKAGE_MERGE_SOURCE_GET_IFACE (self)->merge_finish (self, result, error);
}
