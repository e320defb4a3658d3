/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "../test-permissions.h"

static char *
beside (Fixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

static void
assert_refused (Fixture *fixture, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (fixture->path, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, code);
}

/* What a process that was killed leaves behind. */
static void
mark_left_open (Fixture *fixture)
{
  g_autofree char *lock = beside (fixture, ".lock");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (lock, "open\n", -1, &error));
  g_assert_no_error (error);
}

static void
execute (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_database_open (fixture->path, 0x4c6e6b53, 0, NULL, &error);

  g_assert_no_error (error);
  linkage_database_execute (database, sql, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (database);
}

static gint64
get_root_page (Fixture *fixture, const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageDatabase) database = NULL;
  sqlite3_stmt *statement;
  gint64 page;

  database = linkage_database_open (fixture->path, 0x4c6e6b53, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_prepare_v2 (linkage_database_get_handle (database),
                                       "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &statement, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return page;
}

static void
damage (Fixture *fixture, const char *table)
{
  const gsize page_size = 4096;
  gint64 page = get_root_page (fixture, table);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, &error));
  g_assert_cmpint (length, >=, page * page_size);
  memset (contents + (page - 1) * page_size, 0xa5, page_size);
  g_assert_true (g_file_set_contents (fixture->path, contents, length, &error));
  g_assert_no_error (error);
}

static void
begin_search (Fixture *fixture, const char *key, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_begin_search_async (fixture->store, key, name, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_begin_search_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static void
add_operation (Fixture *fixture, const char *customer_id)
{
  g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, customer_id, "Contoso");
  g_autoptr (GError) error = NULL;

  g_assert_true (enqueue (fixture, operation, &error));
  g_assert_no_error (error);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = beside (fixture, ".lock");
  GStatBuf info;

  open_store (fixture);
  g_assert_null (linkage_store_get_set_aside (fixture->store));
  g_assert_cmpstr (linkage_store_get_path (fixture->store), ==, fixture->path);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (lock, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* What takes the file back to the version before each. */
static const char *const backwards[] = {
  NULL,
  NULL,
  "ALTER TABLE account DROP COLUMN revision;",
  "ALTER TABLE account DROP COLUMN merged_into_id; ALTER TABLE account DROP COLUMN merged_into_name;",
  "DROP INDEX connection_by_removal; ALTER TABLE connection DROP COLUMN removed_at;",
};

#define NEWEST (G_N_ELEMENTS (backwards) - 1)

static void
go_back_to (Fixture *fixture, guint version)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version=%u", version);

  for (guint i = NEWEST; i > version; i--)
    execute (fixture, backwards[i]);
  execute (fixture, pragma);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  open_store (fixture);
  fill (fixture);
  close_store (fixture);
  execute (fixture, "PRAGMA user_version=99");
  assert_refused (fixture, LINKAGE_STORE_ERROR_NEWER);

  /* Nothing was lost: the newer program still reads it. */
  go_back_to (fixture, NEWEST);
  open_store (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
test_earlier (Fixture *fixture, gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (LinkageAccountInfo) info = NULL;

  open_store (fixture);
  fill (fixture);
  add_operation (fixture, "customer-1");
  close_store (fixture);
  go_back_to (fixture, version);

  open_store (fixture);
  assert_name (fixture, "one", "Contoso");
  info = linkage_store_get_account_info (fixture->store);
  g_assert_cmpint (info->revision, ==, 0);
  g_assert_null (info->merged_into_id);
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);

    g_assert_cmpuint (operations->len, ==, 1);
  }
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  database = linkage_database_open (fixture->path, 7, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (database);
  assert_refused (fixture, LINKAGE_STORE_ERROR_FAILED);
}

static void
test_two_stores (Fixture *fixture, gconstpointer data)
{
  open_store (fixture);
  assert_refused (fixture, LINKAGE_STORE_ERROR_BUSY);
  close_store (fixture);
  open_store (fixture);
}

static void
test_two_processes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = beside (fixture, ".lock");
  g_autofree char *flock = g_find_program_in_path ("flock");
  g_autoptr (GSubprocess) holder = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  if (flock == NULL)
    {
      g_test_skip ("There is no flock program");
      return;
    }

  open_store (fixture);
  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, flock, "-n", lock, "true", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (holder, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (holder), ==, 1);
  g_clear_object (&holder);
  close_store (fixture);

  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, flock, "-n", lock,
                             "sh", "-c", "echo held; cat", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (holder));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "held");
  assert_refused (fixture, LINKAGE_STORE_ERROR_BUSY);

  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, &error));
  g_assert_true (g_subprocess_wait_check (holder, NULL, &error));
  g_assert_no_error (error);
  open_store (fixture);
}

