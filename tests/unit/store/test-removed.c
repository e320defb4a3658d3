/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that the portal takes away: which are kept, what is read of them, and what it costs. */

#include "store-fixture.h"

#define MANY 100000

static void
add_attempt (LinkageConnection *connection, LinkageStatus outcome)
{
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = connection->attempts->len + 1;
  attempt->requested_at = 1700000000;
  attempt->outcome = outcome;
  attempt->comment = g_strdup ("Not this year");
  g_ptr_array_add (connection->attempts, attempt);
}

static void
add_asked (LinkageChanges *changes, const char *id, gint64 revision, const char *name)
{
  LinkageConnection *connection = make_connection (id, revision, name);

  connection->status = LINKAGE_STATUS_REJECTED;
  connection->requests_used = 1;
  connection->actions = LINKAGE_ACTIONS_RESEND;
  add_attempt (connection, LINKAGE_STATUS_REJECTED);
  g_ptr_array_add (changes->changed, connection);
}

/* The rows asked-1 and asked-2 with an attempt, and one without. */
static void
fill_asked (Fixture *fixture)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");

  add_asked (changes, "asked-1", 1, "Contoso");
  add_asked (changes, "asked-2", 2, "Northwind");
  add_row (changes, "suggested", 3, "Tailspin");
  apply (fixture, changes);
}

static void
take_away (Fixture *fixture, const char *old_state, const char *new_state, const char *id, gint64 revision)
{
  g_autoptr (LinkageChanges) changes = make_page (old_state, new_state, FALSE, "e1");

  add_tombstone (changes, id, revision);
  apply (fixture, changes);
}

static GPtrArray *
list (Fixture *fixture, guint offset, guint limit, guint *total)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  linkage_store_list_removed_async (fixture->store, offset, limit, NULL, on_result, &result);
  wait_for (&result);
  rows = linkage_store_list_removed_finish (fixture->store, result, total, &error);
  g_assert_no_error (error);

  return rows;
}

/* ids: in order, with a space between two */
static void
assert_removed (Fixture *fixture, const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;
  guint total;

  rows = list (fixture, 0, 100, &total);
  g_assert_cmpuint (total, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            ((LinkageRemovedConnection *)g_ptr_array_index (rows, i))->connection->id);
  g_assert_cmpstr (found->str, ==, ids);
}

static void
purge (Fixture *fixture, gint64 row_id)
{
  linkage_store_purge (fixture->store, &row_id, 1);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) rows = NULL;
  LinkageRemovedConnection *removed;
  gint64 row_id;

  fill_asked (fixture);
  row_id = get_row_id (fixture, "asked-1");
  assert_removed (fixture, "");
  take_away (fixture, "s1", "s2", "asked-1", 4);
  take_away (fixture, "s2", "s3", "suggested", 5);
  assert_removed (fixture, "asked-1");
  assert_name (fixture, "asked-1", NULL);

  /* Also when no list shows it any more, and after a restart. */
  purge (fixture, row_id);
  assert_removed (fixture, "asked-1");
  close_store (fixture);
  open_store (fixture);
  assert_removed (fixture, "asked-1");
  assert_name (fixture, "asked-1", NULL);

  rows = list (fixture, 0, 1, NULL);
  removed = g_ptr_array_index (rows, 0);
  g_assert_cmpint (removed->removed_at, >=, now);
  g_assert_cmpint (removed->removed_at, <=, now + DEADLINE);
  g_assert_cmpstr (removed->connection->customer->name, ==, "Contoso");
  g_assert_cmpint (removed->connection->status, ==, LINKAGE_STATUS_REJECTED);
  g_assert_cmpint (removed->connection->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpuint (removed->connection->attempts->len, ==, 1);
  g_assert_cmpstr (((LinkageAttempt *)g_ptr_array_index (removed->connection->attempts, 0))->comment, ==,
                   "Not this year");
}

static void
test_portal_clock (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) rows = NULL;

  fill_asked (fixture);
  linkage_store_set_clock_offset (fixture->store, 86400);
  take_away (fixture, "s1", "s2", "asked-1", 4);
  rows = list (fixture, 0, 1, NULL);
  g_assert_cmpint (((LinkageRemovedConnection *)g_ptr_array_index (rows, 0))->removed_at, >=, now + 86400);
}

