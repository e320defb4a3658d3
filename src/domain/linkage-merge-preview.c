/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-merge-preview.h"

G_DEFINE_BOXED_TYPE (LinkageMergeRow, linkage_merge_row, linkage_merge_row_ref, linkage_merge_row_unref)
G_DEFINE_BOXED_TYPE (LinkageMergePreview, linkage_merge_preview, linkage_merge_preview_ref, linkage_merge_preview_unref)

static void
clear_row (LinkageMergeRow *row)
{
  g_free (row->customer_id);
  g_free (row->customer_name);
}

static void
clear_preview (LinkageMergePreview *preview)
{
  g_free (preview->state);
  g_free (preview->staying_name);
  g_free (preview->going_name);
  g_ptr_array_unref (preview->rows);
}

/**
 * linkage_merge_row_new:
 * @customer_id: the customer's id
 * @customer_name: the customer's name
 * @fate: what becomes of its rows
 *
 * Makes a row of a preview for the caller to fill in before it is shared: neither account has a row.
 *
 * Returns: (transfer full): a new row
 */
LinkageMergeRow *
linkage_merge_row_new (const char *customer_id, const char *customer_name, LinkageMergeFate fate)
{
  LinkageMergeRow *row = NULL;

  g_return_val_if_fail (customer_id != NULL, NULL);
  g_return_val_if_fail (customer_name != NULL, NULL);

  row = g_atomic_rc_box_new0 (LinkageMergeRow);
  row->customer_id = g_strdup (customer_id);
  row->customer_name = g_strdup (customer_name);
  row->fate = fate;

  return row;
}

/**
 * linkage_merge_row_ref:
 * @row: a row of a preview
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @row
 */
LinkageMergeRow *
linkage_merge_row_ref (LinkageMergeRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  return g_atomic_rc_box_acquire (row);
}

/**
 * linkage_merge_row_unref:
 * @row: (transfer full): a row of a preview
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_merge_row_unref (LinkageMergeRow *row)
{
  g_return_if_fail (row != NULL);

  g_atomic_rc_box_release_full (row, (GDestroyNotify)clear_row);
}

/**
 * linkage_merge_preview_new:
 * @state: what the plan is known by; another plan has another one
 * @staying_name: the name of the account that is there afterwards
 * @going_name: the name of the account that is no more afterwards
 *
 * Makes a preview for the caller to fill in before it is shared: one of a merge of nothing.
 *
 * Returns: (transfer full): a new preview
 */
LinkageMergePreview *
linkage_merge_preview_new (const char *state, const char *staying_name, const char *going_name)
{
  LinkageMergePreview *preview = NULL;

  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (staying_name != NULL, NULL);
  g_return_val_if_fail (going_name != NULL, NULL);

  preview = g_atomic_rc_box_new0 (LinkageMergePreview);
  preview->state = g_strdup (state);
  preview->staying_name = g_strdup (staying_name);
  preview->going_name = g_strdup (going_name);
  preview->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_merge_row_unref);

  return preview;
}

/**
 * linkage_merge_preview_ref:
 * @preview: a preview
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @preview
 */
LinkageMergePreview *
linkage_merge_preview_ref (LinkageMergePreview *preview)
{
  g_return_val_if_fail (preview != NULL, NULL);

  return g_atomic_rc_box_acquire (preview);
}

/**
 * linkage_merge_preview_unref:
 * @preview: (transfer full): a preview
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_merge_preview_unref (LinkageMergePreview *preview)
{
  g_return_if_fail (preview != NULL);

  g_atomic_rc_box_release_full (preview, (GDestroyNotify)clear_preview);
}