static void
test_left_open (Fixture *fixture, gconstpointer data)
{
  open_store (fixture);
  fill (fixture);
  add_operation (fixture, "customer-1");
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  open_store (fixture);
  g_assert_null (linkage_store_get_set_aside (fixture->store));
  assert_name (fixture, "one", "Contoso");
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);

    g_assert_cmpuint (operations->len, ==, 1);
  }
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *garbage = g_strnfill (10000, 'x');
  g_autofree char *kept = NULL;
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;
  const char *set_aside;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, garbage, -1, &error));

  open_store (fixture);
  set_aside = linkage_store_get_set_aside (fixture->store);
  g_assert_true (g_str_has_prefix (set_aside, fixture->path));
  g_assert_nonnull (strstr (set_aside, ".corrupt-"));
  g_assert_true (g_file_get_contents (set_aside, &kept, NULL, &error));
  g_assert_cmpstr (kept, ==, garbage);

  state = linkage_store_dup_state (fixture->store);
  g_assert_null (state);
  fill (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
test_corrupt_is_rescued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *state = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *new_path = beside (fixture, ".new");
  g_autoptr (GError) error = NULL;

  open_store (fixture);
  fill (fixture);
  add_operation (fixture, "customer-1");
  add_operation (fixture, "customer-2");
  begin_search (fixture, "key-1", "Litware");
  close_store (fixture);
  damage (fixture, "connection");
  mark_left_open (fixture);

  open_store (fixture);
  g_assert_true (g_file_test (linkage_store_get_set_aside (fixture->store), G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  operations = list_operations (fixture);
  g_assert_cmpuint (operations->len, ==, 2);
  key = linkage_store_find_unanswered_search (fixture->store, NULL, &name, &error);
  g_assert_cmpstr (key, ==, "key-1");
  g_assert_cmpstr (name, ==, "Litware");

  /* The portal gives the rest again. */
  state = linkage_store_dup_state (fixture->store);
  g_assert_null (state);
  assert_name (fixture, "one", NULL);
  fill (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
test_corrupt_outbox (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  open_store (fixture);
  add_operation (fixture, "customer-1");
  begin_search (fixture, "key-1", "Litware");
  close_store (fixture);
  damage (fixture, "outbox");

  open_store (fixture);
  g_assert_nonnull (linkage_store_get_set_aside (fixture->store));
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);

    g_assert_cmpuint (operations->len, ==, 0);
  }
  key = linkage_store_find_unanswered_search (fixture->store, NULL, &name, &error);
  g_assert_cmpstr (key, ==, "key-1");
}

/* One row that the portal had and took away again, after a request. */
static void
take_away_asked (Fixture *fixture)
{
  g_autoptr (LinkageChanges) with = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (LinkageChanges) without = make_page ("s1", "s2", FALSE, "e1");
  LinkageConnection *connection = make_connection ("asked", 1, "Contoso");

  g_ptr_array_add (connection->attempts, linkage_attempt_new ());
  g_ptr_array_add (with->changed, connection);
  apply (fixture, with);
  add_tombstone (without, "asked", 2);
  apply (fixture, without);
}

static GPtrArray *
list_removed (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  linkage_store_list_removed_async (fixture->store, 0, 100, NULL, on_result, &result);
  wait_for (&result);
  rows = linkage_store_list_removed_finish (fixture->store, result, NULL, &error);
  g_assert_no_error (error);

  return rows;
}

static void
test_corrupt_keeps_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const LinkageRemovedConnection *removed = NULL;

  open_store (fixture);
  take_away_asked (fixture);
  before = list_removed (fixture);
  g_assert_cmpuint (before->len, ==, 1);
  close_store (fixture);
  damage (fixture, "outbox");
  mark_left_open (fixture);

  open_store (fixture);
  g_assert_nonnull (linkage_store_get_set_aside (fixture->store));
  /* The portal does not give it again, and its first answer does not take it for one of another epoch. */
  fill (fixture);
  after = list_removed (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  removed = g_ptr_array_index (after, 0);
  g_assert_cmpstr (removed->connection->id, ==, "asked");
  g_assert_cmpuint (removed->connection->attempts->len, ==, 1);
  g_assert_cmpint (removed->removed_at, ==, ((LinkageRemovedConnection *)g_ptr_array_index (before, 0))->removed_at);
  assert_name (fixture, "asked", NULL);
}

static void
test_corrupt_while_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page ("s1", "s2", FALSE, "e1");
  g_autoptr (GError) error = NULL;

  open_store (fixture);
  fill (fixture);
  close_store (fixture);
  damage (fixture, "attempt");

  /* It was closed as it should be, so it is not looked through; the damage shows when it is met. */
  open_store (fixture);
  g_assert_null (linkage_store_get_set_aside (fixture->store));
  add_row (changes, "one", 5, "Contoso Ltd");
  {
    g_autoptr (GAsyncResult) result = NULL;

    linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &result);
    wait_for (&result);
    g_assert_false (linkage_store_apply_changes_finish (fixture->store, result, &error));
    g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_CORRUPT);
  }
  close_store (fixture);

  open_store (fixture);
  g_assert_nonnull (linkage_store_get_set_aside (fixture->store));
}

