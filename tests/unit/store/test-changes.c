/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

static LinkageAttempt *
make_attempt (guint number, gint64 requested_at, LinkageStatus outcome)
{
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = number;
  attempt->requested_at = requested_at;
  attempt->expires_at = requested_at + 30 * 24 * 60 * 60;
  attempt->outcome = outcome;

  return attempt;
}

static LinkageConnection *
make_full_connection (void)
{
  LinkageConnection *connection = make_connection ("full", 7, "Fourth Coffee");
  LinkageAttempt *first = make_attempt (1, 1700000000, LINKAGE_STATUS_EXPIRED);
  LinkageAttempt *second = make_attempt (2, 1710000000, LINKAGE_STATUS_REJECTED);

  connection->customer->country = g_strdup ("US");
  connection->customer->accepts_requests = FALSE;
  g_ptr_array_add (connection->customer->entries,
                   linkage_customer_entry_new ("Fourth Coffee Íslands", "FC-22", "IS", TRUE));
  g_ptr_array_add (connection->customer->entries, linkage_customer_entry_new ("Fourth Coffee Old", NULL, NULL, FALSE));
  connection->origin = LINKAGE_ORIGIN_SEARCH;
  connection->status = LINKAGE_STATUS_UNKNOWN;
  connection->status_label = g_strdup ("Under Review");
  connection->requests_used = 3;
  connection->was_rejected = TRUE;
  connection->actions = LINKAGE_ACTIONS_CONNECT | LINKAGE_ACTIONS_RESEND;
  second->responded_at = 1710000500;
  second->contact_email = g_strdup ("kim@fourth.example");
  second->requested_by = g_strdup ("Ada");
  second->comment = g_strdup ("Not this year");
  g_ptr_array_add (connection->attempts, first);
  g_ptr_array_add (connection->attempts, second);

  return connection;
}

static void
assert_full_connection (const LinkageConnection *connection)
{
  const LinkageCustomerEntry *entry;
  const LinkageAttempt *attempt;

  g_assert_nonnull (connection);
  g_assert_cmpint (connection->revision, ==, 7);
  g_assert_cmpstr (connection->customer->id, ==, "customer-of-full");
  g_assert_cmpstr (connection->customer->country, ==, "US");
  g_assert_false (connection->customer->accepts_requests);
  g_assert_cmpint (connection->origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_UNKNOWN);
  g_assert_cmpstr (connection->status_label, ==, "Under Review");
  g_assert_cmpuint (connection->requests_used, ==, 3);
  g_assert_true (connection->was_rejected);
  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_CONNECT | LINKAGE_ACTIONS_RESEND);

  g_assert_cmpuint (connection->customer->entries->len, ==, 2);
  entry = g_ptr_array_index (connection->customer->entries, 0);
  g_assert_cmpstr (entry->name, ==, "Fourth Coffee Íslands");
  g_assert_cmpstr (entry->reference, ==, "FC-22");
  g_assert_cmpstr (entry->country, ==, "IS");
  g_assert_true (entry->active);
  entry = g_ptr_array_index (connection->customer->entries, 1);
  g_assert_null (entry->reference);
  g_assert_false (entry->active);

  g_assert_cmpuint (connection->attempts->len, ==, 2);
  attempt = g_ptr_array_index (connection->attempts, 0);
  g_assert_cmpuint (attempt->number, ==, 1);
  g_assert_cmpint (attempt->outcome, ==, LINKAGE_STATUS_EXPIRED);
  g_assert_null (attempt->contact_email);
  attempt = g_ptr_array_index (connection->attempts, 1);
  g_assert_cmpint (attempt->requested_at, ==, 1710000000);
  g_assert_cmpint (attempt->expires_at, ==, 1710000000 + 30 * 24 * 60 * 60);
  g_assert_cmpint (attempt->responded_at, ==, 1710000500);
  g_assert_cmpstr (attempt->contact_email, ==, "kim@fourth.example");
  g_assert_cmpstr (attempt->requested_by, ==, "Ada");
  g_assert_cmpstr (attempt->comment, ==, "Not this year");
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (changes->changed, make_full_connection ());
  apply (fixture, changes);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (LinkageConnection) by_id = get_connection (fixture, "full");
      g_autoptr (LinkageConnection) by_row =
        linkage_store_get_connection_by_row (fixture->store, get_row_id (fixture, "full"), &error);

      assert_full_connection (by_id);
      assert_full_connection (by_row);

      /* And once more from the file. */
      close_store (fixture);
      open_store (fixture);
    }

  g_assert_null (linkage_store_get_connection (fixture->store, "none", &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (linkage_store_get_connection_by_row (fixture->store, 4711, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
}

static void
test_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");
  g_autofree char *none = linkage_store_dup_state (fixture->store);

  g_assert_null (none);
  g_assert_null (linkage_store_get_account_info (fixture->store));
  g_assert_cmpint (linkage_store_get_updated_at (fixture->store), ==, 0);

  changes->total = 212;
  changes->account->user_name = g_strdup ("Ada");
  changes->account->searches_used = 4;
  changes->account->invitation_email = g_strdup ("connect@fabrikam.example");
  apply (fixture, changes);
  g_assert_cmpuint (fixture->n_account_changed, ==, 1);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  linkage_store_set_clock_offset (fixture->store, -90);

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *state = linkage_store_dup_state (fixture->store);
      g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (fixture->store);

      g_assert_cmpstr (state, ==, "s1");
      g_assert_cmpuint (linkage_store_get_total (fixture->store), ==, 212);
      g_assert_cmpint (linkage_store_get_updated_at (fixture->store), >, 0);
      g_assert_cmpint (linkage_store_get_clock_offset (fixture->store), ==, -90);
      g_assert_cmpstr (info->name, ==, "Fabrikam");
      g_assert_cmpstr (info->user_name, ==, "Ada");
      g_assert_true (info->is_admin);
      g_assert_cmpuint (info->searches_used, ==, 4);
      g_assert_cmpstr (info->invitation_email, ==, "connect@fabrikam.example");
      g_assert_null (info->confirmation_text);

      close_store (fixture);
      open_store (fixture);
    }
}

static guint
get_searches_used (Fixture *fixture)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (fixture->store);

  return info->searches_used;
}

