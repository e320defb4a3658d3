/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-database.h"

#include <glib/gstdio.h>

#include "../test-permissions.h"
#include "linkage-statement.h"

#define APPLICATION_ID 0x4c6e6b54

static char *
make_path (void)
{
  static int n_files = 0;
  g_autofree char *name = g_strdup_printf ("test-%d.db", n_files++);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);

  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static LinkageDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_database_open (path, APPLICATION_ID, 0, NULL, &error);

  g_assert_no_error (error);

  return database;
}

static void
execute (LinkageDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  linkage_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

static gint64
query_int (LinkageDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (linkage_statement_step (statement, &error), ==, LINKAGE_STEP_ROW);
  g_assert_no_error (error);

  return linkage_statement_get_int (statement, 0);
}

static void
test_open (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (path);
  GStatBuf info;

  g_assert_cmpint (query_int (database, "PRAGMA application_id"), ==, APPLICATION_ID);
  g_assert_cmpint (query_int (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (query_int (database, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (query_int (database, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);
  g_assert_cmpint (linkage_database_get_version (database, &error), ==, 0);

  execute (database, "CREATE TABLE t (a INTEGER) STRICT");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (linkage_database_close (database, &error));
  g_assert_no_error (error);
  g_assert_true (linkage_database_close (database, &error));
  g_assert_finalize_object (database);

  /* A file that others could read is closed to them. */
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  database = open_database (path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (database);
}

static void
test_memory (void)
{
  LinkageDatabase *database = open_database (":memory:");

  execute (database, "CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (7)");
  g_assert_cmpint (query_int (database, "SELECT a FROM t"), ==, 7);
  g_assert_finalize_object (database);
}

static void
test_foreign_file (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_database_open (path, 1234, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_finalize_object (database);

  g_assert_null (linkage_database_open (path, APPLICATION_ID, 0, NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CANNOT_OPEN);
}

static void
test_read_only (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *writer;
  LinkageDatabase *reader;

  g_assert_null (linkage_database_open (path, APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CANNOT_OPEN);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  writer = open_database (path);
  execute (writer, "CREATE TABLE t (a INTEGER) STRICT");
  reader = linkage_database_open (path, APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);

  /* The reader sees what was committed, and nothing else. */
  g_assert_true (linkage_database_begin (writer, LINKAGE_DATABASE_REPEATABLE, &error));
  execute (writer, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (query_int (reader, "SELECT count(*) FROM t"), ==, 0);
  g_assert_true (linkage_database_commit (writer, &error));
  g_assert_cmpint (query_int (reader, "SELECT count(*) FROM t"), ==, 1);

  g_assert_false (linkage_database_execute (reader, "INSERT INTO t VALUES (2)", &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_READ_ONLY);

  g_assert_finalize_object (reader);
  g_assert_finalize_object (writer);
}

static void
test_read_only_folder (void)
{
  g_autofree char *folder = make_path ();
  g_autofree char *path = g_build_filename (folder, "inside.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0500), ==, 0);
  test_permissions_drop ();
  g_assert_null (linkage_database_open (path, APPLICATION_ID, 0, NULL, &error));
  test_permissions_restore ();
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_READ_ONLY);
}

static void
test_read_only_file (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (path);

  execute (database, "CREATE TABLE t (a INTEGER) STRICT");
  g_assert_finalize_object (database);

  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  test_permissions_drop ();
  g_assert_null (linkage_database_open (path, APPLICATION_ID, 0, NULL, &error));
  test_permissions_restore ();
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_READ_ONLY);
}

static void
test_no_database (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path,
                                      "This was never a database, and is longer than a header of one. "
                                      "This was never a database, and is longer than a header of one.",
                                      -1, &error));
  g_assert_null (linkage_database_open (path, APPLICATION_ID, 0, NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT);
}

static void
test_corrupt_page (void)
{
  g_autofree char *path = make_path ();
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (path);
  gsize length;

  execute (database, "CREATE TABLE t (a TEXT) STRICT;"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                     "INSERT INTO t SELECT 'row ' || i FROM n");
  g_assert_true (linkage_database_close (database, &error));
  g_assert_finalize_object (database);

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_cmpint (length, >, 5 * 4096);
  memset (contents + 2 * 4096, 0xa5, length - 2 * 4096);
  g_assert_true (g_file_set_contents (path, contents, length, &error));

  database = open_database (path);
  g_assert_false (linkage_database_execute (database, "SELECT count(*), max(a) FROM t", &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT);
  g_assert_finalize_object (database);
}

static void
test_full_disk (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (path);

  execute (database, "CREATE TABLE t (a BLOB) STRICT; PRAGMA max_page_count=8");
  g_assert_true (linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, &error));
  execute (database, "INSERT INTO t VALUES (zeroblob(100))");
  g_assert_false (linkage_database_execute (database, "INSERT INTO t VALUES (zeroblob(100000))", &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FULL);
  linkage_database_rollback (database);

  g_assert_false (linkage_database_in_transaction (database));
  g_assert_cmpint (query_int (database, "SELECT count(*) FROM t"), ==, 0);
  g_assert_finalize_object (database);
}

static void
test_busy (void)
{
  g_autofree char *path = make_path ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *holder = open_database (path);
  LinkageDatabase *other = open_database (path);

  g_assert_true (linkage_database_begin (holder, LINKAGE_DATABASE_DURABLE, &error));
  g_assert_no_error (error);
  g_assert_false (linkage_database_begin (other, LINKAGE_DATABASE_DURABLE, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_BUSY);
  g_clear_error (&error);

  linkage_database_rollback (holder);
  g_assert_true (linkage_database_begin (other, LINKAGE_DATABASE_DURABLE, &error));
  g_assert_no_error (error);

  g_assert_finalize_object (other);
  g_assert_finalize_object (holder);
}

static void
test_durability (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  g_assert_true (linkage_database_begin (database, LINKAGE_DATABASE_REPEATABLE, &error));
  g_assert_cmpint (query_int (database, "PRAGMA synchronous"), ==, 1);
  g_assert_true (linkage_database_commit (database, &error));

  g_assert_true (linkage_database_begin (database, LINKAGE_DATABASE_DURABLE, &error));
  g_assert_cmpint (query_int (database, "PRAGMA synchronous"), ==, 2);
  g_assert_true (linkage_database_commit (database, &error));
  g_assert_no_error (error);

  g_assert_finalize_object (database);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  execute (database, "CREATE TABLE t (a INTEGER) STRICT");
  linkage_database_set_cancellable (database, cancellable);
  g_assert_true (linkage_database_begin (database, LINKAGE_DATABASE_REPEATABLE, &error));
  execute (database, "INSERT INTO t VALUES (1)");

  g_cancellable_cancel (cancellable);
  g_assert_false (linkage_database_execute (
    database, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Committing is not for the cancellable to stop. */
  g_assert_true (linkage_database_commit (database, &error));
  linkage_database_set_cancellable (database, NULL);
  g_assert_cmpint (query_int (database, "SELECT count(*) FROM t"), ==, 1);
  g_assert_finalize_object (database);
}

static void
test_migrate_from_every_version (void)
{
  for (int from = 0; from <= 3; from++)
    {
      g_autofree char *path = make_path ();
      g_autofree char *version = g_strdup_printf ("PRAGMA user_version=%d", from);
      g_auto (GStrv) names = NULL;
      g_autoptr (GError) error = NULL;
      LinkageDatabase *database = open_database (path);

      static const char *const steps[] = { "0001-customers.sql", "0002-country.sql", "0003-entries.sql" };

      for (int i = 0; i < from; i++)
        {
          g_autofree char *step = g_strconcat ("/test/migrations/whole/", steps[i], NULL);
          g_autoptr (GBytes) sql = g_resources_lookup_data (step, 0, &error);

          g_assert_no_error (error);
          execute (database, g_bytes_get_data (sql, NULL));
        }
      execute (database, version);

      g_assert_true (linkage_database_migrate (database, "/test/migrations/whole", NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (linkage_database_get_version (database, &error), ==, 3);
      g_assert_cmpint (query_int (database, "SELECT count(*) FROM entries WHERE name = 'Contoso IS'"), ==, 1);
      g_assert_finalize_object (database);
    }
}

static void
test_migrate_newer (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  execute (database, "PRAGMA user_version=4");
  g_assert_false (linkage_database_migrate (database, "/test/migrations/whole", NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_NEWER);
  g_assert_finalize_object (database);
}

static void
test_migrate_failing (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  g_assert_false (linkage_database_migrate (database, "/test/migrations/failing", NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED);
  g_clear_error (&error);

  /* The step that failed left nothing behind. */
  g_assert_cmpint (linkage_database_get_version (database, &error), ==, 1);
  g_assert_cmpint (query_int (database, "SELECT count(*) FROM customers"), ==, 1);
  g_assert_finalize_object (database);
}

static void
test_migrate_gap (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  g_assert_false (linkage_database_migrate (database, "/test/migrations/gap", NULL, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED);
  g_assert_cmpint (linkage_database_get_version (database, NULL), ==, 0);
  g_assert_finalize_object (database);
}

static void
test_migrate_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database (":memory:");

  g_cancellable_cancel (cancellable);
  g_assert_false (linkage_database_migrate (database, "/test/migrations/whole", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (linkage_database_get_version (database, NULL), ==, 0);
  g_assert_finalize_object (database);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/database/open", test_open);
  g_test_add_func ("/database/memory", test_memory);
  g_test_add_func ("/database/foreign-file", test_foreign_file);
  g_test_add_func ("/database/read-only", test_read_only);
  g_test_add_func ("/database/read-only-folder", test_read_only_folder);
  g_test_add_func ("/database/read-only-file", test_read_only_file);
  g_test_add_func ("/database/no-database", test_no_database);
  g_test_add_func ("/database/corrupt-page", test_corrupt_page);
  g_test_add_func ("/database/full-disk", test_full_disk);
  g_test_add_func ("/database/busy", test_busy);
  g_test_add_func ("/database/durability", test_durability);
  g_test_add_func ("/database/cancel", test_cancel);
  g_test_add_func ("/database/migrate/from-every-version", test_migrate_from_every_version);
  g_test_add_func ("/database/migrate/newer", test_migrate_newer);
  g_test_add_func ("/database/migrate/failing", test_migrate_failing);
  g_test_add_func ("/database/migrate/gap", test_migrate_gap);
  g_test_add_func ("/database/migrate/cancelled", test_migrate_cancelled);

  return g_test_run ();
}
