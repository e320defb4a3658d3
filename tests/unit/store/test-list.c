/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "list-mirror.h"

static gint64
query_int (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);

  return value;
}

static void
on_changed (LinkageConnectionRow *row, gpointer user_data)
{
  guint *n_changed = user_data;

  (*n_changed)++;
}

static void
test_value_only_change (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnectionRow) row = NULL;
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageConnection) later = NULL;
  gint64 deadline = test_deadline ();
  guint n_changed = 0;

  test_store_fill (store, 300, test_names);
  mirror = test_mirror_new (store->store);
  row = test_mirror_get_row (mirror, 150);
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), &n_changed);
  mirror->n_told = 0;

  connection = test_store_make_row (store, "row-151", test_names[0]);
  connection->requests_used = 2;
  test_store_apply_row (store, connection);
  while (n_changed == 0)
    test_turn (deadline);
  g_assert_cmpuint (linkage_connection_row_get_connection (row)->requests_used, ==, 2);

  /* A row that comes later proves that the list has looked at the change. */
  later = test_store_make_row (store, "row-301", "Later");
  test_store_apply_row (store, later);
  test_mirror_wait_length (mirror, 301);
  g_assert_cmpuint (mirror->n_told, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_null (linkage_connection_row_get_operation (row));
}

static void
test_outbox (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnectionRow) row = NULL;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline = test_deadline ();
  guint n_changed = 0;

  test_store_fill (store, 5, test_names);
  mirror = test_mirror_new (store->store);
  row = test_mirror_get_row (mirror, 2);
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), &n_changed);

  operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, "customer-row-3", "Three");
  operation->connection_id = g_strdup ("row-3");
  linkage_store_enqueue_async (store->store, operation, NULL, test_store_on_result, store);
  result = test_store_wait (store);
  g_assert_true (linkage_store_enqueue_finish (store->store, result, &error));
  g_assert_no_error (error);

  while (n_changed == 0)
    test_turn (deadline);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_nonnull (linkage_connection_row_get_operation (row));
  g_assert_cmpstr (linkage_connection_row_get_operation (row)->key, ==, operation->key);
}

static void
test_one_object_per_row (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  LinkageConnectionRow *row = NULL;

  test_store_fill (store, 1000, test_names);
  mirror = test_mirror_new (store->store);
  g_assert_cmpuint (g_list_model_get_item_type (G_LIST_MODEL (mirror->list)), ==, LINKAGE_TYPE_CONNECTION_ROW);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror->list), 1000));

  row = test_mirror_get_row (mirror, 500);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (LinkageConnectionRow) other = test_mirror_get_row (mirror, i);

      g_assert_cmpint (linkage_connection_row_get_row_id (other), ==,
                       linkage_connection_list_get_row_id (mirror->list, i));
      g_assert_true ((other == row) == (i == 500));
      g_assert_cmpuint (linkage_connection_list_get_n_alive (mirror->list), <=, 2);
    }
  g_assert_finalize_object (row);
  g_assert_cmpuint (linkage_connection_list_get_n_alive (mirror->list), ==, 0);
}

static void
test_row_of_a_connection (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnectionRow) row = NULL;
  g_autoptr (LinkageConnectionRow) again = NULL;
  g_autoptr (LinkageConnection) connection = NULL;
  gint64 deadline = test_deadline ();
  guint n_changed = 0;

  test_store_fill (store, 5, test_names);
  mirror = test_mirror_new (store->store);
  linkage_connection_list_set_filter (mirror->list, "nobody has this name");
  test_mirror_wait_length (mirror, 0);

  /* What the filter leaves out is followed, too. */
  row = linkage_connection_list_get_row (mirror->list, "row-3");
  again = linkage_connection_list_get_row (mirror->list, "row-3");
  g_assert_true (row == again);
  g_assert_cmpstr (linkage_connection_row_get_connection (row)->id, ==, "row-3");
  g_assert_null (linkage_connection_list_get_row (mirror->list, "row-6"));

  g_signal_connect (row, "changed", G_CALLBACK (on_changed), &n_changed);
  connection = test_store_make_row (store, "row-3", test_names[0]);
  connection->requests_used = 2;
  test_store_apply_row (store, connection);
  while (n_changed == 0)
    test_turn (deadline);
  g_assert_cmpuint (linkage_connection_row_get_connection (row)->requests_used, ==, 2);
}

