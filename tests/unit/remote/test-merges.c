/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client asks of two accounts that become one, and what it makes of the answers. */

#include <string.h>

#include "linkage-client-merges.h"
#include "sample-replies.h"
#include "scripted-portal.h"
#include "waiting.h"

#define KEY "b0c6f0a4-1d2e-4f7e-9a55-0d8c5f1f2e11"
#define PATH "/api/v1/accounts/acc%2F1"

typedef struct
{
  ScriptedPortal *portal;
  LinkageClient *client;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *api = NULL;

  fixture->portal = scripted_portal_new (NULL);
  api = g_strconcat (fixture->portal->address, "/api/v1", NULL);
  fixture->client = linkage_client_new (NULL, api, "acc/1", "secret");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->client);
  scripted_portal_free (fixture->portal);
}

static void
wait_for_result (Fixture *fixture)
{
  WAIT_UNTIL (fixture->result != NULL);
}

static void
assert_asked (Fixture *fixture, const char *method, const char *path, const char *body, gboolean has_key)
{
  const char *key = soup_message_headers_get_one (fixture->portal->asked_headers, "Idempotency-Key");

  g_assert_cmpstr (fixture->portal->method, ==, method);
  g_assert_cmpstr (fixture->portal->path, ==, path);
  g_assert_cmpstr (fixture->portal->asked_body, ==, body);
  g_assert_cmpstr (key, ==, has_key ? "\"" KEY "\"" : NULL);
}

static void
answer (Fixture *fixture, guint status, const char *body)
{
  scripted_portal_answer (fixture->portal, status, status < 300 ? "application/json" : "application/problem+json",
                          body);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergeList) list = NULL;
  g_autoptr (GError) error = NULL;
  LinkageMergeRequest *merge;
  LinkageAccountInfo *suggested;

  answer (fixture, 200, SAMPLE_MERGES);
  linkage_client_list_merges_async (fixture->client, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  list = linkage_client_list_merges_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  assert_asked (fixture, "GET", PATH "/merges", "", FALSE);

  g_assert_cmpuint (list->requests->len, ==, 1);
  merge = g_ptr_array_index (list->requests, 0);
  g_assert_cmpstr (merge->id, ==, "mer-1");
  g_assert_cmpstr (merge->other_id, ==, "acc/2");
  g_assert_cmpstr (merge->other_name, ==, "Southwind Paper");
  g_assert_true (merge->incoming);
  g_assert_true (merge->mine_stays);
  g_assert_cmpint (merge->status, ==, LINKAGE_MERGE_STATUS_MERGED);
  g_assert_cmpstr (merge->note, ==, "We are one.");
  g_assert_cmpstr (merge->requested_by, ==, "Bo");
  g_assert_cmpint (merge->created_at, ==, 1767225600);
  g_assert_cmpint (merge->closed_at, ==, 1767225600 + 24 * 60 * 60);
  g_assert_cmpuint (list->suggested->len, ==, 1);
  suggested = g_ptr_array_index (list->suggested, 0);
  g_assert_cmpstr (suggested->id, ==, "acc/3");
  g_assert_cmpstr (suggested->name, ==, "Eastwind Paper");
  g_assert_true (list->suggestions_enabled);
}

static LinkageMergeRequest *
ask (Fixture *fixture, const char *account_id, const char *email, gboolean mine_stays, const char *note, GError **error)
{
  g_clear_object (&fixture->result);
  linkage_client_ask_merge_async (fixture->client, KEY, account_id, email, mine_stays, note, NULL, waiting_on_ready,
                                  &fixture->result);
  wait_for_result (fixture);

  return linkage_client_ask_merge_finish (fixture->client, fixture->result, error);
}

