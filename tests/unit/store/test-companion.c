/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>
#include <unistd.h>

#include "companion-fixture.h"

#define LATER (COPIED_AT + 7 * 24 * 60 * 60)

static GPtrArray *
list_changes (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = linkage_store_list_changes (fixture->store, id, &error);

  g_assert_no_error (error);

  return changes;
}

static void
assert_change (GPtrArray *changes, guint position, LinkageRowChangeKind kind, const char *former, const char *present)
{
  const LinkageRowChange *change = NULL;

  g_assert_cmpuint (position, <, changes->len);
  change = g_ptr_array_index (changes, position);
  g_assert_cmpint (change->kind, ==, kind);
  g_assert_cmpstr (change->former, ==, former);
  g_assert_cmpstr (change->present, ==, present);
}

/* Contoso is approved, Fabrikam is as it was, Litware is missing, Tailspin is new. */
static void
apply_second (Fixture *fixture)
{
  g_autoptr (LinkageCopy) copy = linkage_copy_new (LATER);
  g_autoptr (LinkageConnection) contoso = get_connection (fixture, "one");
  LinkageConnection *approved = linkage_connection_copy (contoso);

  approved->status = LINKAGE_STATUS_APPROVED;
  approved->seen_at = LATER;
  g_ptr_array_add (copy->written, approved);
  g_ptr_array_add (copy->written, make_seen ("four", "Tailspin", LATER));
  g_ptr_array_add (copy->unchanged, g_strdup ("two"));
  g_ptr_array_add (copy->missing, g_strdup ("three"));
  copy->n_new = copy->n_changed = copy->n_unchanged = copy->n_missing = 1;
  apply_copy (fixture, copy);
}

static gboolean
undo (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_undo_copy_async (fixture->store, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static void
edit (Fixture *fixture, const char *id, LinkageRowChangeKind kind, const char *present, GPtrArray *entries)
{
  g_autoptr (LinkageRowChange) change = linkage_row_change_new (kind, LATER + 60, 0, NULL, present);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_edit_async (fixture->store, id, change, entries, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageCopy) copy = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (LinkageCopy) none = get_latest_copy (fixture);

  g_assert_null (none);
  apply_first (fixture);
  contoso = get_connection (fixture, "one");
  g_assert_cmpint (contoso->seen_at, ==, COPIED_AT);
  g_assert_true (contoso->requests_used_is_minimum);
  g_assert_false (contoso->is_missing);
  g_assert_cmpint (contoso->revision, ==, 1);
  g_assert_cmpint (linkage_store_get_updated_at (fixture->store), ==, COPIED_AT);
  g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, 3);

  copy = get_latest_copy (fixture);
  g_assert_cmpint (copy->number, ==, 1);
  g_assert_cmpuint (copy->n_new, ==, 3);
  g_assert_true (copy->can_undo);
  all = read_all (fixture);
  g_assert_cmpuint (all->len, ==, 3);

  close_store (fixture);
  open_companion (fixture);
  assert_name (fixture, "three", "Litware");
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (LinkageConnection) litware = NULL;
  g_autoptr (GPtrArray) of_contoso = NULL;
  g_autoptr (GPtrArray) of_fabrikam = NULL;
  g_autoptr (GPtrArray) of_litware = NULL;

  apply_first (fixture);
  apply_second (fixture);
  contoso = get_connection (fixture, "one");
  fabrikam = get_connection (fixture, "two");
  litware = get_connection (fixture, "three");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_APPROVED);
  g_assert_cmpint (fabrikam->seen_at, ==, LATER);
  g_assert_cmpint (litware->seen_at, ==, COPIED_AT);
  g_assert_true (litware->is_missing);
  g_assert_cmpuint (g_hash_table_size (fixture->rows), ==, 4);

  of_contoso = list_changes (fixture, "one");
  g_assert_cmpuint (of_contoso->len, ==, 1);
  assert_change (of_contoso, 0, LINKAGE_ROW_CHANGE_STATUS, "pending", "approved");
  g_assert_cmpint (((LinkageRowChange *)g_ptr_array_index (of_contoso, 0))->at, ==, LATER);
  of_fabrikam = list_changes (fixture, "two");
  g_assert_cmpuint (of_fabrikam->len, ==, 0);
  of_litware = list_changes (fixture, "three");
  assert_change (of_litware, 0, LINKAGE_ROW_CHANGE_MISSING, NULL, "missing");
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (LinkageConnection) litware = NULL;
  g_autoptr (LinkageCopy) latest = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  apply_first (fixture);
  apply_second (fixture);
  undo (fixture, &error);
  g_assert_no_error (error);

  contoso = get_connection (fixture, "one");
  fabrikam = get_connection (fixture, "two");
  litware = get_connection (fixture, "three");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (contoso->seen_at, ==, COPIED_AT);
  g_assert_cmpuint (contoso->attempts->len, ==, 1);
  g_assert_cmpint (fabrikam->seen_at, ==, COPIED_AT);
  g_assert_false (litware->is_missing);
  assert_name (fixture, "four", NULL);
  changes = list_changes (fixture, "one");
  g_assert_cmpuint (changes->len, ==, 0);
  g_assert_cmpint (linkage_store_get_updated_at (fixture->store), ==, COPIED_AT);
  g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, 3);

  /* Only the latest. */
  latest = get_latest_copy (fixture);
  g_assert_cmpint (latest->number, ==, 1);
  g_assert_false (latest->can_undo);
  g_assert_false (undo (fixture, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
}

static void
test_undo_keeps_what_was_written_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_customer_entry_unref);
  g_autoptr (LinkageConnection) contoso = NULL;
  g_autoptr (LinkageConnection) fabrikam = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  g_ptr_array_add (entries, linkage_customer_entry_new ("Contoso France", NULL, "FR", TRUE));
  apply_first (fixture);
  edit (fixture, "one", LINKAGE_ROW_CHANGE_CONTACT, "before@contoso.example", NULL);
  apply_second (fixture);
  edit (fixture, "one", LINKAGE_ROW_CHANGE_REQUESTS_USED, "2", NULL);
  edit (fixture, "one", LINKAGE_ROW_CHANGE_ENTRIES, "1", entries);
  edit (fixture, "two", LINKAGE_ROW_CHANGE_SENT, "buyer@fabrikam.example", NULL);
  edit (fixture, "four", LINKAGE_ROW_CHANGE_CONTACT, "buyer@tailspin.example", NULL);
  undo (fixture, &error);
  g_assert_no_error (error);

  contoso = get_connection (fixture, "one");
  g_assert_cmpint (contoso->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpuint (contoso->requests_used, ==, 2);
  g_assert_false (contoso->requests_used_is_minimum);
  g_assert_cmpuint (contoso->customer->entries->len, ==, 1);
  g_assert_cmpstr (linkage_connection_get_latest_attempt (contoso)->contact_email, ==, "before@contoso.example");
  changes = list_changes (fixture, "one");
  g_assert_cmpuint (changes->len, ==, 3);
  assert_change (changes, 1, LINKAGE_ROW_CHANGE_REQUESTS_USED, "1+", "2");

  fabrikam = get_connection (fixture, "two");
  g_assert_cmpuint (fabrikam->attempts->len, ==, 2);
  g_assert_cmpint (linkage_connection_get_latest_attempt (fabrikam)->requested_at, ==, LATER + 60);
  g_assert_cmpint (fabrikam->seen_at, ==, COPIED_AT);

  /* A new row that was written to stays. */
  assert_name (fixture, "four", "Tailspin");
}

