/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-merge-text.h"

#define ASKED_AT G_GINT64_CONSTANT (1795521600) /* noon of 2026-11-24, UTC */

static LinkageMergeRequest *
make_request (gboolean incoming, gboolean mine_stays, LinkageMergeStatus status)
{
  LinkageMergeRequest *request = linkage_merge_request_new ("m1", "a2", "Lindqvist\nHydraulics");

  request->incoming = incoming;
  request->mine_stays = mine_stays;
  request->status = status;
  g_free (request->requested_by);
  request->requested_by = g_strdup ("Signe Lindqvist");
  request->created_at = ASKED_AT;
  request->closed_at = status != LINKAGE_MERGE_STATUS_OPEN ? ASKED_AT : 0;

  return request;
}

static void
assert_request (gboolean incoming, gboolean mine_stays, const char *expected)
{
  g_autoptr (LinkageMergeRequest) request = make_request (incoming, mine_stays, LINKAGE_MERGE_STATUS_OPEN);
  g_autofree char *text = linkage_merge_text_get_request (request);
  g_autofree char *meaning = linkage_merge_text_get_meaning (request);

  g_assert_cmpstr (text, ==, expected);
  g_assert_nonnull (strstr (meaning, "Lindqvist Hydraulics"));
}

static void
test_requests (void)
{
  assert_request (TRUE, TRUE, "Lindqvist Hydraulics asks to be merged into this account");
  assert_request (TRUE, FALSE, "Lindqvist Hydraulics asks to merge this account into itself");
  assert_request (FALSE, TRUE, "Lindqvist Hydraulics was asked to merge into this account");
  assert_request (FALSE, FALSE, "Lindqvist Hydraulics was asked to take this account over");
}

static void
test_asked (void)
{
  g_autoptr (LinkageMergeRequest) request = make_request (TRUE, TRUE, LINKAGE_MERGE_STATUS_OPEN);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = linkage_merge_text_get_asked (request, utc);

  g_assert_true (g_str_has_prefix (text, "Asked by Signe Lindqvist, "));
  g_assert_nonnull (strstr (text, "12:00"));
}

static void
assert_outcome (gboolean incoming, gboolean mine_stays, LinkageMergeStatus status, const char *expected)
{
  g_autoptr (LinkageMergeRequest) request = make_request (incoming, mine_stays, status);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = linkage_merge_text_get_outcome (request, utc);

  g_assert_true (g_str_has_prefix (text, expected));
}

static void
test_outcomes (void)
{
  assert_outcome (TRUE, TRUE, LINKAGE_MERGE_STATUS_MERGED, "Lindqvist Hydraulics was merged into this account, ");
  assert_outcome (TRUE, FALSE, LINKAGE_MERGE_STATUS_MERGED, "This account was merged into Lindqvist Hydraulics, ");
  assert_outcome (TRUE, TRUE, LINKAGE_MERGE_STATUS_DECLINED, "The request of Lindqvist Hydraulics was declined, ");
  assert_outcome (FALSE, TRUE, LINKAGE_MERGE_STATUS_DECLINED, "Lindqvist Hydraulics declined the request, ");
  assert_outcome (TRUE, TRUE, LINKAGE_MERGE_STATUS_WITHDRAWN, "Lindqvist Hydraulics withdrew its request, ");
  assert_outcome (FALSE, TRUE, LINKAGE_MERGE_STATUS_WITHDRAWN, "The request to Lindqvist Hydraulics was withdrawn, ");
  assert_outcome (FALSE, TRUE, LINKAGE_MERGE_STATUS_UNKNOWN,
                  "The request between this account and Lindqvist Hydraulics is closed, ");
}

static LinkageMergePreview *
make_preview (guint stays, guint comes_over, guint consolidated, guint removed)
{
  LinkageMergePreview *preview = linkage_merge_preview_new ("s", "Components", "Hydraulics");

  preview->stays = stays;
  preview->comes_over = comes_over;
  preview->consolidated = consolidated;
  preview->removed = removed;

  return preview;
}