static void
test_ask (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergeRequest) by_id = NULL;
  g_autoptr (LinkageMergeRequest) by_email = NULL;
  g_autoptr (GError) error = NULL;

  answer (fixture, 201, SAMPLE_MERGE);
  by_id = ask (fixture, "acc/2", NULL, TRUE, "We are one.", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_id->id, ==, "mer-1");
  assert_asked (fixture, "POST", PATH "/merges",
                "{\"account-id\":\"acc/2\",\"stays\":\"mine\",\"note\":\"We are one.\"}", TRUE);

  by_email = ask (fixture, NULL, "bo@example.com", FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (by_email);
  assert_asked (fixture, "POST", PATH "/merges", "{\"email\":\"bo@example.com\",\"stays\":\"theirs\"}", TRUE);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer (fixture, 403,
          "{\"type\": \"https://linkage-app.github.io/problems/merge-open\", \"title\": \"Open\", \"status\": 403}");
  g_assert_null (ask (fixture, "acc/2", NULL, TRUE, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED);
  g_assert_cmpstr (linkage_remote_error_get_problem (error)->type, ==, "merge-open");
  g_assert_null (linkage_remote_error_get_problem (error)->merged_into);
}

static void
test_account_merged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  const LinkageProblem *problem;

  answer (fixture, 410,
          "{\"type\": \"https://linkage-app.github.io/problems/account-merged\", \"title\": \"Merged\","
          " \"status\": 410, \"merged-into\": {\"id\": \"acc/2\", \"name\": \"Southwind Paper\"}}");
  g_assert_null (ask (fixture, "acc/2", NULL, TRUE, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED);
  copy = g_error_copy (error);
  g_clear_error (&error);
  problem = linkage_remote_error_get_problem (copy);
  g_assert_cmpstr (problem->merged_into->id, ==, "acc/2");
  g_assert_cmpstr (problem->merged_into->name, ==, "Southwind Paper");
}

static LinkageMergePreview *
preview (Fixture *fixture, const char *body, guint offset, GError **error)
{
  g_clear_object (&fixture->result);
  answer (fixture, 200, body);
  linkage_client_preview_merge_async (fixture->client, "mer-1", offset, 500, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);

  return linkage_client_preview_merge_finish (fixture->client, fixture->result, "Northwind Paper", offset, error);
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_autoptr (GString) string = g_string_new (text);

  g_assert_cmpuint (g_string_replace (string, old, new, 0), ==, 1);

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *theirs = replace (SAMPLE_MERGE_PREVIEW, "\"stays\": \"mine\"", "\"stays\": \"theirs\"");
  g_autofree char *alone =
    replace (SAMPLE_MERGE_PREVIEW, "\"status-staying\": \"expired\"", "\"status-staying\": null");
  g_autoptr (LinkageMergePreview) mine_stays = NULL;
  g_autoptr (LinkageMergePreview) mine_goes = NULL;
  g_autoptr (LinkageMergePreview) one_row = NULL;
  g_autoptr (GError) error = NULL;
  LinkageMergeRow *row;

  mine_stays = preview (fixture, SAMPLE_MERGE_PREVIEW, 30, &error);
  g_assert_no_error (error);
  assert_asked (fixture, "GET", PATH "/merges/mer-1/preview?offset=30&limit=500", "", FALSE);
  g_assert_cmpstr (mine_stays->state, ==, "p1");
  g_assert_cmpstr (mine_stays->staying_name, ==, "Northwind Paper");
  g_assert_cmpstr (mine_stays->going_name, ==, "Southwind Paper");
  g_assert_cmpuint (mine_stays->offset, ==, 30);
  g_assert_cmpuint (mine_stays->total, ==, 10);
  g_assert_cmpuint (mine_stays->stays, ==, 4);
  g_assert_cmpuint (mine_stays->comes_over, ==, 3);
  g_assert_cmpuint (mine_stays->consolidated, ==, 2);
  g_assert_cmpuint (mine_stays->removed, ==, 1);
  g_assert_cmpuint (mine_stays->searches_left, ==, 2);
  g_assert_cmpuint (mine_stays->rows->len, ==, 1);
  row = g_ptr_array_index (mine_stays->rows, 0);
  g_assert_cmpstr (row->customer_id, ==, "cus-1");
  g_assert_cmpstr (row->customer_name, ==, "Harbour Foods");
  g_assert_cmpint (row->fate, ==, LINKAGE_MERGE_REMOVED);
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_REJECTED);
  g_assert_true (row->has_staying && row->has_going);
  g_assert_cmpint (row->status_staying, ==, LINKAGE_STATUS_EXPIRED);
  g_assert_cmpint (row->status_going, ==, LINKAGE_STATUS_REJECTED);
  g_assert_cmpuint (row->requests_used, ==, 2);
  g_assert_true (row->was_rejected);

  mine_goes = preview (fixture, theirs, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mine_goes->staying_name, ==, "Southwind Paper");
  g_assert_cmpstr (mine_goes->going_name, ==, "Northwind Paper");

  one_row = preview (fixture, alone, 0, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (one_row->rows, 0);
  g_assert_false (row->has_staying);
  g_assert_true (row->has_going);
}

/* Nobody is asked to say yes to what the program does not understand. */
static void
test_ugly_previews (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *place;
  } cases[] = {
    { "\"fate\": \"removed\"", "\"fate\": \"eaten\"", "rows[0].fate" },
    { "\"direction\": \"incoming\"", "\"direction\": \"sideways\"", "merge.direction" },
    { "\"stays\": \"mine\"", "\"stays\": \"nobody\"", "merge.stays" },
    { "\"state\": \"p1\"", "\"state\": \"\"", "state" },
    { "\"requests-used\": 2", "\"requests-used\": 4", "requests-used" },
    { "\"removed\": 1", "\"removed\": -1", "counts.removed" },
    { "\"total\": 10", "\"total\": 4294967296", "total" },
    { "\"searches-left\": 2", "\"searches-left\": -3", "searches-left" },
    { "\"id\": \"cus-1\"", "\"id\": \"\"", "customer.id" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = replace (SAMPLE_MERGE_PREVIEW, cases[i].old, cases[i].new);
      g_autoptr (GError) error = NULL;

      g_assert_null (preview (fixture, body, 0, &error));
      g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static LinkageMergeRequest *
approve (Fixture *fixture, const char *body, LinkageAccountInfo **account, GError **error)
{
  g_clear_object (&fixture->result);
  answer (fixture, 200, body);
  linkage_client_approve_merge_async (fixture->client, KEY, "mer/1", "Southwind Paper", "p1", NULL, waiting_on_ready,
                                      &fixture->result);
  wait_for_result (fixture);

  return linkage_client_approve_merge_finish (fixture->client, fixture->result, account, error);
}

static void
test_approve (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergeRequest) merge = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (GError) error = NULL;

  merge = approve (fixture, SAMPLE_MERGED, &account, &error);
  g_assert_no_error (error);
  g_assert_cmpint (merge->status, ==, LINKAGE_MERGE_STATUS_MERGED);
  g_assert_cmpstr (account->id, ==, "acc/1");
  assert_asked (fixture, "PUT", PATH "/merges/mer%2F1/approve", "{\"name\":\"Southwind Paper\",\"state\":\"p1\"}",
                TRUE);
}

/* The account of the reply is the one that stays, whichever of the two that is, and no third. */
static void
test_approve_whose (Fixture *fixture, gconstpointer data)
{
  g_autofree char *theirs = replace (SAMPLE_MERGED, "\"stays\": \"mine\"", "\"stays\": \"theirs\"");
  g_autofree char *other = replace (theirs, "\"id\": \"acc/1\"", "\"id\": \"acc/2\"");
  g_autofree char *third = replace (SAMPLE_MERGED, "\"id\": \"acc/1\"", "\"id\": \"acc/9\"");
  g_autoptr (LinkageMergeRequest) merge = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  g_autoptr (GError) error = NULL;

  merge = approve (fixture, other, &account, &error);
  g_assert_no_error (error);
  g_assert_false (merge->mine_stays);
  g_assert_cmpstr (account->id, ==, "acc/2");

  g_assert_null (approve (fixture, theirs, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
  g_clear_error (&error);
  g_assert_null (approve (fixture, third, NULL, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
}

static void
test_decline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergeRequest) merge = NULL;
  g_autoptr (GError) error = NULL;

  answer (fixture, 200, SAMPLE_MERGE);
  linkage_client_decline_merge_async (fixture->client, KEY, "mer-1", NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  merge = linkage_client_decline_merge_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (merge->id, ==, "mer-1");
  assert_asked (fixture, "PUT", PATH "/merges/mer-1/decline", "", TRUE);
}

static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergeRequest) merge = NULL;
  g_autoptr (GError) error = NULL;

  answer (fixture, 200, SAMPLE_MERGE);
  linkage_client_withdraw_merge_async (fixture->client, KEY, "mer-1", NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  merge = linkage_client_withdraw_merge_finish (fixture->client, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (merge->id, ==, "mer-1");
  assert_asked (fixture, "PUT", PATH "/merges/mer-1/withdraw", "", TRUE);
}

static void
test_suggestions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean enabled = TRUE;

  answer (fixture, 200, SAMPLE_MERGE_SUGGESTIONS);
  linkage_client_switch_merge_suggestions_async (fixture->client, KEY, FALSE, NULL, waiting_on_ready, &fixture->result);
  wait_for_result (fixture);
  g_assert_true (linkage_client_switch_merge_suggestions_finish (fixture->client, fixture->result, &enabled, &error));
  g_assert_no_error (error);
  g_assert_false (enabled);
  assert_asked (fixture, "PUT", PATH "/merge-suggestions", "{\"enabled\":false}", TRUE);
}

#define ADD(name, function) g_test_add ("/merges/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("list", test_list);
  ADD ("ask", test_ask);
  ADD ("refused", test_refused);
  ADD ("account-merged", test_account_merged);
  ADD ("preview", test_preview);
  ADD ("ugly-previews", test_ugly_previews);
  ADD ("approve", test_approve);
  ADD ("approve-whose", test_approve_whose);
  ADD ("decline", test_decline);
  ADD ("withdraw", test_withdraw);
  ADD ("suggestions", test_suggestions);

  return g_test_run ();
}