static void
answer_search (Fixture *fixture, gint64 revision, guint used, const char *epoch)
{
  g_autoptr (LinkageChanges) page = make_page (NULL, "s1", FALSE, epoch);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  page->account->revision = revision;
  page->account->searches_used = used;
  linkage_store_complete_async (fixture->store, NULL, NULL, page->account, NULL, on_result, &result);
  wait_for (&result);
  linkage_store_complete_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

/* Answers overtake each other, and the answer to a replay is as old as the first try: a quota never goes back. */
static void
test_account_revision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (LinkageChanges) late = make_page ("s1", "s2", FALSE, "e1");

  changes->account->revision = 7;
  changes->account->searches_used = 1;
  apply (fixture, changes);
  answer_search (fixture, 9, 2, "e1");
  g_assert_cmpuint (get_searches_used (fixture), ==, 2);
  answer_search (fixture, 8, 1, "e1");
  g_assert_cmpuint (get_searches_used (fixture), ==, 2);

  late->account->revision = 8;
  late->account->searches_used = 1;
  apply (fixture, late);
  g_assert_cmpuint (get_searches_used (fixture), ==, 2);

  /* The operator gave them back, which is newer; another epoch counts from the beginning. */
  answer_search (fixture, 10, 0, "e1");
  g_assert_cmpuint (get_searches_used (fixture), ==, 0);
  answer_search (fixture, 1, 3, "e2");
  g_assert_cmpuint (get_searches_used (fixture), ==, 3);
}

static void
test_page_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page ("s1", "s2", FALSE, "e1");
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  add_row (changes, "one", 4, "Contoso Ltd");
  add_tombstone (changes, "two", 5);

  apply (fixture, changes);
  g_assert_cmpuint (g_hash_table_size (fixture->rows), ==, 2);
  forget (fixture);
  apply (fixture, changes);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);

  assert_name (fixture, "one", "Contoso Ltd");
  assert_name (fixture, "two", NULL);
  assert_name (fixture, "three", "山田商事");
  g_assert_cmpint (get_row_id (fixture, "one"), ==, row_id);
}

static void
test_first_page_twice (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (LinkageChanges) first = make_page (NULL, "s1", TRUE, "e1");

      add_row (first, "one", 1, "Contoso");
      apply (fixture, first);
    }
  {
    g_autoptr (LinkageChanges) second = make_page ("s1", "s2", FALSE, "e1");

    add_row (second, "two", 2, "Litware");
    apply (fixture, second);
  }

  assert_name (fixture, "one", "Contoso");
  assert_name (fixture, "two", "Litware");
}