static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageCopy) copy = linkage_copy_new (LATER);
  g_autoptr (LinkageConnection) planned = NULL;
  g_autoptr (LinkageConnection) litware = NULL;
  g_autoptr (LinkageCopy) latest = NULL;

  apply_first (fixture);
  planned = get_connection (fixture, "one");
  g_ptr_array_add (copy->written, make_seen ("five", "Woodgrove", LATER));
  g_ptr_array_add (copy->written, linkage_connection_copy (planned));
  edit (fixture, "one", LINKAGE_ROW_CHANGE_REQUESTS_USED, "2", NULL);

  g_assert_false (try_apply (fixture, copy, NULL, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
  assert_name (fixture, "five", NULL);
  latest = get_latest_copy (fixture);
  g_assert_cmpint (latest->number, ==, 1);
  g_assert_true (latest->can_undo);
}

static void
test_unknown_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageRowChange) change = linkage_row_change_new (LINKAGE_ROW_CHANGE_SENT, LATER, 0, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_edit_async (fixture->store, "nobody", change, NULL, NULL, on_result, &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
}

static void
test_headings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) headings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) remembered = NULL;
  g_autoptr (LinkageCopy) copy = linkage_copy_new (COPIED_AT);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (headings, (gpointer) "abnehmer", (gpointer) "customer");
  try_apply (fixture, copy, headings, &error);
  g_assert_no_error (error);
  remembered = linkage_store_get_headings (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (remembered, "abnehmer"), ==, "customer");
}

