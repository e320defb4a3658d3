/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two stores of what a person brought become one. */

#include "companion-fixture.h"
#include "linkage-store-merge.h"

#define DAY (24 * 60 * 60)
#define GOING "b3b62b2c-4b7a-4a53-9f0a-4a8c4c0d7b11"

typedef struct
{
  Fixture stays;
  Fixture goes;
} Two;

static void
set_up_two (Two *two, gconstpointer data)
{
  set_up_companion (&two->stays, data);
  set_up_companion (&two->goes, data);
}

static void
tear_down_two (Two *two, gconstpointer data)
{
  tear_down (&two->stays, data);
  tear_down (&two->goes, data);
}

/* One account's side of a customer; status: null: it has no row */
typedef struct
{
  const char *status;
  gint64 requested_at;
} Side;

static const Side sides[] = {
  { NULL, 0 },
  { "suggested", 0 },
  { "pending", COPIED_AT - 10 * DAY },
  { "approved", COPIED_AT - 40 * DAY },
  { "expired", COPIED_AT - 40 * DAY },
  { "rejected", COPIED_AT - 40 * DAY },
};

/* As in the test of the rule: what is left, S, O and C are rows, R is none; a small b: what it says is the other
 * account's. Rows: the account that stays. */
static const char *const table[G_N_ELEMENTS (sides)][G_N_ELEMENTS (sides)] = {
  /*               absent suggested pending approved expired rejected */
  /* absent    */ { "R", "Ob", "Ob", "Ob", "Rb", "Rb" },
  /* suggested */ { "S", "C", "Cb", "Cb", "Rb", "Rb" },
  /* pending   */ { "S", "C", "C", "Cb", "C", "C" },
  /* approved  */ { "S", "C", "C", "C", "C", "C" },
  /* expired   */ { "R", "R", "Cb", "Cb", "R", "Rb" },
  /* rejected  */ { "R", "R", "Cb", "Cb", "R", "R" },
};

static LinkageConnection *
make_row (const char *id, const char *name, const Side *side)
{
  LinkageConnection *row = make_seen (id, name, COPIED_AT);

  row->status = linkage_status_from_string (side->status);
  row->requests_used_is_minimum = FALSE;
  row->was_rejected = row->status == LINKAGE_STATUS_REJECTED;
  g_ptr_array_set_size (row->attempts, 0);
  row->requests_used = 0;
  if (side->requested_at != 0)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      row->requests_used = 1;
      attempt->number = 1;
      attempt->requested_at = side->requested_at;
      attempt->expires_at = linkage_rules_get_expiry (side->requested_at);
      attempt->outcome = row->status;
      g_ptr_array_add (row->attempts, attempt);
    }

  return row;
}

static LinkageCompanionMerge *
plan (Two *two)
{
  g_autoptr (GPtrArray) stays = read_all (&two->stays);
  g_autoptr (GPtrArray) goes = read_all (&two->goes);

  return linkage_companion_merge_new (stays, goes, 4, 2, COPIED_AT);
}

static gboolean
try_merge (Two *two, LinkageCompanionMerge *merge, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_merge_async (two->stays.store, merge, two->goes.store, GOING, NULL, on_result, &result);

  return finish (&two->stays, &result, error);
}

static void
merge (Two *two)
{
  g_autoptr (LinkageCompanionMerge) merge = plan (two);
  g_autoptr (GError) error = NULL;

  forget (&two->stays);
  try_merge (two, merge, &error);
  g_assert_no_error (error);
}

static void
bring (Fixture *fixture, GPtrArray *rows)
{
  g_autoptr (LinkageCopy) copy = linkage_copy_new (COPIED_AT);

  g_ptr_array_extend_and_steal (copy->written, rows);
  copy->n_new = copy->written->len;
  apply_copy (fixture, copy);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
}

static void
bring_one (Fixture *fixture, LinkageConnection *row)
{
  GPtrArray *rows = new_rows ();

  g_ptr_array_add (rows, row);
  bring (fixture, rows);
}

/* (transfer full) (nullable) */
static LinkageConnection *
find (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) rows = read_all (fixture);
  LinkageConnection *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      LinkageConnection *row = g_ptr_array_index (rows, i);

      if (!g_str_equal (row->customer->name, name))
        continue;
      g_assert_null (found);
      found = linkage_connection_ref (row);
    }

  return found;
}