static void
test_duplicates_in_a_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");

  add_row (changes, "one", 1, "Contoso");
  add_row (changes, "one", 3, "Contoso Ltd");
  add_row (changes, "one", 2, "Contoso AG");
  apply (fixture, changes);

  assert_name (fixture, "one", "Contoso Ltd");
  g_assert_true (was_told (fixture, get_row_id (fixture, "one"), FALSE));
}

static void
test_lower_revision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) answer = make_connection ("one", 9, "Answered");
  g_autoptr (LinkageChanges) late = make_page ("s1", "s2", FALSE, "e1");

  fill (fixture);
  complete (fixture, NULL, answer, NULL);
  g_assert_true (was_told (fixture, get_row_id (fixture, "one"), FALSE));
  forget (fixture);

  /* The page was asked for before the write and came after its answer. */
  add_row (late, "one", 8, "Old");
  apply (fixture, late);
  assert_name (fixture, "one", "Answered");
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  g_assert_cmpuint (fixture->n_account_changed, ==, 1);
}

static void
test_tombstone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) removal = make_page ("s1", "s2", FALSE, "e1");
  g_autoptr (LinkageChanges) stale = make_page ("s2", "s3", FALSE, "e1");
  g_autoptr (LinkageChanges) revival = make_page ("s3", "s4", FALSE, "e1");
  g_autoptr (GError) error = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  add_tombstone (removal, "one", 6);
  add_tombstone (removal, "never-heard-of", 7);
  apply (fixture, removal);
  g_assert_true (was_told (fixture, row_id, TRUE));
  assert_name (fixture, "one", NULL);

  /* It can still be read by who shows it, until it is purged. */
  {
    g_autoptr (LinkageConnection) shown = linkage_store_get_connection_by_row (fixture->store, row_id, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (shown->customer->name, ==, "Contoso");
  }
  linkage_store_purge (fixture->store, &row_id, 1);
  forget (fixture);

  add_row (stale, "one", 5, "Old");
  add_row (stale, "never-heard-of", 6, "Old");
  apply (fixture, stale);
  assert_name (fixture, "one", NULL);
  assert_name (fixture, "never-heard-of", NULL);
  g_assert_cmpuint (fixture->n_rows_changed, ==, 0);
  g_assert_null (linkage_store_get_connection_by_row (fixture->store, row_id, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);

  /* A higher revision is news; the row has its id again. */
  add_row (revival, "one", 8, "Contoso");
  apply (fixture, revival);
  assert_name (fixture, "one", "Contoso");
  g_assert_cmpint (get_row_id (fixture, "one"), ==, row_id);
}

static void
test_tombstone_lower (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page ("s1", "s2", FALSE, "e1");

  fill (fixture);
  add_tombstone (changes, "three", 2);
  apply (fixture, changes);
  assert_name (fixture, "three", "山田商事");
}

static void
test_purge_of_revived (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) removal = make_page ("s1", "s2", FALSE, "e1");
  g_autoptr (LinkageChanges) revival = make_page ("s2", "s3", FALSE, "e1");
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  add_tombstone (removal, "one", 6);
  apply (fixture, removal);
  add_row (revival, "one", 7, "Contoso");
  apply (fixture, revival);

  /* The list asks late: the row is there again and stays. */
  linkage_store_purge (fixture->store, &row_id, 1);
  close_store (fixture);
  open_store (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
test_purge_at_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) removal = make_page ("s1", "s2", FALSE, "e1");
  g_autoptr (LinkageChanges) stale = make_page ("s2", "s3", FALSE, "e1");
  g_autoptr (GError) error = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "one");
  add_tombstone (removal, "one", 6);
  apply (fixture, removal);
  close_store (fixture);
  open_store (fixture);

  g_assert_null (linkage_store_get_connection_by_row (fixture->store, row_id, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND);
  add_row (stale, "one", 5, "Old");
  apply (fixture, stale);
  assert_name (fixture, "one", NULL);
}