static void
test_off_screen_splices_make_no_rows (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnection) first = NULL;

  test_store_fill (store, 2000, test_names);
  mirror = test_mirror_new (store->store);
  linkage_connection_list_set_sort (mirror->list, LINKAGE_SORT_NONE, TRUE);
  test_mirror_wait_replaced (mirror, 2);

  first = test_store_make_row (store, "row-2001", "First");
  test_store_apply_row (store, first);
  test_mirror_wait_length (mirror, 2001);
  test_store_remove_row (store, "row-7");
  test_mirror_wait_length (mirror, 2000);
  g_assert_cmpuint (linkage_connection_list_get_n_made (mirror->list), ==, 0);
}

/* As the store tells it, the list still shows the row, and can still read it. */
static void
on_row_250_gone (LinkageStore *store, GVariant *changes, gpointer user_data)
{
  TestMirror *mirror = user_data;
  g_autoptr (LinkageConnectionRow) row = test_mirror_get_row (mirror, 249);

  g_assert_cmpuint (mirror->ids->len, ==, 300);
  g_assert_cmpstr (linkage_connection_row_get_connection (row)->id, ==, "row-250");
}

static void
test_removed_rows_are_purged (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  sqlite3 *handle = test_open_handle (store);
  gint64 deadline = test_deadline ();
  gulong handler;

  test_store_fill (store, 300, test_names);
  mirror = test_mirror_new (store->store);
  handler = g_signal_connect (store->store, "rows-changed", G_CALLBACK (on_row_250_gone), mirror);
  test_store_remove_row (store, "row-250");
  g_signal_handler_disconnect (store->store, handler);

  test_mirror_wait_length (mirror, 299);
  while (query_int (handle, "SELECT count(*) FROM connection") != 299)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (linkage_connection_list_get_error (mirror->list));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_replacing_is_two_steps (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnectionRow) row = NULL;
  g_autoptr (LinkageConnectionRow) same = NULL;
  guint position;

  test_store_fill (store, 500, test_names);
  mirror = test_mirror_new (store->store);
  row = test_mirror_get_row (mirror, 3);
  g_assert_cmpuint (mirror->n_replaced, ==, 1);

  /* Rows stay until the new order is there. */
  linkage_connection_list_set_sort (mirror->list, LINKAGE_SORT_CUSTOMER, FALSE);
  g_assert_cmpuint (mirror->ids->len, ==, 500);
  g_assert_false (linkage_connection_list_get_loading (mirror->list));
  test_mirror_wait_replaced (mirror, 2);
  g_assert_cmpuint (mirror->n_told, ==, 2);

  g_assert_true (linkage_connection_list_find (mirror->list, linkage_connection_row_get_row_id (row), &position));
  same = test_mirror_get_row (mirror, position);
  g_assert_true (same == row);
}

static void
test_only_the_last_filter_is_shown (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;

  test_store_fill (store, 1000, test_names);
  mirror = test_mirror_new (store->store);
  linkage_connection_list_set_filter (mirror->list, "t");
  linkage_connection_list_set_filter (mirror->list, "to");
  linkage_connection_list_set_filter (mirror->list, "tos");
  g_assert_cmpstr (linkage_connection_list_get_filter (mirror->list), ==, "tos");
  test_mirror_wait_length (mirror, 200);

  g_assert_cmpuint (mirror->n_replaced, ==, 2);
  g_assert_cmpuint (linkage_connection_list_get_n_unfiltered (mirror->list), ==, 1000);

  linkage_connection_list_set_filter (mirror->list, NULL);
  test_mirror_wait_length (mirror, 1000);
  g_assert_cmpstr (linkage_connection_list_get_filter (mirror->list), ==, "");
}