static void
fill_with_table (Two *two)
{
  GPtrArray *stays = new_rows ();
  GPtrArray *goes = new_rows ();

  for (gsize a = 0; a < G_N_ELEMENTS (sides); a++)
    {
      for (gsize b = 0; b < G_N_ELEMENTS (sides); b++)
        {
          g_autofree char *name = g_strdup_printf ("Customer %zu-%zu", a, b);
          g_autofree char *name_there = g_utf8_strup (name, -1);
          g_autofree char *id = g_strdup_printf ("stays-%zu-%zu", a, b);
          g_autofree char *id_there = g_strdup_printf ("goes-%zu-%zu", a, b);

          if (sides[a].status != NULL)
            g_ptr_array_add (stays, make_row (id, name, &sides[a]));
          if (sides[b].status != NULL)
            g_ptr_array_add (goes, make_row (id_there, sides[a].status != NULL ? name_there : name, &sides[b]));
        }
    }
  bring (&two->stays, stays);
  bring (&two->goes, goes);
}

static void
check_customer (Two *two, gsize a, gsize b)
{
  const char *expected = table[a][b];
  const Side *survivor = expected[1] == 'b' ? &sides[b] : &sides[a];
  g_autofree char *name = g_strdup_printf ("Customer %zu-%zu", a, b);
  g_autofree char *id = g_strdup_printf ("%s-%zu-%zu", sides[a].status != NULL ? "stays" : "goes", a, b);
  g_autoptr (LinkageConnection) row = find (&two->stays, name);

  g_test_message ("%s with %s", sides[a].status, sides[b].status);
  if (expected[0] == 'R')
    {
      g_assert_null (row);
      return;
    }

  g_assert_nonnull (row);
  g_assert_cmpstr (row->id, ==, id);
  g_assert_cmpstr (linkage_status_to_string (row->status), ==, survivor->status);
  g_assert_cmpuint (row->attempts->len, ==, survivor->requested_at != 0);
  g_assert_cmpuint (row->requests_used, ==, sides[a].requested_at != 0 || sides[b].requested_at != 0);
  g_assert_cmpint (row->was_rejected, ==,
                   g_strcmp0 (sides[a].status, "rejected") == 0 || g_strcmp0 (sides[b].status, "rejected") == 0);
  g_assert_cmpint (row->seen_at, ==, COPIED_AT);
}

static void
test_table (Two *two, gconstpointer data)
{
  g_autoptr (LinkageCompanionMerge) merge = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (LinkageMergePreview) preview = NULL;
  g_autoptr (GError) error = NULL;

  fill_with_table (two);
  before = read_all (&two->goes);
  merge = plan (two);
  preview = linkage_companion_merge_make_preview (merge, "Ours", "Theirs", 30, 100);
  g_assert_cmpuint (preview->total, ==, 35);
  g_assert_cmpuint (preview->rows->len, ==, 5);
  g_assert_cmpuint (preview->stays + preview->comes_over + preview->consolidated + preview->removed, ==, 35);
  g_assert_cmpuint (preview->removed, ==, 12);
  g_assert_cmpuint (preview->searches_left, ==, 2);

  try_merge (two, merge, &error);
  g_assert_no_error (error);
  for (gsize a = 0; a < G_N_ELEMENTS (sides); a++)
    {
      for (gsize b = 0; b < G_N_ELEMENTS (sides); b++)
        check_customer (two, a, b);
    }

  after = read_all (&two->goes);
  g_assert_cmpuint (after->len, ==, before->len);
}

/* Nobody has seen that it expired. */
static void
test_no_answer_is_not_expired (Two *two, gconstpointer data)
{
  const Side late = { "pending", COPIED_AT - 90 * DAY };
  const Side expired = { "expired", COPIED_AT - 40 * DAY };
  g_autoptr (LinkageConnection) row = NULL;

  bring_one (&two->stays, make_row ("stays", "Contoso", &expired));
  bring_one (&two->goes, make_row ("goes", "Contoso", &late));
  merge (two);

  row = find (&two->stays, "Contoso");
  g_assert_nonnull (row);
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpstr (row->id, ==, "stays");
}

