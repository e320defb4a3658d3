/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

static LinkageOperation *
make_operation (const char *connection_id)
{
  g_autofree char *customer_id = g_strconcat ("customer-of-", connection_id, NULL);
  LinkageOperation *operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, customer_id, "Contoso");

  operation->connection_id = g_strdup (connection_id);
  operation->created_at = linkage_store_get_now ();
  operation->not_before = operation->created_at + 5;

  return operation;
}

static void
enqueue_successfully (Fixture *fixture, LinkageOperation *operation)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (enqueue (fixture, operation, &error));
  g_assert_no_error (error);
}

static gboolean
undo (Fixture *fixture, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_undo_async (fixture->store, key, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_undo_finish (fixture->store, result, error);
}

static gboolean
update (Fixture *fixture, LinkageOperation *operation, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_update_operation_async (fixture->store, operation, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_update_operation_finish (fixture->store, result, error);
}

static void
set_state (Fixture *fixture, LinkageOperation *operation, LinkageOperationState state)
{
  g_autoptr (LinkageOperation) changed = linkage_operation_copy (operation);
  g_autoptr (GError) error = NULL;

  changed->state = state;
  g_assert_true (update (fixture, changed, &error));
  g_assert_no_error (error);
}

static guint
count_operations (Fixture *fixture)
{
  g_autoptr (GPtrArray) operations = list_operations (fixture);

  return operations->len;
}

static void
keep_operation (gint64 row_id, LinkageConnection *connection, LinkageOperation *operation, gpointer user_data)
{
  LinkageOperation **kept = user_data;

  *kept = operation != NULL ? linkage_operation_ref (operation) : NULL;
}

/* (transfer full) (nullable) */
static LinkageOperation *
get_operation_of_row (Fixture *fixture, gint64 row_id)
{
  g_autoptr (GError) error = NULL;
  LinkageOperation *operation = NULL;

  g_assert_true (linkage_store_read_rows (fixture->store, &row_id, 1, keep_operation, &operation, &error));
  g_assert_no_error (error);

  return operation;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation =
    linkage_operation_new (LINKAGE_OPERATION_REQUEST, "customer-9", "Litware “Ltd”");
  g_autoptr (GPtrArray) operations = NULL;
  const LinkageOperation *stored;

  operation->state = LINKAGE_OPERATION_REFUSED;
  operation->contact_email = g_strdup ("kim@litware.example");
  operation->confirmed = TRUE;
  operation->challenge_session = g_strdup ("challenge-1");
  operation->created_at = 1700000000;
  operation->not_before = 1700000010;
  operation->tries = 2;
  operation->epoch = g_strdup ("e1");
  operation->refusal_type = g_strdup ("about:blank");
  operation->refusal_detail = g_strdup ("Not today.");
  enqueue_successfully (fixture, operation);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 1);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);

  close_store (fixture);
  open_store (fixture);
  operations = list_operations (fixture);
  g_assert_cmpuint (operations->len, ==, 1);
  stored = g_ptr_array_index (operations, 0);
  g_assert_cmpstr (stored->key, ==, operation->key);
  g_assert_cmpint (stored->kind, ==, LINKAGE_OPERATION_REQUEST);
  g_assert_cmpint (stored->state, ==, LINKAGE_OPERATION_REFUSED);
  g_assert_null (stored->connection_id);
  g_assert_cmpstr (stored->customer_id, ==, "customer-9");
  g_assert_cmpstr (stored->customer_name, ==, "Litware “Ltd”");
  g_assert_cmpstr (stored->contact_email, ==, "kim@litware.example");
  g_assert_true (stored->confirmed);
  g_assert_cmpstr (stored->challenge_session, ==, "challenge-1");
  g_assert_cmpint (stored->created_at, ==, 1700000000);
  g_assert_cmpint (stored->not_before, ==, 1700000010);
  g_assert_cmpuint (stored->tries, ==, 2);
  g_assert_cmpstr (stored->epoch, ==, "e1");
  g_assert_cmpstr (stored->refusal_type, ==, "about:blank");
  g_assert_cmpstr (stored->refusal_detail, ==, "Not today.");
}

