/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-merge-list.h"

#include "linkage-account-info.h"
#include "linkage-merge-request.h"

/**
 * linkage_merge_list_new:
 *
 * Makes a list with nothing in it, to be filled in.
 *
 * Returns: (transfer full): a new list
 */
LinkageMergeList *
linkage_merge_list_new (void)
{
  LinkageMergeList *list = g_new0 (LinkageMergeList, 1);

  list->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_merge_request_unref);
  list->suggested = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_account_info_unref);

  return list;
}

/**
 * linkage_merge_list_free:
 * @list: (transfer full): a list
 *
 * Frees a list and what it owns.
 */
void
linkage_merge_list_free (LinkageMergeList *list)
{
  g_return_if_fail (list != NULL);

  g_ptr_array_unref (list->requests);
  g_ptr_array_unref (list->suggested);
  g_free (list);
}
