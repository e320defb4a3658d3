/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-statement.h"

static LinkageDatabase *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_database_open (":memory:", 1, 0, NULL, &error);

  g_assert_no_error (error);
  linkage_database_execute (database, "CREATE TABLE t (i INTEGER UNIQUE, s TEXT, b BLOB) STRICT", &error);
  g_assert_no_error (error);

  return database;
}

static LinkageStatement *
get (LinkageDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  LinkageStatement *statement = linkage_statement_get (database, sql, &error);

  g_assert_no_error (error);

  return statement;
}

static void
insert_int (LinkageDatabase *database, gint64 value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageStatement) statement = get (database, "INSERT INTO t (i) VALUES (?)");

  linkage_statement_bind_int (statement, 0, value);
  g_assert_true (linkage_statement_run (statement, &error));
  g_assert_no_error (error);
}

static void
test_lent (void)
{
  char text[] = "Grüße";
  char bytes[] = { 0, 1, 0 };
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database ();

  {
    g_autoptr (LinkageStatement) insert = get (database, "INSERT INTO t VALUES (?, ?, ?)");
    g_autoptr (LinkageStatement) select = get (database, "SELECT s, b FROM t ORDER BY rowid");
    gsize length;

    linkage_statement_lend_text (insert, 1, text);
    linkage_statement_lend_blob (insert, 2, bytes, sizeof bytes);
    g_assert_true (linkage_statement_run (insert, &error));

    /* Nobody looks at what was lent any more. */
    text[0] = 'g';
    bytes[1] = 2;
    linkage_statement_lend_text (insert, 1, NULL);
    linkage_statement_lend_blob (insert, 2, NULL, 0);
    g_assert_true (linkage_statement_run (insert, &error));

    g_assert_cmpint (linkage_statement_step (select, &error), ==, LINKAGE_STEP_ROW);
    g_assert_cmpstr (linkage_statement_get_text (select, 0), ==, "Grüße");
    g_assert_cmpmem (linkage_statement_get_blob (select, 1, &length), length, "\0\1\0", 3);

    g_assert_cmpint (linkage_statement_step (select, &error), ==, LINKAGE_STEP_ROW);
    g_assert_true (linkage_statement_is_null (select, 0));
    g_assert_false (linkage_statement_is_null (select, 1));
    g_assert_null (linkage_statement_get_blob (select, 1, &length));
    g_assert_no_error (error);
  }

  g_assert_finalize_object (database);
}

static void
test_values (void)
{
  static const guint8 bytes[] = { 0, 1, 0, 255 };
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database ();

  {
    g_autoptr (LinkageStatement) insert = get (database, "INSERT INTO t VALUES (?, ?, ?)");
    g_autoptr (LinkageStatement) select = get (database, "SELECT i, s, b FROM t ORDER BY rowid");
    gsize length;

    linkage_statement_bind_int (insert, 0, G_MININT64);
    linkage_statement_bind_text (insert, 1, "Grüße");
    linkage_statement_bind_blob (insert, 2, bytes, sizeof bytes);
    g_assert_true (linkage_statement_run (insert, &error));
    g_assert_cmpint (linkage_database_get_last_insert_id (database), ==, 1);
    g_assert_cmpint (linkage_database_get_n_changes (database), ==, 1);

    /* The run before cleared what was bound. */
    linkage_statement_bind_text (insert, 1, NULL);
    linkage_statement_bind_blob (insert, 2, NULL, 0);
    g_assert_true (linkage_statement_run (insert, &error));

    g_assert_cmpint (linkage_statement_step (select, &error), ==, LINKAGE_STEP_ROW);
    g_assert_cmpint (linkage_statement_get_int (select, 0), ==, G_MININT64);
    g_assert_cmpstr (linkage_statement_get_text (select, 1), ==, "Grüße");
    g_assert_false (linkage_statement_is_null (select, 2));
    g_assert_cmpmem (linkage_statement_get_blob (select, 2, &length), length, bytes, sizeof bytes);

    g_assert_cmpint (linkage_statement_step (select, &error), ==, LINKAGE_STEP_ROW);
    g_assert_true (linkage_statement_is_null (select, 0));
    g_assert_null (linkage_statement_get_text (select, 1));
    g_assert_false (linkage_statement_is_null (select, 2));
    g_assert_null (linkage_statement_get_blob (select, 2, &length));
    g_assert_cmpuint (length, ==, 0);

    g_assert_cmpint (linkage_statement_step (select, &error), ==, LINKAGE_STEP_DONE);
    g_assert_no_error (error);
  }

  g_assert_true (linkage_database_close (database, &error));
  g_assert_finalize_object (database);
}

static gint64
sum_nested (LinkageDatabase *database, int depth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageStatement) statement = get (database, "SELECT i FROM t");
  gint64 sum = 0;

  while (linkage_statement_step (statement, &error) == LINKAGE_STEP_ROW)
    sum += depth > 0 ? sum_nested (database, depth - 1) : linkage_statement_get_int (statement, 0);
  g_assert_no_error (error);

  return sum;
}

static void
test_nested (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database ();

  insert_int (database, 3);
  insert_int (database, 4);
  g_assert_cmpint (sum_nested (database, 2), ==, 28);
  g_assert_cmpint (sum_nested (database, 0), ==, 7);

  g_assert_true (linkage_database_close (database, &error));
  g_assert_finalize_object (database);
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database ();

  insert_int (database, 1);
  {
    g_autoptr (LinkageStatement) statement = get (database, "INSERT INTO t (i) VALUES (?)");

    linkage_statement_bind_int (statement, 0, 1);
    g_assert_false (linkage_statement_run (statement, &error));
    g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CONSTRAINT);
    g_clear_error (&error);

    /* A parameter that is not there is told by the step. */
    linkage_statement_bind_int (statement, 1, 2);
    g_assert_cmpint (linkage_statement_step (statement, &error), ==, LINKAGE_STEP_ERROR);
    g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED);
    g_clear_error (&error);

    linkage_statement_reset (statement);
    linkage_statement_bind_int (statement, 0, 2);
    g_assert_true (linkage_statement_run (statement, &error));
    g_assert_no_error (error);
  }

  g_assert_null (linkage_statement_get (database, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FAILED);
  g_assert_finalize_object (database);
}

static void
test_close_in_use (void)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = open_database ();
  LinkageStatement *statement = get (database, "SELECT 1");

  g_assert_false (linkage_database_close (database, &error));
  g_assert_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_BUSY);
  g_clear_error (&error);

  linkage_statement_release (statement);
  g_assert_true (linkage_database_close (database, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (database);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/statement/values", test_values);
  g_test_add_func ("/statement/lent", test_lent);
  g_test_add_func ("/statement/nested", test_nested);
  g_test_add_func ("/statement/errors", test_errors);
  g_test_add_func ("/statement/close-in-use", test_close_in_use);

  return g_test_run ();
}