static void
test_shown_on_its_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("two");
  g_autoptr (LinkageOperation) waiting = NULL;
  g_autoptr (LinkageOperation) sending = NULL;
  g_autoptr (GError) error = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "two");
  g_assert_null (get_operation_of_row (fixture, row_id));

  enqueue_successfully (fixture, operation);
  g_assert_true (was_told (fixture, row_id, FALSE));
  waiting = get_operation_of_row (fixture, row_id);
  g_assert_cmpstr (waiting->key, ==, operation->key);
  g_assert_cmpint (waiting->state, ==, LINKAGE_OPERATION_WAITING);

  forget (fixture);
  set_state (fixture, operation, LINKAGE_OPERATION_SENDING);
  g_assert_true (was_told (fixture, row_id, FALSE));
  sending = get_operation_of_row (fixture, row_id);
  g_assert_cmpint (sending->state, ==, LINKAGE_OPERATION_SENDING);
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) first = make_operation ("one");
  g_autoptr (LinkageOperation) second = make_operation ("one");
  g_autoptr (LinkageOperation) other = make_operation ("two");
  g_autoptr (GError) error = NULL;

  fill (fixture);
  enqueue_successfully (fixture, first);
  enqueue_successfully (fixture, other);
  forget (fixture);
  g_assert_false (enqueue (fixture, second, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_DUPLICATE);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 0);

  /* What was refused for good is no longer open, and has been seen when the person presses again. */
  set_state (fixture, first, LINKAGE_OPERATION_REFUSED);
  enqueue_successfully (fixture, second);
  g_assert_cmpuint (count_operations (fixture), ==, 2);
}