static void
test_namesakes (Two *two, gconstpointer data)
{
  const Side one = { "pending", COPIED_AT - 10 * DAY };
  const Side other = { "approved", COPIED_AT - 20 * DAY };
  GPtrArray *stays = new_rows ();
  GPtrArray *goes = new_rows ();
  g_autoptr (GPtrArray) rows = NULL;

  g_ptr_array_add (stays, make_row ("stays-1", "Contoso", &one));
  g_ptr_array_add (stays, make_row ("stays-2", "Contoso", &other));
  g_ptr_array_add (goes, make_row ("goes-1", "CONTOSO", &other));
  g_ptr_array_add (goes, make_row ("goes-2", "Contoso", &sides[4]));
  bring (&two->stays, stays);
  bring (&two->goes, goes);
  merge (two);

  /* The same approval is one row; the expired one is nobody's, and is removed. */
  rows = read_all (&two->stays);
  g_assert_cmpuint (rows->len, ==, 2);
}

/* Of an account whose files a person copied. */
static void
test_same_ids (Two *two, gconstpointer data)
{
  g_autoptr (LinkageConnection) here = NULL;
  g_autoptr (LinkageConnection) there = NULL;

  bring_one (&two->stays, make_seen ("same", "Contoso", COPIED_AT));
  bring_one (&two->goes, make_seen ("same", "Fabrikam", COPIED_AT));
  merge (two);

  here = find (&two->stays, "Contoso");
  there = find (&two->stays, "Fabrikam");
  g_assert_cmpstr (here->id, ==, "same");
  g_assert_cmpstr (there->id, !=, "same");
}

static GPtrArray *
list_changes (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = linkage_store_list_changes (fixture->store, id, &error);

  g_assert_no_error (error);

  return changes;
}