static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) again = make_page ("s2", "s3", FALSE, "e1");
  gint64 row_id;

  fill_asked (fixture);
  row_id = get_row_id (fixture, "asked-1");
  take_away (fixture, "s1", "s2", "asked-1", 4);
  add_asked (again, "asked-1", 5, "Contoso");
  apply (fixture, again);
  assert_removed (fixture, "");
  assert_name (fixture, "asked-1", "Contoso");
  g_assert_cmpint (get_row_id (fixture, "asked-1"), ==, row_id);

  /* And what is older does not bring one back. */
  take_away (fixture, "s3", "s4", "asked-1", 6);
  {
    g_autoptr (LinkageChanges) late = make_page ("s4", "s5", FALSE, "e1");

    add_asked (late, "asked-1", 5, "Contoso");
    apply (fixture, late);
  }
  assert_removed (fixture, "asked-1");
}

/* After a reading from the beginning those that are really gone count. */
static void
test_reread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) anew = make_page (NULL, "s9", FALSE, "e1");

  fill_asked (fixture);
  begin_reread (fixture);
  assert_removed (fixture, "");
  add_asked (anew, "asked-2", 2, "Northwind");
  apply (fixture, anew);
  assert_removed (fixture, "asked-1");
  assert_name (fixture, "asked-2", "Northwind");
}

/* A portal that was set up anew has another history, and took nothing away. */
static void
test_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) other = make_page (NULL, "t1", FALSE, "e2");
  g_autoptr (LinkageChanges) gone = make_page ("t1", "t2", FALSE, "e2");

  fill_asked (fixture);
  take_away (fixture, "s1", "s2", "asked-1", 4);
  begin_reread (fixture);
  add_asked (other, "of-e2", 1, "Fabrikam");
  apply (fixture, other);
  assert_removed (fixture, "");
  assert_name (fixture, "asked-2", NULL);

  add_tombstone (gone, "of-e2", 2);
  apply (fixture, gone);
  assert_removed (fixture, "of-e2");
  close_store (fixture);
  open_store (fixture);
  assert_removed (fixture, "of-e2");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) second = NULL;
  guint total;

  fill_asked (fixture);
  take_away (fixture, "s1", "s2", "asked-1", 4);
  take_away (fixture, "s2", "s3", "asked-2", 5);
  assert_removed (fixture, "asked-2 asked-1");

  second = list (fixture, 1, 1, &total);
  g_assert_cmpuint (total, ==, 2);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpstr (((LinkageRemovedConnection *)g_ptr_array_index (second, 0))->connection->id, ==, "asked-1");
}

static gboolean
count_turn (gpointer user_data)
{
  (*(guint *)user_data)++;

  return G_SOURCE_CONTINUE;
}

/* The main loop does not wait for it, whichever page of however many. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  static const guint offsets[] = { 0, MANY / 2, MANY - 1000 };
  guint n_turns = 0;
  guint source;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *old_state = i > 0 ? g_strdup_printf ("s%u", i) : NULL;
      g_autofree char *new_state = g_strdup_printf ("s%u", i + 1);
      g_autoptr (LinkageChanges) changes = make_page (old_state, new_state, FALSE, "e1");

      for (guint j = 0; j < MANY; j++)
        {
          g_autofree char *id = g_strdup_printf ("row-%u", j);

          if (i == 0)
            add_asked (changes, id, j + 1, "Contoso");
          else
            add_tombstone (changes, id, MANY + j + 1);
        }
      apply (fixture, changes);
    }

  source = g_idle_add (count_turn, &n_turns);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      gint64 before = g_get_monotonic_time ();
      g_autoptr (GPtrArray) rows = NULL;
      guint total;

      rows = list (fixture, offsets[i], 1000, &total);
      g_test_message ("1,000 of %u at %u: %.1f ms", total, offsets[i],
                      (double)(g_get_monotonic_time () - before) / 1000);
      g_assert_cmpuint (total, ==, MANY);
      g_assert_cmpuint (rows->len, ==, 1000);
    }
  g_source_remove (source);
  g_assert_cmpuint (n_turns, >, 0);
}

#define ADD(path, func) g_test_add ("/store/removed/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("kept", test_kept);
  ADD ("portal-clock", test_portal_clock);
  ADD ("comes-back", test_comes_back);
  ADD ("reread", test_reread);
  ADD ("epoch", test_epoch);
  ADD ("order", test_order);
  if (g_test_slow ())
    ADD ("many", test_many);

  return g_test_run ();
}