static void
assert_counts (guint stays, guint comes_over, guint consolidated, guint removed, const char *expected)
{
  g_autoptr (LinkageMergePreview) preview = make_preview (stays, comes_over, consolidated, removed);
  g_autofree char *text = linkage_merge_text_get_counts (preview);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_counts (void)
{
  assert_counts (3, 1, 2, 1,
                 "3 requests stay. 1 request comes over. 2 duplicates become one. 1 rejected or expired request is "
                 "removed.");
  assert_counts (0, 0, 0, 2, "2 rejected or expired requests are removed.");
  assert_counts (0, 0, 0, 0, "Neither account has any requests.");
}

static void
test_question (void)
{
  g_autoptr (LinkageMergePreview) preview = make_preview (1, 1, 1, 1);
  g_autofree char *question = linkage_merge_text_get_question (preview);
  g_autofree char *end = linkage_merge_text_get_end (preview);
  g_autofree char *prompt = linkage_merge_text_get_prompt (preview);
  g_autofree char *done = linkage_merge_text_get_done (preview);

  g_assert_cmpstr (question, ==, "Merge Hydraulics into Components?");
  g_assert_cmpstr (end, ==, "This cannot be undone. Hydraulics will no longer exist.");
  g_assert_cmpstr (prompt, ==, "Type “Hydraulics” to continue");
  g_assert_cmpstr (done, ==, "Hydraulics was merged into Components");
}

static void
test_row (void)
{
  g_autoptr (LinkageMergePreview) preview = make_preview (1, 1, 1, 1);
  g_autoptr (LinkageMergeRow) row = linkage_merge_row_new ("c1", "Contoso", LINKAGE_MERGE_CONSOLIDATED);
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;

  row->has_staying = TRUE;
  row->status_staying = LINKAGE_STATUS_APPROVED;
  row->has_going = TRUE;
  row->status_going = LINKAGE_STATUS_PENDING;
  row->requests_used = 2;
  row->was_rejected = TRUE;
  both = linkage_merge_text_get_row (preview, row);
  g_assert_cmpstr (both, ==,
                   "Components: Approved · Hydraulics: Pending · 2 of 3 requests used · Cannot be sent again after a "
                   "rejection");

  row->has_staying = FALSE;
  row->requests_used = 0;
  row->was_rejected = FALSE;
  one = linkage_merge_text_get_row (preview, row);
  g_assert_cmpstr (one, ==, "Hydraulics: Pending");
}

static void
test_names (void)
{
  g_assert_true (linkage_merge_text_is_name ("Lindqvist", "Lindqvist"));
  g_assert_true (linkage_merge_text_is_name ("  Lindqvist\t", "Lindqvist"));
  g_assert_true (linkage_merge_text_is_name ("Cafe\xcc\x81", "Caf\xc3\xa9"));
  g_assert_true (linkage_merge_text_is_name ("Lindqvist", "\xe2\x80\xaeLindqvist"));
  g_assert_true (linkage_merge_text_is_name ("Lindqvist AB", "Lindqvist \xc2\xa0 AB"));
  g_assert_false (linkage_merge_text_is_name ("lindqvist", "Lindqvist"));
  g_assert_false (linkage_merge_text_is_name ("Lindqvis", "Lindqvist"));
  g_assert_false (linkage_merge_text_is_name ("", "Lindqvist"));
  g_assert_false (linkage_merge_text_is_name (" ", "\xe2\x80\xae"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge-text/requests", test_requests);
  g_test_add_func ("/merge-text/asked", test_asked);
  g_test_add_func ("/merge-text/outcomes", test_outcomes);
  g_test_add_func ("/merge-text/counts", test_counts);
  g_test_add_func ("/merge-text/question", test_question);
  g_test_add_func ("/merge-text/row", test_row);
  g_test_add_func ("/merge-text/names", test_names);

  return g_test_run ();
}