/* In one transaction: a sudden end between the two would lose the note, and what was to follow it. */
static void
test_verification_gives_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) first = make_operation ("one");
  g_autoptr (LinkageOperation) second = make_operation ("one");
  g_autoptr (LinkageOperation) third = make_operation ("one");
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  enqueue_successfully (fixture, first);
  set_state (fixture, first, LINKAGE_OPERATION_VERIFICATION_NEEDED);
  forget (fixture);
  enqueue_successfully (fixture, second);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 1);
  operations = list_operations (fixture);
  g_assert_cmpuint (operations->len, ==, 1);
  g_assert_cmpstr (((LinkageOperation *)g_ptr_array_index (operations, 0))->key, ==, second->key);

  /* What is refused leaves everything as it was. */
  g_assert_false (enqueue (fixture, third, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_DUPLICATE);
  g_assert_cmpuint (count_operations (fixture), ==, 1);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");
  g_autoptr (GError) error = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  enqueue_successfully (fixture, operation);
  forget (fixture);
  g_assert_true (undo (fixture, operation->key, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_operations (fixture), ==, 0);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 1);
  g_assert_true (was_told (fixture, row_id, FALSE));

  g_assert_false (undo (fixture, operation->key, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
}

static void
test_undo_too_late (Fixture *fixture, gconstpointer data)
{
  static const LinkageOperationState late[] = {
    LINKAGE_OPERATION_SENDING,
    LINKAGE_OPERATION_VERIFICATION_NEEDED,
    LINKAGE_OPERATION_REFUSED,
  };
  g_autoptr (LinkageOperation) operation = make_operation ("one");

  enqueue_successfully (fixture, operation);
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    {
      g_autoptr (GError) error = NULL;

      set_state (fixture, operation, late[i]);
      forget (fixture);
      g_assert_false (undo (fixture, operation->key, &error));
      g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
      g_assert_cmpuint (count_operations (fixture), ==, 1);
      g_assert_cmpuint (fixture->n_outbox_changed, ==, 0);
    }
}

/* The press of Undo and the sending race: whichever comes first in the writer's queue wins, the other one is told. */
static void
test_undo_against_sending (Fixture *fixture, gconstpointer data)
{
  for (int undo_first = 0; undo_first < 2; undo_first++)
    {
      g_autoptr (LinkageOperation) operation = make_operation ("one");
      g_autoptr (LinkageOperation) sending = linkage_operation_copy (operation);
      g_autoptr (GAsyncResult) undone = NULL;
      g_autoptr (GAsyncResult) sent = NULL;
      g_autoptr (GError) undo_error = NULL;
      g_autoptr (GError) send_error = NULL;

      enqueue_successfully (fixture, operation);
      sending->state = LINKAGE_OPERATION_SENDING;
      if (undo_first)
        linkage_store_undo_async (fixture->store, operation->key, NULL, on_result, &undone);
      linkage_store_update_operation_async (fixture->store, sending, NULL, on_result, &sent);
      if (!undo_first)
        linkage_store_undo_async (fixture->store, operation->key, NULL, on_result, &undone);
      wait_for (&undone);
      wait_for (&sent);

      g_assert_cmpint (linkage_store_undo_finish (fixture->store, undone, &undo_error), ==, undo_first);
      g_assert_cmpint (linkage_store_update_operation_finish (fixture->store, sent, &send_error), ==, !undo_first);
      if (undo_first)
        g_assert_error (send_error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
      else
        g_assert_error (undo_error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_TOO_LATE);
      complete (fixture, operation->key, NULL, NULL);
    }
}

static gboolean
hasten (Fixture *fixture, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean hastened;

  linkage_store_hasten_async (fixture->store, key, NULL, on_result, &result);
  wait_for (&result);
  hastened = linkage_store_hasten_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return hastened;
}

/* Sending was written while the person dismissed the toast: it stays known that the request went out. */
static void
test_hasten_against_sending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");
  g_autoptr (LinkageOperation) sending = linkage_operation_copy (operation);
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  const LinkageOperation *stored;

  enqueue_successfully (fixture, operation);
  sending->state = LINKAGE_OPERATION_SENDING;
  sending->tries = 1;
  sending->epoch = g_strdup ("e1");
  linkage_store_update_operation_async (fixture->store, sending, NULL, on_result, &sent);
  g_assert_true (hasten (fixture, operation->key));
  wait_for (&sent);

  operations = list_operations (fixture);
  stored = g_ptr_array_index (operations, 0);
  g_assert_cmpint (stored->state, ==, LINKAGE_OPERATION_SENDING);
  g_assert_cmpuint (stored->tries, ==, 1);
  g_assert_cmpstr (stored->epoch, ==, "e1");
  g_assert_cmpint (stored->not_before, <, operation->not_before);
}

static void
test_hasten_what_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");

  enqueue_successfully (fixture, operation);
  complete (fixture, operation->key, NULL, NULL);
  g_assert_true (hasten (fixture, operation->key));
  g_assert_cmpuint (count_operations (fixture), ==, 0);
}

static void
test_complete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");
  g_autoptr (LinkageConnection) answer = make_connection ("one", 8, "Contoso");
  g_autoptr (LinkageConnection) stored = NULL;
  g_autoptr (LinkageAccountInfo) account = make_account ("e1");
  g_autoptr (LinkageAccountInfo) known = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  enqueue_successfully (fixture, operation);
  forget (fixture);

  answer->status = LINKAGE_STATUS_PENDING;
  account->searches_used = 3;
  complete (fixture, operation->key, answer, account);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 1);
  g_assert_cmpuint (fixture->n_account_changed, ==, 1);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 1);
  g_assert_true (was_told (fixture, row_id, FALSE));
  g_assert_null (get_operation_of_row (fixture, row_id));
  stored = get_connection (fixture, "one");
  g_assert_cmpint (stored->status, ==, LINKAGE_STATUS_PENDING);
  known = linkage_store_get_account_info (fixture->store);
  g_assert_cmpuint (known->searches_used, ==, 3);

  /* Once more, as after a crash between the answer and this: nothing happens. */
  forget (fixture);
  complete (fixture, operation->key, answer, NULL);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  g_assert_cmpuint (fixture->n_outbox_changed, ==, 0);
}

