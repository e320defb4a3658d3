/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merge requests of both accounts of a real portal: what may be asked and answered, and what is told of it. */

#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-proxy.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-merges.h"

#define OURS_NAME "Lindqvist Components"
#define OTHERS_NAME "Lindqvist Hydraulics"
#define CONNECTABLE "brambleford-tools"

/* One of the two accounts. */
typedef struct
{
  char *folder;            /* (owned) */
  LinkageAccount *account; /* (owned) */
  LinkageMerges *merges;   /* (owned) */
  guint n_changed;
} Side;

typedef struct
{
  FixturePortal *portal; /* (owned) */
  FixtureProxy *proxy;   /* (owned): before ours */
  Side ours;
  Side others;
} Fixture;

static void
on_changed (Side *side, LinkageMerges *merges)
{
  side->n_changed++;
}

static gboolean
read_merges (Side *side, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_read_async (side->merges, NULL, fixture_keep_result, &result);
  g_assert_true (linkage_merges_get_busy (side->merges));
  fixture_wait_result (&result);

  return linkage_merges_read_finish (side->merges, result, error);
}

static void
open_side (Fixture *fixture, Side *side, const char *api, const char *who, const char *account_id)
{
  g_autofree char *token = fixture_portal_dup_token (fixture->portal, who);
  g_autoptr (GError) error = NULL;

  side->folder = fixture_make_folder ();
  side->account = fixture_account_open_as (side->folder, api, token, account_id);
  fixture_account_wait_state (side->account, LINKAGE_ACCOUNT_STATE_READY);
  side->merges = linkage_merges_new (side->account);
  g_signal_connect_swapped (side->merges, "changed", G_CALLBACK (on_changed), side);
  g_assert_cmpuint (linkage_merges_get_requests (side->merges)->len, ==, 0);
  read_merges (side, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (side->n_changed, ==, 1);
}

static void
close_side (Side *side)
{
  g_signal_handlers_disconnect_by_data (side->merges, side);
  g_clear_object (&side->merges);
  fixture_account_close (g_steal_pointer (&side->account));
  fixture_remove_folder (side->folder);
  g_clear_pointer (&side->folder, g_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->proxy = fixture_proxy_start (fixture->portal->port);
  open_side (fixture, &fixture->ours, fixture->proxy->api, "admin", FIXTURE_ACCOUNT);
  open_side (fixture, &fixture->others, fixture->portal->api, "other-admin", FIXTURE_OTHER_ACCOUNT);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_side (&fixture->ours);
  close_side (&fixture->others);
  g_clear_pointer (&fixture->portal, fixture_portal_free);
  g_clear_pointer (&fixture->proxy, fixture_proxy_free);
}

static gboolean
ask (Side *side, const char *account_id, const char *email, gboolean mine_stays, const char *note, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_ask_async (side->merges, account_id, email, mine_stays, note, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_ask_finish (side->merges, result, error);
}

static LinkageMergePreview *
preview (Side *side, const char *merge_id, guint offset, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_preview_async (side->merges, merge_id, offset, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_preview_finish (side->merges, result, error);
}

static gboolean
approve (Side *side, const char *merge_id, const char *going_name, const char *state, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_approve_async (side->merges, merge_id, going_name, state, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_approve_finish (side->merges, result, error);
}

static gboolean
decline (Side *side, const char *merge_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_decline_async (side->merges, merge_id, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_decline_finish (side->merges, result, error);
}

static gboolean
withdraw (Side *side, const char *merge_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_withdraw_async (side->merges, merge_id, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_withdraw_finish (side->merges, result, error);
}

static gboolean
set_suggestions (Side *side, gboolean enabled, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_merges_set_suggestions_enabled_async (side->merges, enabled, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_merges_set_suggestions_enabled_finish (side->merges, result, error);
}

static LinkageMergeRequest *
get_first (Side *side)
{
  GPtrArray *requests = linkage_merges_get_requests (side->merges);

  g_assert_cmpuint (requests->len, >, 0);

  return g_ptr_array_index (requests, 0);
}

typedef struct
{
  Side *side;
  LinkageMergeStatus status;
} Expectation;

static gboolean
first_has_status (Expectation *expected)
{
  GPtrArray *requests = linkage_merges_get_requests (expected->side->merges);

  return requests->len > 0 && ((LinkageMergeRequest *)g_ptr_array_index (requests, 0))->status == expected->status;
}

/* Without being asked to read. */
static void
wait_first (Side *side, LinkageMergeStatus status)
{
  Expectation expected = { side, status };

  FIXTURE_WAIT (first_has_status, &expected);
}

/* The others ask ours. Returns: (transfer full): the merge request's id */
static char *
get_asked (Fixture *fixture, gboolean theirs_stays)
{
  g_autoptr (GError) error = NULL;

  ask (&fixture->others, FIXTURE_ACCOUNT, NULL, theirs_stays, "We are one company.", &error);
  g_assert_no_error (error);
  wait_first (&fixture->ours, LINKAGE_MERGE_STATUS_OPEN);

  return g_strdup (get_first (&fixture->ours)->id);
}

static char *
describe (Side *side)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (side->account);
  g_autofree char *rows = fixture_account_describe_rows (side->account);
  GPtrArray *requests = linkage_merges_get_requests (side->merges);
  g_autoptr (GString) text = g_string_new (rows);

  g_string_append_printf (text, "\n%s searches %u of %u, state %d, suggestions %d %u", info->name, info->searches_used,
                          info->searches_limit, linkage_account_get_state (side->account),
                          linkage_merges_get_suggestions_enabled (side->merges),
                          linkage_merges_get_n_suggestions (side->merges));
  for (guint i = 0; i < requests->len; i++)
    {
      LinkageMergeRequest *request = g_ptr_array_index (requests, i);

      g_string_append_printf (text, "\n%s %s", request->id, linkage_merge_status_to_string (request->status));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All that both programs know, when they have asked for all that there is. */
static char *
snapshot (Fixture *fixture)
{
  Side *const sides[] = { &fixture->ours, &fixture->others };
  g_auto (GStrv) texts = g_new0 (char *, G_N_ELEMENTS (sides) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture_account_refresh (sides[i]->account, &error);
      g_assert_no_error (error);
      read_merges (sides[i], &error);
      g_assert_no_error (error);
      texts[i] = describe (sides[i]);
    }

  return g_strjoinv ("\n--\n", texts);
}

static void
assert_refused (gboolean done, GError **error, const char *type)
{
  g_assert_false (done);
  g_assert_error (*error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_REFUSED);
  g_assert_cmpstr (linkage_account_error_get_refusal (*error), ==, type);
  g_clear_error (error);
}

static void
assert_same (Fixture *fixture, const char *before)
{
  g_autofree char *after = snapshot (fixture);

  g_assert_cmpstr (after, ==, before);
}

static void
test_both_see (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  LinkageMergeRequest *asked = get_first (&fixture->ours);
  LinkageMergeRequest *asking = get_first (&fixture->others);

  g_assert_cmpstr (asking->id, ==, merge);
  g_assert_true (asked->incoming);
  g_assert_false (asking->incoming);
  g_assert_true (asked->mine_stays);
  g_assert_false (asking->mine_stays);
  g_assert_cmpstr (asked->other_name, ==, OTHERS_NAME);
  g_assert_cmpstr (asking->other_name, ==, OURS_NAME);
  g_assert_cmpstr (asked->other_id, ==, FIXTURE_OTHER_ACCOUNT);
  g_assert_cmpstr (asked->note, ==, "We are one company.");
  g_assert_cmpstr (asked->requested_by, ==, "Ingrid Sandberg");
  g_assert_cmpint (asked->created_at, >, 0);
  g_assert_cmpint (asked->closed_at, ==, 0);
}

static void
test_ask_by_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ask (&fixture->ours, NULL, "INGRID@lindqvist.example", TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (get_first (&fixture->ours)->mine_stays);
  g_assert_null (get_first (&fixture->ours)->note);
  wait_first (&fixture->others, LINKAGE_MERGE_STATUS_OPEN);
  g_assert_false (get_first (&fixture->others)->mine_stays);
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autoptr (GError) error = NULL;

  decline (&fixture->ours, merge, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_first (&fixture->ours)->status, ==, LINKAGE_MERGE_STATUS_DECLINED);
  g_assert_cmpint (get_first (&fixture->ours)->closed_at, >, 0);
  wait_first (&fixture->others, LINKAGE_MERGE_STATUS_DECLINED);
}

static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, TRUE);
  g_autoptr (GError) error = NULL;

  withdraw (&fixture->others, merge, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_first (&fixture->others)->status, ==, LINKAGE_MERGE_STATUS_WITHDRAWN);
  wait_first (&fixture->ours, LINKAGE_MERGE_STATUS_WITHDRAWN);
}

static gboolean
has_suggestion (Side *side)
{
  return linkage_merges_get_n_suggestions (side->merges) > 0;
}

static gboolean
has_no_suggestion (Side *side)
{
  return !has_suggestion (side);
}

static void
test_suggestions (Fixture *fixture, gconstpointer data)
{
  Side *ours = &fixture->ours;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (linkage_merges_get_n_suggestions (ours->merges), ==, 1);
  g_assert_cmpstr (linkage_merges_get_suggested_id (ours->merges, 0), ==, FIXTURE_OTHER_ACCOUNT);
  g_assert_cmpstr (linkage_merges_get_suggested_name (ours->merges, 0), ==, OTHERS_NAME);
  g_assert_true (linkage_merges_get_suggestions_enabled (ours->merges));

  set_suggestions (ours, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (linkage_merges_get_suggestions_enabled (ours->merges));
  FIXTURE_WAIT (has_no_suggestion, ours);
  read_merges (&fixture->others, &error);
  g_assert_no_error (error);
  g_assert_false (has_suggestion (&fixture->others));
  g_assert_true (linkage_merges_get_suggestions_enabled (fixture->others.merges));

  set_suggestions (ours, TRUE, &error);
  g_assert_no_error (error);
  FIXTURE_WAIT (has_suggestion, ours);
}

static void
test_refused_asking (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *account_id;
    const char *email;
    const char *type;
  } cases[] = {
    { FIXTURE_ACCOUNT, NULL, "merge-with-itself" },
    { NULL, "astrid@lindqvist.example", "merge-with-itself" },
    { "nothing", NULL, "not-found" },
    { NULL, "nobody@lindqvist.example", "not-found" },
    { NULL, "", "invalid-fields" },
  };
  g_autofree char *before = snapshot (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ask (&fixture->ours, cases[i].account_id, cases[i].email, TRUE, NULL, &error));
      g_assert_cmpstr (linkage_account_error_get_refusal (error), ==, cases[i].type);
      assert_same (fixture, before);
    }
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autofree char *before = snapshot (fixture);
  Side *const sides[] = { &fixture->ours, &fixture->others };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (int mine_stays = FALSE; mine_stays <= TRUE; mine_stays++)
      {
        g_autoptr (GError) error = NULL;
        gboolean done =
          ask (sides[i], i == 0 ? FIXTURE_OTHER_ACCOUNT : FIXTURE_ACCOUNT, NULL, mine_stays, "Again", &error);

        assert_refused (done, &error, "merge-open");
        assert_same (fixture, before);
      }
}

static void
test_not_yours (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autofree char *before = snapshot (fixture);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  assert_refused (preview (&fixture->others, merge, 0, &error) != NULL, &error, "merge-not-yours");
  assert_refused (approve (&fixture->others, merge, OTHERS_NAME, seen->state, &error), &error, "merge-not-yours");
  assert_refused (decline (&fixture->others, merge, &error), &error, "merge-not-yours");
  assert_refused (withdraw (&fixture->ours, merge, &error), &error, "merge-not-yours");
  assert_same (fixture, before);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autofree char *before = NULL;
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  withdraw (&fixture->others, merge, &error);
  g_assert_no_error (error);
  before = snapshot (fixture);
  assert_refused (approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error), &error, "merge-closed");
  assert_refused (preview (&fixture->ours, merge, 0, &error) != NULL, &error, "merge-closed");
  assert_refused (decline (&fixture->ours, merge, &error), &error, "merge-closed");
  assert_same (fixture, before);
}

static void
test_wrong_name (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { OURS_NAME, "lindqvist hydraulics", OTHERS_NAME " ", "x" };
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autofree char *before = snapshot (fixture);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      assert_refused (approve (&fixture->ours, merge, names[i], seen->state, &error), &error, "merge-wrong-name");
    }
  assert_same (fixture, before);
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autofree char *before = NULL;
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (LinkageMergePreview) anew = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  entry = fixture_account_press (fixture->ours.account, LINKAGE_OPERATION_CONNECT, CONNECTABLE);
  linkage_account_send_now (fixture->ours.account, entry->key);
  fixture_account_wait_status (fixture->ours.account, CONNECTABLE, LINKAGE_STATUS_PENDING);

  before = snapshot (fixture);
  assert_refused (approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error), &error, "merge-stale");
  assert_same (fixture, before);

  anew = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (anew->state, !=, seen->state);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (LinkageMergePreview) rest = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->staying_name, ==, OURS_NAME);
  g_assert_cmpstr (seen->going_name, ==, OTHERS_NAME);
  g_assert_cmpuint (seen->total, >, 10);
  g_assert_cmpuint (seen->stays + seen->comes_over + seen->consolidated + seen->removed, ==, seen->total);
  g_assert_cmpuint (seen->comes_over, >, 0);
  g_assert_cmpuint (seen->consolidated, >, 0);
  g_assert_cmpuint (seen->removed, >, 0);
  g_assert_cmpuint (seen->rows->len, ==, MIN (seen->total, 200));

  rest = preview (&fixture->ours, merge, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->offset, ==, 10);
  g_assert_cmpstr (rest->state, ==, seen->state);
  g_assert_cmpstr (((LinkageMergeRow *)g_ptr_array_index (rest->rows, 0))->customer_id, ==,
                   ((LinkageMergeRow *)g_ptr_array_index (seen->rows, 10))->customer_id);
}

/* The account that says yes stays. */
static void
test_approve (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) lines = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_first (&fixture->ours)->status, ==, LINKAGE_MERGE_STATUS_MERGED);

  /* What it makes of the rows has been read. */
  rows = fixture_account_describe_rows (fixture->ours.account);
  lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, seen->total - seen->removed);
  fixture_account_wait_state (fixture->others.account, LINKAGE_ACCOUNT_STATE_REMOVED);

  assert_refused (approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error), &error, "merge-closed");
}

