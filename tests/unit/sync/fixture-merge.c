/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-merge.h"

#include "fixture-wait.h"
#include "linkage-merges.h"

static LinkageMergeRequest *
get_open (LinkageMerges *merges)
{
  GPtrArray *requests = linkage_merges_get_requests (merges);

  g_assert_cmpuint (requests->len, >, 0);

  return g_ptr_array_index (requests, 0);
}

static void
ask (LinkageMerges *merges, const char *asked_id, gboolean asking_stays)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_merges_ask_async (merges, asked_id, NULL, asking_stays, NULL, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_merges_ask_finish (merges, result, &error);
  g_assert_no_error (error);
}

static LinkageMergePreview *
preview (LinkageMerges *merges, const char *merge_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageMergePreview *seen;

  linkage_merges_preview_async (merges, merge_id, 0, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  seen = linkage_merges_preview_finish (merges, result, &error);
  g_assert_no_error (error);

  return seen;
}

static void
approve (LinkageMerges *merges, const char *merge_id)
{
  g_autoptr (LinkageMergePreview) seen = preview (merges, merge_id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_merges_approve_async (merges, merge_id, seen->going_name, seen->state, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_merges_approve_finish (merges, result, &error);
  g_assert_no_error (error);
}

void
fixture_merge (LinkageAccount *asking, LinkageAccount *asked, const char *asked_id, gboolean asking_stays)
{
  g_autoptr (LinkageMerges) asking_merges = linkage_merges_new (asking);
  g_autoptr (LinkageMerges) asked_merges = linkage_merges_new (asked);

  ask (asking_merges, asked_id, asking_stays);
  approve (asked_merges, get_open (asking_merges)->id);
}