static void
mark_sent (Fixture *fixture, const char *id, gint64 at, const char *email)
{
  g_autoptr (LinkageRowChange) change = linkage_row_change_new (LINKAGE_ROW_CHANGE_SENT, at, 0, NULL, email);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_edit_async (fixture->store, id, change, NULL, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
add_to_ask (Fixture *fixture, const char *const *names)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_add_to_ask_async (fixture->store, names, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
bring_again (Fixture *fixture, const char *id, gint64 copied_at, GHashTable *headings)
{
  g_autoptr (LinkageCopy) copy = linkage_copy_new (copied_at);
  g_autoptr (LinkageConnection) row = linkage_store_get_connection (fixture->store, id, NULL);
  g_autoptr (GError) error = NULL;
  LinkageConnection *changed = linkage_connection_copy (row);

  changed->status = LINKAGE_STATUS_APPROVED;
  changed->seen_at = copied_at;
  g_ptr_array_add (copy->written, changed);
  copy->n_changed = 1;
  try_apply (fixture, copy, headings, &error);
  g_assert_no_error (error);
}

static void
test_what_comes_along (Two *two, gconstpointer data)
{
  const char *const here[] = { "Woodgrove", "Adatum", NULL };
  const char *const there[] = { "ADATUM", "Northwind", NULL };
  g_autoptr (GHashTable) headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (LinkageCopy) latest = NULL;
  g_autoptr (LinkageCopy) latest_there = NULL;
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) to_ask = NULL;

  apply_first (&two->stays);
  bring_one (&two->goes, make_seen ("there", "contoso", COPIED_AT));
  mark_sent (&two->goes, "there", COPIED_AT + 10, "b@contoso.example");
  mark_sent (&two->stays, "one", COPIED_AT + 20, "a@contoso.example");
  g_hash_table_insert (headings, g_strdup ("kunde"), g_strdup ("customer"));
  bring_again (&two->goes, "there", COPIED_AT + 30, headings);
  add_to_ask (&two->stays, here);
  add_to_ask (&two->goes, there);
  latest_there = get_latest_copy (&two->goes);
  merge (two);

  row = find (&two->stays, "Contoso");
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_APPROVED);
  g_assert_cmpint (row->seen_at, ==, COPIED_AT + 30);
  changes = list_changes (&two->stays, "one");
  g_assert_cmpuint (changes->len, ==, 3);
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpint (((LinkageRowChange *)g_ptr_array_index (changes, i))->at, ==, COPIED_AT + 10 * (i + 1));

  /* Numbers of copies are each store's own. */
  latest = get_latest_copy (&two->stays);
  g_assert_cmpint (latest->copied_at, ==, latest_there->copied_at);
  g_assert_cmpint (((LinkageRowChange *)g_ptr_array_index (changes, 2))->copy, ==, latest->number);
  g_assert_cmpint (linkage_store_get_updated_at (two->stays.store), ==, COPIED_AT + 30);
  known = linkage_store_get_headings (two->stays.store, &error);
  g_assert_cmpstr (g_hash_table_lookup (known, "kunde"), ==, "customer");
  to_ask = linkage_store_list_to_ask (two->stays.store, &error);
  g_assert_cmpuint (g_strv_length (to_ask), ==, 3);
  g_assert_cmpstr (to_ask[2], ==, "Northwind");
  backups = linkage_store_list_backups (two->stays.store);
  g_assert_cmpuint (backups->len, ==, 2);

  /* An import is not taken back over a merge. */
  g_assert_false (latest->can_undo);
  linkage_store_undo_copy_async (two->stays.store, NULL, on_result, &result);
  g_assert_false (finish (&two->stays, &result, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
}

/* The latest copy is what was brought last, to either. */
static void
test_an_import_afterwards (Two *two, gconstpointer data)
{
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (LinkageConnection) back = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  apply_first (&two->stays);
  bring_one (&two->goes, make_seen ("there", "Tailspin", COPIED_AT));
  merge (two);
  bring_again (&two->stays, "there", COPIED_AT + DAY, NULL);
  row = find (&two->stays, "Tailspin");
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_APPROVED);

  linkage_store_undo_copy_async (two->stays.store, NULL, on_result, &result);
  finish (&two->stays, &result, &error);
  g_assert_no_error (error);
  back = find (&two->stays, "Tailspin");
  g_assert_cmpint (back->status, ==, LINKAGE_STATUS_PENDING);
}

static void
test_what_is_told (Two *two, gconstpointer data)
{
  const Side rejected = { "rejected", COPIED_AT - DAY };

  apply_first (&two->stays);
  bring_one (&two->goes, make_row ("there", "Contoso", &rejected));
  merge (two);
  g_assert_cmpuint (two->stays.n_rows_changed, ==, 1);
  g_assert_cmpuint (g_hash_table_size (two->stays.rows), ==, 1);
  g_assert_cmpuint (two->stays.n_account_changed, ==, 1);
}

static void
check_is_merged (const char *path, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  gboolean is_merged = !expected;

  linkage_store_look_for_merged (path, GOING, &is_merged, &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_merged, ==, expected);
}

static void
test_too_late (Two *two, gconstpointer data)
{
  g_autoptr (LinkageCompanionMerge) first = NULL;
  g_autoptr (LinkageCompanionMerge) second = NULL;
  g_autoptr (LinkageCompanionMerge) third = NULL;
  g_autoptr (LinkageConnection) row = NULL;
  g_autoptr (GError) error = NULL;

  apply_first (&two->stays);
  bring_one (&two->goes, make_seen ("there", "Tailspin", COPIED_AT));
  first = plan (two);
  mark_sent (&two->stays, "one", COPIED_AT, NULL);
  g_assert_false (try_merge (two, first, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
  g_clear_error (&error);

  second = plan (two);
  g_assert_cmpstr (first->state, !=, second->state);
  mark_sent (&two->goes, "there", COPIED_AT, NULL);
  g_assert_false (try_merge (two, second, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
  g_clear_error (&error);

  third = plan (two);
  bring_one (&two->goes, make_seen ("new", "Adatum", COPIED_AT));
  g_assert_false (try_merge (two, third, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);

  row = find (&two->stays, "Tailspin");
  g_assert_null (row);
  close_store (&two->stays);
  check_is_merged (two->stays.path, FALSE);
}

static void
test_it_is_remembered (Two *two, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_merged;

  apply_first (&two->stays);
  merge (two);
  g_assert_false (linkage_store_look_for_merged (two->stays.path, GOING, &is_merged, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_BUSY);
  close_store (&two->stays);
  check_is_merged (two->stays.path, TRUE);
  open_companion (&two->stays);
}

#define ADD(path, test) g_test_add (path, Two, NULL, set_up_two, test, tear_down_two)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/merge/table", test_table);
  ADD ("/merge/no-answer", test_no_answer_is_not_expired);
  ADD ("/merge/namesakes", test_namesakes);
  ADD ("/merge/same-ids", test_same_ids);
  ADD ("/merge/along", test_what_comes_along);
  ADD ("/merge/import-afterwards", test_an_import_afterwards);
  ADD ("/merge/told", test_what_is_told);
  ADD ("/merge/too-late", test_too_late);
  ADD ("/merge/remembered", test_it_is_remembered);

  return g_test_run ();
}