/* The account that says yes is the one that is no more. */
static void
test_approve_going (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, TRUE);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->staying_name, ==, OTHERS_NAME);
  g_assert_cmpstr (seen->going_name, ==, OURS_NAME);
  assert_refused (approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error), &error, "merge-wrong-name");

  approve (&fixture->ours, merge, OURS_NAME, seen->state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (linkage_account_get_state (fixture->ours.account), ==, LINKAGE_ACCOUNT_STATE_REMOVED);
  g_assert_cmpint (get_first (&fixture->ours)->status, ==, LINKAGE_MERGE_STATUS_MERGED);
  wait_first (&fixture->others, LINKAGE_MERGE_STATUS_MERGED);

  assert_refused (read_merges (&fixture->ours, &error), &error, "account-merged");
}

/* A yes whose answer is lost is said again: the portal answers as it did the first time. Only an answer makes the next
 * press another one. */
static void
test_lost_answer (Fixture *fixture, gconstpointer mine_goes)
{
  g_autofree char *merge = get_asked (fixture, mine_goes != NULL);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  fixture->proxy->cut_writes = TRUE;
  g_assert_false (approve (&fixture->ours, merge, seen->going_name, seen->state, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_cmpuint (fixture->proxy->n_cut, >, 0);
  fixture->proxy->cut_writes = FALSE;

  approve (&fixture->ours, merge, seen->going_name, seen->state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_first (&fixture->ours)->status, ==, LINKAGE_MERGE_STATUS_MERGED);
  if (mine_goes != NULL)
    g_assert_cmpint (linkage_account_get_state (fixture->ours.account), ==, LINKAGE_ACCOUNT_STATE_REMOVED);

  assert_refused (approve (&fixture->ours, merge, seen->going_name, seen->state, &error), &error,
                  mine_goes != NULL ? "account-merged" : "merge-closed");
}

/* Whoever opens the page anew presses the same button. */
static void
test_lost_answer_of_another_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->proxy->cut_writes = TRUE;
  g_assert_false (ask (&fixture->ours, FIXTURE_OTHER_ACCOUNT, NULL, TRUE, "Shall we?", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
  g_clear_error (&error);
  fixture->proxy->cut_writes = FALSE;

  g_signal_handlers_disconnect_by_data (fixture->ours.merges, &fixture->ours);
  g_clear_object (&fixture->ours.merges);
  fixture->ours.merges = linkage_merges_new (fixture->ours.account);
  ask (&fixture->ours, FIXTURE_OTHER_ACCOUNT, NULL, TRUE, "Shall we?", &error);
  g_assert_no_error (error);
  read_merges (&fixture->ours, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (linkage_merges_get_requests (fixture->ours.merges)->len, ==, 1);
}

static void
test_portal_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *merge = get_asked (fixture, FALSE);
  g_autoptr (LinkageMergePreview) seen = NULL;
  g_autoptr (GError) error = NULL;

  seen = preview (&fixture->ours, merge, 0, &error);
  g_assert_no_error (error);
  fixture->proxy->cut_writes = TRUE;
  g_assert_false (approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error));
  g_clear_error (&error);
  fixture_portal_kill (fixture->portal);
  fixture_portal_restart (fixture->portal);
  fixture->proxy->target = fixture->portal->port;
  fixture->proxy->cut_writes = FALSE;

  approve (&fixture->ours, merge, OTHERS_NAME, seen->state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (linkage_merges_get_requests (fixture->ours.merges)->len, ==, 1);
  g_assert_cmpint (get_first (&fixture->ours)->status, ==, LINKAGE_MERGE_STATUS_MERGED);
}

static void
test_plain_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = fixture_make_folder ();
  g_autoptr (GError) error = NULL;
  Side user = { NULL };

  user.account = fixture_account_open (folder, fixture->portal->api, fixture->portal->greeting->user_token);
  user.merges = linkage_merges_new (user.account);
  g_assert_false (read_merges (&user, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED);
  g_clear_error (&error);
  g_assert_false (ask (&user, FIXTURE_OTHER_ACCOUNT, NULL, TRUE, NULL, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED);

  g_clear_object (&user.merges);
  fixture_account_close (user.account);
  fixture_remove_folder (folder);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_merges_read_async (fixture->ours.merges, cancellable, fixture_keep_result, &result);
  g_cancellable_cancel (cancellable);
  fixture_wait_result (&result);
  g_assert_false (linkage_merges_read_finish (fixture->ours.merges, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, data, func) g_test_add ("/sync/merges/" name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("both-see", NULL, test_both_see);
  ADD ("ask-by-email", NULL, test_ask_by_email);
  ADD ("declined", NULL, test_declined);
  ADD ("withdrawn", NULL, test_withdrawn);
  ADD ("suggestions", NULL, test_suggestions);
  ADD ("refused-asking", NULL, test_refused_asking);
  ADD ("open", NULL, test_open);
  ADD ("not-yours", NULL, test_not_yours);
  ADD ("closed", NULL, test_closed);
  ADD ("wrong-name", NULL, test_wrong_name);
  ADD ("stale", NULL, test_stale);
  ADD ("preview", NULL, test_preview);
  ADD ("approve", NULL, test_approve);
  ADD ("approve-going", NULL, test_approve_going);
  ADD ("lost-answer", NULL, test_lost_answer);
  ADD ("lost-answer-going", "going", test_lost_answer);
  ADD ("lost-answer-of-another-page", NULL, test_lost_answer_of_another_page);
  ADD ("portal-killed", NULL, test_portal_killed);
  ADD ("plain-user", NULL, test_plain_user);
  ADD ("cancelled", NULL, test_cancelled);

  return g_test_run ();
}