static void
test_complete_with_old_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("three");
  g_autoptr (LinkageConnection) answer = make_connection ("three", 2, "Older");
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "three");
  enqueue_successfully (fixture, operation);
  forget (fixture);
  complete (fixture, operation->key, answer, NULL);

  /* The row is not taken, but the operation has left it. */
  assert_name (fixture, "three", "山田商事");
  g_assert_true (was_told (fixture, row_id, FALSE));
  g_assert_null (get_operation_of_row (fixture, row_id));
}

static void
test_complete_request_without_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation =
    linkage_operation_new (LINKAGE_OPERATION_REQUEST, "customer-of-new", "Litware");
  g_autoptr (LinkageConnection) answer = make_connection ("new", 12, "Litware");

  enqueue_successfully (fixture, operation);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  complete (fixture, operation->key, answer, NULL);
  assert_name (fixture, "new", "Litware");
  g_assert_true (was_told (fixture, get_row_id (fixture, "new"), FALSE));
  g_assert_cmpuint (count_operations (fixture), ==, 0);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) operations = NULL;
  char *keys[20];

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i);
      g_autoptr (LinkageOperation) operation = make_operation (id);

      keys[i] = g_strdup (operation->key);
      enqueue_successfully (fixture, operation);
    }

  operations = list_operations (fixture);
  g_assert_cmpuint (operations->len, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const LinkageOperation *operation = g_ptr_array_index (operations, i);

      g_assert_cmpstr (operation->key, ==, keys[i]);
      g_free (keys[i]);
    }
}

static gint64
read_not_before_in_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_store_get_database (fixture->store, &error);
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (
    sqlite3_prepare_v2 (linkage_database_get_handle (database), "SELECT not_before FROM outbox", -1, &statement, NULL),
    ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
}

static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;
  gint64 now = linkage_store_get_now ();

  operation->not_before = now + 86400;
  enqueue_successfully (fixture, operation);
  forget (fixture);
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);
    const LinkageOperation *stored = g_ptr_array_index (operations, 0);

    g_assert_cmpint (stored->not_before, <=, linkage_store_get_now () + 10);
  }

  /* Written down too, else it would stay ten seconds ahead at each reading. */
  while (fixture->n_outbox_changed == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (read_not_before_in_file (fixture), <=, linkage_store_get_now () + 10);
  {
    g_autoptr (GPtrArray) operations = list_operations (fixture);

    forget (fixture);
    g_assert_cmpuint (operations->len, ==, 1);
  }
}

static void
test_close_drains (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = make_operation ("one");
  g_autoptr (GAsyncResult) enqueued = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_enqueue_async (fixture->store, operation, NULL, on_result, &enqueued);
  {
    g_autoptr (GAsyncResult) closed = NULL;

    linkage_store_close_async (fixture->store, on_result, &closed);
    wait_for (&closed);
    g_assert_true (linkage_store_close_finish (fixture->store, closed, &error));
    g_assert_no_error (error);
  }
  g_assert_true (linkage_store_enqueue_finish (fixture->store, enqueued, &error));
  g_assert_no_error (error);
  g_clear_object (&enqueued);

  g_assert_null (linkage_store_list_operations (fixture->store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (enqueue (fixture, operation, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  open_store (fixture);
  g_assert_cmpuint (count_operations (fixture), ==, 1);
}

#define ADD(path, func) g_test_add ("/store/outbox/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("shown-on-its-row", test_shown_on_its_row);
  ADD ("duplicate", test_duplicate);
  ADD ("verification-gives-way", test_verification_gives_way);
  ADD ("undo", test_undo);
  ADD ("undo-too-late", test_undo_too_late);
  ADD ("undo-against-sending", test_undo_against_sending);
  ADD ("hasten-against-sending", test_hasten_against_sending);
  ADD ("hasten-what-left", test_hasten_what_left);
  ADD ("complete", test_complete);
  ADD ("complete-with-old-row", test_complete_with_old_row);
  ADD ("complete-request-without-row", test_complete_request_without_row);
  ADD ("order", test_order);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("close-drains", test_close_drains);

  return g_test_run ();
}