static void
test_reread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) first = make_page (NULL, "r1", TRUE, "e1");
  g_autoptr (LinkageChanges) last = make_page ("r1", "r2", FALSE, "e1");
  g_autofree char *state = NULL;
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "two");
  begin_reread (fixture);
  state = linkage_store_dup_state (fixture->store);
  g_assert_null (state);
  assert_name (fixture, "two", "Örebro Stål");

  add_row (first, "one", 1, "Contoso");
  apply (fixture, first);
  assert_name (fixture, "two", "Örebro Stål");
  assert_name (fixture, "three", "山田商事");

  /* A crash in between changes nothing. */
  close_store (fixture);
  open_store (fixture);
  forget (fixture);

  add_row (last, "three", 3, "山田商事");
  apply (fixture, last);
  g_assert_true (was_told (fixture, row_id, TRUE));
  assert_name (fixture, "one", "Contoso");
  assert_name (fixture, "two", NULL);
  assert_name (fixture, "three", "山田商事");
}

static void
test_reread_and_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) answer = make_connection ("new", 10, "Answered");
  g_autoptr (LinkageChanges) only = make_page (NULL, "r1", FALSE, "e1");

  fill (fixture);
  begin_reread (fixture);
  complete (fixture, NULL, answer, NULL);

  /* The page was on its way already when the answer came. */
  add_row (only, "one", 1, "Contoso");
  apply (fixture, only);
  assert_name (fixture, "new", "Answered");
  assert_name (fixture, "two", NULL);
}

static void
test_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) first = make_page (NULL, "n1", FALSE, "e2");
  g_autoptr (LinkageChanges) removal = make_page ("n1", "n2", FALSE, "e2");
  gint64 row_id;

  fill (fixture);
  row_id = get_row_id (fixture, "three");
  begin_reread (fixture);

  /* A revision of another epoch is news, however low. */
  add_row (first, "three", 1, "Of the New Epoch");
  apply (fixture, first);
  assert_name (fixture, "one", NULL);
  assert_name (fixture, "three", "Of the New Epoch");
  g_assert_cmpint (get_row_id (fixture, "three"), ==, row_id);

  add_row (removal, "one", 1, "Again");
  add_tombstone (removal, "three", 2);
  apply (fixture, removal);
  assert_name (fixture, "one", "Again");
  assert_name (fixture, "three", NULL);
}

static void
test_page_out_of_turn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) stale = make_page ("s0", "s1", TRUE, "e1");
  g_autoptr (LinkageChanges) next = make_page ("s1", "s2", FALSE, "e1");
  g_autofree char *state = NULL;

  fill (fixture);
  apply (fixture, next);
  add_row (stale, "four", 4, "Litware");
  apply (fixture, stale);

  state = linkage_store_dup_state (fixture->store);
  g_assert_cmpstr (state, ==, "s2");
  assert_name (fixture, "four", "Litware");
}

static void
on_row (gint64 row_id, LinkageConnection *connection, LinkageOperation *operation, gpointer user_data)
{
  GString *names = user_data;

  g_assert_null (operation);
  g_string_append_printf (names, "%s;", connection->customer->name);
}