static void
run_sql (TestStore *store, const char *sql)
{
  sqlite3 *handle = test_open_handle (store);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
on_error (GObject *list, GParamSpec *pspec, gpointer user_data)
{
  guint *n_errors = user_data;

  (*n_errors)++;
}

static void
test_unreadable_row (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  g_autoptr (LinkageConnectionRow) row = NULL;
  gint64 deadline = test_deadline ();
  guint n_errors = 0;

  test_store_fill (store, 5, test_names);
  mirror = test_mirror_new (store->store);
  g_signal_connect (mirror->list, "notify::error", G_CALLBACK (on_error), &n_errors);
  run_sql (store, "ALTER TABLE attempt RENAME TO elsewhere");

  row = test_mirror_get_row (mirror, 1);
  g_assert_cmpuint (n_errors, ==, 0);
  g_assert_nonnull (linkage_connection_list_get_error (mirror->list));
  g_assert_cmpstr (linkage_connection_row_get_connection (row)->customer->name, !=, "");
  g_assert_nonnull (linkage_connection_row_get_connection (row)->status_label);
  g_assert_cmpint (linkage_connection_row_get_connection (row)->actions, ==, LINKAGE_ACTIONS_NONE);
  while (n_errors == 0)
    test_turn (deadline);

  run_sql (store, "ALTER TABLE elsewhere RENAME TO attempt");
  linkage_connection_list_reload (mirror->list);
  while (linkage_connection_list_get_error (mirror->list) != NULL)
    test_turn (deadline);
  g_assert_cmpuint (n_errors, ==, 2);
}

static void
test_unreadable_order (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (TestMirror) mirror = NULL;
  gint64 deadline = test_deadline ();

  test_store_fill (store, 5, test_names);
  mirror = test_mirror_new (store->store);
  run_sql (store, "ALTER TABLE connection RENAME TO elsewhere");
  linkage_connection_list_set_sort (mirror->list, LINKAGE_SORT_CUSTOMER, FALSE);
  while (linkage_connection_list_get_error (mirror->list) == NULL)
    test_turn (deadline);
  g_assert_cmpuint (mirror->ids->len, ==, 5);

  run_sql (store, "ALTER TABLE elsewhere RENAME TO connection");
  linkage_connection_list_reload (mirror->list);
  test_mirror_wait_replaced (mirror, 2);
  g_assert_no_error (linkage_connection_list_get_error (mirror->list));
}

static void
test_rows_outlive_the_list (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  LinkageConnectionList *list;
  LinkageConnectionRow *row;

  test_store_fill (store, 5, test_names);
  list = linkage_connection_list_new (store->store);
  test_wait_loaded (list);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  /* While a query runs. */
  linkage_connection_list_set_filter (list, "c");
  g_assert_finalize_object (list);
  g_assert_cmpstr (linkage_connection_row_get_connection (row)->customer->name, ==, test_names[0]);
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/list/value-only-change", test_value_only_change);
  g_test_add_func ("/store/list/outbox", test_outbox);
  g_test_add_func ("/store/list/one-object-per-row", test_one_object_per_row);
  g_test_add_func ("/store/list/row-of-a-connection", test_row_of_a_connection);
  g_test_add_func ("/store/list/off-screen-splices-make-no-rows", test_off_screen_splices_make_no_rows);
  g_test_add_func ("/store/list/removed-rows-are-purged", test_removed_rows_are_purged);
  g_test_add_func ("/store/list/replacing-is-two-steps", test_replacing_is_two_steps);
  g_test_add_func ("/store/list/only-the-last-filter-is-shown", test_only_the_last_filter_is_shown);
  g_test_add_func ("/store/list/unreadable-row", test_unreadable_row);
  g_test_add_func ("/store/list/unreadable-order", test_unreadable_order);
  g_test_add_func ("/store/list/rows-outlive-the-list", test_rows_outlive_the_list);

  return g_test_run ();
}