static void
test_to_ask (Fixture *fixture, gconstpointer data)
{
  const char *const added[] = { "Woodgrove Bank", "Contoso", "CONTOSO", " ", NULL };
  const char *const removed[] = { "woodgrove bank", "Nobody", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) rest = NULL;

  linkage_store_add_to_ask_async (fixture->store, added, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  names = linkage_store_list_to_ask (fixture->store, &error);
  g_assert_cmpstr (names[0], ==, "Woodgrove Bank");
  g_assert_cmpstr (names[1], ==, "Contoso");
  g_assert_null (names[2]);

  g_clear_object (&result);
  linkage_store_remove_to_ask_async (fixture->store, removed, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
  rest = linkage_store_list_to_ask (fixture->store, &error);
  g_assert_cmpstr (rest[0], ==, "Contoso");
  g_assert_null (rest[1]);
}

/* What the file itself says, to another connection. */
static char *
query_file (Fixture *fixture, const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  return answer;
}

static char *
list_indexes (Fixture *fixture)
{
  return query_file (fixture, "SELECT group_concat (name || ' ' || coalesce (sql, ''), char (10)) FROM"
                              " (SELECT * FROM sqlite_schema WHERE type = 'index' ORDER BY name)");
}

static LinkageCopy *
make_many (guint n_rows)
{
  LinkageCopy *copy = linkage_copy_new (COPIED_AT);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i);
      g_autofree char *name = g_strdup_printf ("Customer %u", i);

      g_ptr_array_add (copy->written, make_seen (id, name, COPIED_AT));
    }

  return copy;
}

/* So many that the indexes are made anew, behind the rows. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  const guint n_rows = 100000;
  g_autoptr (LinkageCopy) copy = make_many (n_rows);
  g_autofree char *former = list_indexes (fixture);
  g_autofree char *present = NULL;
  g_autofree char *integrity = NULL;
  gint64 began = g_get_monotonic_time ();

  apply_copy (fixture, copy);
  g_test_message ("100,000 new rows: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, n_rows);

  close_store (fixture);
  present = list_indexes (fixture);
  g_assert_cmpstr (present, ==, former);
  integrity = query_file (fixture, "PRAGMA integrity_check");
  g_assert_cmpstr (integrity, ==, "ok");
}

static void
test_many_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageCopy) copy = make_many (20000);
  g_autofree char *former = list_indexes (fixture);
  g_autofree char *present = NULL;
  g_autoptr (LinkageConnection) planned = NULL;
  g_autoptr (GError) error = NULL;

  apply_first (fixture);
  planned = get_connection (fixture, "one");
  edit (fixture, "one", LINKAGE_ROW_CHANGE_REQUESTS_USED, "2", NULL);
  g_ptr_array_add (copy->written, linkage_connection_copy (planned));

  g_assert_false (try_apply (fixture, copy, NULL, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
  g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, 3);
  present = list_indexes (fixture);
  g_assert_cmpstr (present, ==, former);
}

static void
test_no_indexes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *former = list_indexes (fixture);
  g_autofree char *without = NULL;
  g_autofree char *present = NULL;
  LinkageDatabase *database = NULL;
  g_autoptr (GError) error = NULL;

  apply_first (fixture);
  close_store (fixture);
  database = linkage_database_open (fixture->path, 0x4c6e6b53, 0, NULL, &error);
  g_assert_no_error (error);
  linkage_database_execute (database, "DROP INDEX connection_by_customer; DROP INDEX connection_of_customer", &error);
  g_assert_no_error (error);
  g_assert_finalize_object (database);
  without = list_indexes (fixture);
  g_assert_cmpstr (without, !=, former);

  open_companion (fixture);
  present = list_indexes (fixture);
  g_assert_cmpstr (present, ==, former);
}

#define N_BEFORE_KILL 20000

/* Ends as soon as a person would have been told that the rows are there. */
static void
import_and_die (const char *path)
{
  Fixture fixture = { .path = (char *)path };
  g_autoptr (LinkageCopy) copy = make_many (N_BEFORE_KILL);

  fixture.rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  open_companion (&fixture);
  apply_copy (&fixture, copy);
  kill (getpid (), SIGKILL);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *former = NULL;
  g_autofree char *present = NULL;
  g_autofree char *integrity = NULL;

  if (g_test_subprocess ())
    import_and_die (g_getenv ("LINKAGE_TEST_PATH"));

  former = list_indexes (fixture);
  close_store (fixture);
  g_setenv ("LINKAGE_TEST_PATH", fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("LINKAGE_TEST_PATH");
  g_assert_false (g_test_trap_has_passed ());

  open_companion (fixture);
  g_assert_null (linkage_store_get_restored (fixture->store));
  g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, N_BEFORE_KILL);
  present = list_indexes (fixture);
  g_assert_cmpstr (present, ==, former);
  integrity = query_file (fixture, "PRAGMA integrity_check");
  g_assert_cmpstr (integrity, ==, "ok");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/store/companion/" name, Fixture, NULL, set_up_companion, func, tear_down)
  ADD ("apply", test_apply);
  ADD ("again", test_again);
  ADD ("undo", test_undo);
  ADD ("undo-keeps-what-was-written-since", test_undo_keeps_what_was_written_since);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("unknown-row", test_unknown_row);
  ADD ("headings", test_headings);
  ADD ("to-ask", test_to_ask);
  ADD ("many", test_many);
  ADD ("many-refused", test_many_refused);
  ADD ("no-indexes", test_no_indexes);
  ADD ("killed", test_killed);
#undef ADD

  return g_test_run ();
}