static void
test_read_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 row_ids[3];

  fill (fixture);
  row_ids[0] = get_row_id (fixture, "three");
  row_ids[1] = 4711;
  row_ids[2] = get_row_id (fixture, "one");
  g_assert_true (linkage_store_read_rows (fixture->store, row_ids, 3, on_row, names, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (names->str, ==, "Contoso;山田商事;");
}

static gint64
query_int (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_store_get_database (fixture->store, &error);
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (linkage_database_get_handle (database), sql, -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");

  g_ptr_array_add (changes->changed, make_full_connection ());
  add_row (changes, "one", 1, "contoso");
  add_row (changes, "two", 2, "CONTOSO");
  apply (fixture, changes);

  /* What is found, folded, and not across two fields. */
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM connection WHERE instr(filter_text, 'islands')"), ==, 1);
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM connection WHERE instr(filter_text, 'fc-22')"), ==, 1);
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM connection WHERE instr(filter_text, 'kim@fourth')"), ==,
                   1);
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM connection WHERE instr(filter_text, 'this year')"), ==, 1);
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM connection WHERE instr(filter_text, 'islands fc')"), ==,
                   0);
  g_assert_cmpint (query_int (fixture, "SELECT count(DISTINCT sort_customer) FROM connection"), ==, 2);
  g_assert_cmpint (query_int (fixture, "SELECT sort_date FROM connection WHERE id = 'full'"), ==, 1710000000);
  g_assert_cmpint (query_int (fixture, "SELECT sort_date IS NULL FROM connection WHERE id = 'one'"), ==, 1);
  g_assert_cmpint (query_int (fixture, "SELECT sort_comments IS NULL FROM connection WHERE id = 'one'"), ==, 1);
  /* The order is an index's: nothing is sorted when it is asked for. */
  g_assert_cmpint (query_int (fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'connection_by_customer'"), ==,
                   1);
}

static void
test_other_collation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database;
  gint64 differing;

  fill (fixture);
  close_store (fixture);

  database = linkage_database_open (fixture->path, 0x4c6e6b53, 0, NULL, &error);
  g_assert_no_error (error);
  linkage_database_execute (database,
                            "UPDATE reading SET collation = 'xx'; UPDATE connection SET sort_customer = x'00'", &error);
  g_assert_no_error (error);
  g_assert_finalize_object (database);

  open_store (fixture);
  differing = query_int (fixture, "SELECT count(DISTINCT sort_customer) FROM connection WHERE sort_customer <> x'00'");
  g_assert_cmpint (differing, ==, 3);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  linkage_store_apply_changes_async (fixture->store, changes, cancellable, on_result, &result);
  wait_for (&result);
  g_assert_false (linkage_store_apply_changes_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A write that was under way when the store was closed is told, too; nobody reads what it wrote. */
static void
test_close_while_applying (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  add_row (changes, "one", 1, "Contoso");
  linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &applied);
  linkage_store_close_async (fixture->store, on_result, &closed);
  wait_for (&closed);
  g_assert_true (linkage_store_close_finish (fixture->store, closed, &error));
  g_assert_no_error (error);
  g_assert_true (linkage_store_apply_changes_finish (fixture->store, applied, &error));
  g_assert_no_error (error);
  g_clear_object (&applied);
  g_clear_object (&closed);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  open_store (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
set_merged_into (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (LinkageAccountInfo) successor = linkage_account_info_new (id, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_set_merged_into_async (fixture->store, successor, NULL, on_result, &result);
  wait_for (&result);
  g_assert_true (linkage_store_set_merged_into_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static void
assert_merged_into (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (fixture->store);

  g_assert_cmpstr (info->merged_into_id, ==, id);
  g_assert_cmpstr (info->merged_into_name, ==, name);
}

/* Of two answers the replayed one is old: only a page of changes says that the account is there. */
static void
test_merged_into (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageAccountInfo) replayed = make_account ("e1");
  g_autoptr (LinkageChanges) page = make_page ("s1", "s2", FALSE, "e1");

  fill (fixture);
  assert_merged_into (fixture, NULL, NULL);
  set_merged_into (fixture, "a2", "Contoso");
  g_assert_cmpuint (fixture->n_account_changed, ==, 1);
  assert_merged_into (fixture, "a2", "Contoso");
  close_store (fixture);

  open_store (fixture);
  complete (fixture, NULL, NULL, replayed);
  assert_merged_into (fixture, "a2", "Contoso");
  assert_name (fixture, "one", "Contoso");

  apply (fixture, page);
  assert_merged_into (fixture, NULL, NULL);
}

#define ADD(path, func) g_test_add ("/store/changes/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("account", test_account);
  ADD ("account-revision", test_account_revision);
  ADD ("merged-into", test_merged_into);
  ADD ("page-twice", test_page_twice);
  ADD ("first-page-twice", test_first_page_twice);
  ADD ("duplicates-in-a-page", test_duplicates_in_a_page);
  ADD ("lower-revision", test_lower_revision);
  ADD ("tombstone", test_tombstone);
  ADD ("tombstone-lower", test_tombstone_lower);
  ADD ("purge-of-revived", test_purge_of_revived);
  ADD ("purge-at-open", test_purge_at_open);
  ADD ("reread", test_reread);
  ADD ("reread-and-answer", test_reread_and_answer);
  ADD ("epoch", test_epoch);
  ADD ("page-out-of-turn", test_page_out_of_turn);
  ADD ("read-rows", test_read_rows);
  ADD ("keys", test_keys);
  ADD ("other-collation", test_other_collation);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("close-while-applying", test_close_while_applying);

  return g_test_run ();
}
