/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-merge-request.h"

static const char *const statuses[] = {
  [LINKAGE_MERGE_STATUS_UNKNOWN] = "unknown",     [LINKAGE_MERGE_STATUS_OPEN] = "open",
  [LINKAGE_MERGE_STATUS_MERGED] = "merged",       [LINKAGE_MERGE_STATUS_DECLINED] = "declined",
  [LINKAGE_MERGE_STATUS_WITHDRAWN] = "withdrawn",
};

G_DEFINE_BOXED_TYPE (LinkageMergeRequest, linkage_merge_request, linkage_merge_request_ref, linkage_merge_request_unref)

static void
clear_request (LinkageMergeRequest *request)
{
  g_free (request->id);
  g_free (request->other_id);
  g_free (request->other_name);
  g_free (request->note);
  g_free (request->requested_by);
}

/**
 * linkage_merge_request_new:
 * @id: the merge request's id on the portal
 * @other_id: the id of the other account
 * @other_name: the name of the other account
 *
 * Makes a merge request for the caller to fill in before it is shared: an outgoing one of unknown status.
 *
 * Returns: (transfer full): a new merge request
 */
LinkageMergeRequest *
linkage_merge_request_new (const char *id, const char *other_id, const char *other_name)
{
  LinkageMergeRequest *request = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (other_id != NULL, NULL);
  g_return_val_if_fail (other_name != NULL, NULL);

  request = g_atomic_rc_box_new0 (LinkageMergeRequest);
  request->id = g_strdup (id);
  request->other_id = g_strdup (other_id);
  request->other_name = g_strdup (other_name);
  request->requested_by = g_strdup ("");

  return request;
}

/**
 * linkage_merge_request_ref:
 * @request: a merge request
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @request
 */
LinkageMergeRequest *
linkage_merge_request_ref (LinkageMergeRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  return g_atomic_rc_box_acquire (request);
}

/**
 * linkage_merge_request_unref:
 * @request: (transfer full): a merge request
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_merge_request_unref (LinkageMergeRequest *request)
{
  g_return_if_fail (request != NULL);

  g_atomic_rc_box_release_full (request, (GDestroyNotify)clear_request);
}

/**
 * linkage_merge_status_from_string:
 * @string: (nullable): a merge request's status as the portal writes it
 *
 * Reads what became of a merge request.
 *
 * Returns: the status; %LINKAGE_MERGE_STATUS_UNKNOWN for any other word
 */
LinkageMergeStatus
linkage_merge_status_from_string (const char *string)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (statuses[i], string) == 0)
        return i;
    }

  return LINKAGE_MERGE_STATUS_UNKNOWN;
}

/**
 * linkage_merge_status_to_string:
 * @status: what became of a merge request
 *
 * Writes a merge request's status as the portal does.
 *
 * Returns: (transfer none): the status's word
 */
const char *
linkage_merge_status_to_string (LinkageMergeStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status];
}