static void
test_interrupted_replacement (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rescued = beside (fixture, ".rescued");
  g_autofree char *log = beside (fixture, "-wal");
  g_autoptr (GError) error = NULL;

  open_store (fixture);
  add_operation (fixture, "customer-1");
  close_store (fixture);
  g_assert_cmpint (g_rename (fixture->path, rescued), ==, 0);

  /* The old one's log must neither get lost before the new one stands, nor be taken for the new one's. */
  g_file_set_contents (fixture->path, "damaged", -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (log, "damaged", -1, &error);
  g_assert_no_error (error);

  open_store (fixture);
  g_assert_false (g_file_test (rescued, G_FILE_TEST_EXISTS));
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);

    g_assert_cmpuint (operations->len, ==, 1);
  }
}

static gboolean
limit_pages (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  return linkage_database_execute (database, data, error);
}

static void
set_page_limit (Fixture *fixture, const char *pragma)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GTask *task = g_task_new (fixture->store, NULL, on_result, &result);

  g_task_set_source_tag (task, set_page_limit);
  g_task_set_task_data (task, g_strdup (pragma), g_free);
  linkage_store_write (fixture->store, LINKAGE_DATABASE_REPEATABLE, task, limit_pages);
  wait_for (&result);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_no_error (error);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page ("s1", "s2", FALSE, "e1");
  g_autofree char *long_name = g_strnfill (200000, 'x');
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;

  open_store (fixture);
  fill (fixture);
  add_row (changes, "one", 5, "Contoso Ltd");
  add_row (changes, "long", 6, long_name);
  set_page_limit (fixture, "PRAGMA max_page_count=1");
  {
    g_autoptr (GAsyncResult) result = NULL;

    linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &result);
    wait_for (&result);
    g_assert_false (linkage_store_apply_changes_finish (fixture->store, result, &error));
    g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_FULL);
  }

  /* All of the page or nothing. */
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  assert_name (fixture, "one", "Contoso");
  state = linkage_store_dup_state (fixture->store);
  g_assert_cmpstr (state, ==, "s1");

  set_page_limit (fixture, "PRAGMA max_page_count=100000");
  apply (fixture, changes);
  assert_name (fixture, "one", "Contoso Ltd");
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  /* In a process of its own, where no thread has been started with the privilege yet. */
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  test_permissions_drop ();
  assert_refused (fixture, LINKAGE_STORE_ERROR_READ_ONLY);
  test_permissions_restore ();
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  linkage_store_open_async (fixture->path, cancellable, on_result, &result);
  wait_for (&result);
  g_assert_null (linkage_store_open_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  open_store (fixture);
}

#define ADD(path, func) g_test_add ("/store/open/" path, Fixture, NULL, make_path, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("new", test_new);
  ADD ("newer", test_newer);
  for (guint version = 1; version < NEWEST; version++)
    {
      g_autofree char *path = g_strdup_printf ("/store/open/earlier/%u", version);

      g_test_add (path, Fixture, GUINT_TO_POINTER (version), make_path, test_earlier, tear_down);
    }
  ADD ("foreign", test_foreign);
  ADD ("two-stores", test_two_stores);
  ADD ("two-processes", test_two_processes);
  ADD ("left-open", test_left_open);
  ADD ("no-database", test_no_database);
  ADD ("corrupt-is-rescued", test_corrupt_is_rescued);
  ADD ("corrupt-outbox", test_corrupt_outbox);
  ADD ("corrupt-keeps-removed", test_corrupt_keeps_removed);
  ADD ("corrupt-while-open", test_corrupt_while_open);
  ADD ("interrupted-replacement", test_interrupted_replacement);
  ADD ("full-disk", test_full_disk);
  ADD ("read-only", test_read_only);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
