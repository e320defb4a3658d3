/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is written, and at whatever call of the system the disk goes bad: all of it is in the file, or nothing. */

#include "../bad-disk.h"
#include "companion-fixture.h"
#include "linkage-store-merge.h"

typedef struct
{
  const char *name;
  gboolean is_companion;
  void (*prepare) (Fixture *fixture);
  gboolean (*act) (Fixture *fixture, GError **error);
} Case;

/* What the file says, all of it. */
static char *
dump (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageDatabase) database =
    linkage_database_open (fixture->path, 0x4c6e6b53, LINKAGE_DATABASE_OPEN_READ_ONLY, NULL, &error);
  sqlite3 *handle;
  sqlite3_stmt *tables;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  handle = linkage_database_get_handle (database);
  g_assert_cmpint (
    sqlite3_prepare_v2 (handle, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &tables, NULL),
    ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", (const char *)sqlite3_column_text (tables, 0));
      sqlite3_stmt *rows;

      g_string_append_printf (text, "%s\n", sql);
      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &rows, NULL), ==, SQLITE_OK);
      while (sqlite3_step (rows) == SQLITE_ROW)
        {
          for (int i = 0; i < sqlite3_column_count (rows); i++)
            g_string_append_printf (text, "%s|", (const char *)sqlite3_column_text (rows, i));
          g_string_append_c (text, '\n');
        }
      sqlite3_finalize (rows);
    }
  sqlite3_finalize (tables);

  return g_string_free (text, FALSE);
}

static LinkageOperation *
make_operation (const char *key, const char *connection_id)
{
  g_autofree char *customer_id = g_strconcat ("customer-of-", connection_id, NULL);
  LinkageOperation *operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, customer_id, "Contoso");

  g_free (operation->key);
  operation->key = g_strdup (key);
  operation->connection_id = g_strdup (connection_id);
  operation->created_at = linkage_store_get_now ();
  operation->not_before = operation->created_at + 5;

  return operation;
}

static void
prepare_outbox (Fixture *fixture)
{
  g_autoptr (LinkageOperation) operation = make_operation ("key", "one");
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_assert_true (enqueue (fixture, operation, &error));
  g_assert_no_error (error);
}

static gboolean
apply_changes (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageChanges) changes = make_page ("s1", "s2", FALSE, "e1");
  g_autoptr (GAsyncResult) result = NULL;

  add_row (changes, "two", 5, "Örebro Stål AB");
  add_row (changes, "four", 6, "Litware");
  add_tombstone (changes, "three", 7);
  linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_apply_changes_finish (fixture->store, result, error);
}

/* The last page of a new reading: what was not seen again goes. */
static void
prepare_reread (Fixture *fixture)
{
  prepare_outbox (fixture);
  begin_reread (fixture);
}

static gboolean
end_reread (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageChanges) changes = make_page (NULL, "s9", FALSE, "e2");
  g_autoptr (GAsyncResult) result = NULL;

  add_row (changes, "two", 1, "Örebro Stål AB");
  linkage_store_apply_changes_async (fixture->store, changes, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_apply_changes_finish (fixture->store, result, error);
}

static gboolean
start_reread (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_begin_reread_async (fixture->store, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_begin_reread_finish (fixture->store, result, error);
}

static gboolean
press (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageOperation) operation = make_operation ("another-key", "two");

  return enqueue (fixture, operation, error);
}

static gboolean
undo (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_undo_async (fixture->store, "key", NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_undo_finish (fixture->store, result, error);
}

static gboolean
hasten (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_hasten_async (fixture->store, "key", NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_hasten_finish (fixture->store, result, error);
}

static gboolean
update (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageOperation) operation = make_operation ("key", "one");
  g_autoptr (GAsyncResult) result = NULL;

  operation->state = LINKAGE_OPERATION_REFUSED;
  operation->refusal_detail = g_strdup ("Not today.");
  linkage_store_update_operation_async (fixture->store, operation, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_update_operation_finish (fixture->store, result, error);
}

static gboolean
take_answer (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageConnection) connection = make_connection ("one", 8, "Contoso Ltd");
  g_autoptr (LinkageAccountInfo) account = make_account ("e1");
  g_autoptr (GAsyncResult) result = NULL;

  connection->status = LINKAGE_STATUS_PENDING;
  linkage_store_complete_async (fixture->store, "key", connection, account, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_complete_finish (fixture->store, result, error);
}

static gboolean
begin_search (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_begin_search_async (fixture->store, "search-key", "Litware", NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_begin_search_finish (fixture->store, result, error);
}

static void
prepare_search (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_assert_true (begin_search (fixture, &error));
  g_assert_no_error (error);
}

static gboolean
end_search (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageSearch) search = linkage_search_new ("search-1", "Litware");
  g_autoptr (LinkageAccountInfo) account = make_account ("e1");
  g_autoptr (GAsyncResult) result = NULL;

  account->searches_used = 1;
  linkage_store_end_search_async (fixture->store, "search-key", search, account, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_end_search_finish (fixture->store, result, error);
}

static gboolean
forget_search (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_end_search_async (fixture->store, "search-key", NULL, NULL, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_end_search_finish (fixture->store, result, error);
}

/* A second copy: one row changed, one new, one seen again, one missing. */
static gboolean
bring_copy (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageConnection) contoso = make_seen ("one", "Contoso Ltd", COPIED_AT + 1000);
  g_autoptr (LinkageCopy) copy = linkage_copy_new (COPIED_AT + 1000);
  g_autoptr (GHashTable) headings = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (headings, (gpointer) "kunde", (gpointer) "customer");
  contoso->revision = 1;
  g_ptr_array_add (copy->written, linkage_connection_ref (contoso));
  g_ptr_array_add (copy->written, make_seen ("four", "Woodgrove", COPIED_AT + 1000));
  g_ptr_array_add (copy->unchanged, g_strdup ("two"));
  g_ptr_array_add (copy->missing, g_strdup ("three"));

  return try_apply (fixture, copy, headings, error);
}

static void
prepare_two_copies (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  apply_first (fixture);
  g_assert_true (bring_copy (fixture, &error));
  g_assert_no_error (error);
}

static gboolean
undo_copy (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_undo_copy_async (fixture->store, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static gboolean
mark_sent (Fixture *fixture, GError **error)
{
  g_autoptr (LinkageRowChange) change =
    linkage_row_change_new (LINKAGE_ROW_CHANGE_SENT, COPIED_AT + 60, 0, NULL, "kim@litware.example");
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_edit_async (fixture->store, "two", change, NULL, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static const char *const to_ask[] = { "Woodgrove Bank", "Adatum", NULL };

static gboolean
add_to_ask (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_add_to_ask_async (fixture->store, to_ask, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static void
prepare_to_ask (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  apply_first (fixture);
  g_assert_true (add_to_ask (fixture, &error));
  g_assert_no_error (error);
}

static gboolean
remove_to_ask (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_remove_to_ask_async (fixture->store, to_ask, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

/* The backup that was made before the second copy. */
static gboolean
restore (Fixture *fixture, GError **error)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".backup-1", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_restore_async (fixture->store, backup, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

/* The account that goes, open as long as the case runs, and what the merge does. */
static Fixture going;
static LinkageCompanionMerge *plan;

static void
prepare_merge (Fixture *fixture)
{
  g_autoptr (GPtrArray) stays = NULL;
  g_autoptr (GPtrArray) goes = NULL;

  apply_first (fixture);
  set_up_companion (&going, NULL);
  prepare_to_ask (&going);
  stays = read_all (fixture);
  goes = read_all (&going);
  plan = linkage_companion_merge_new (stays, goes, 5, 5, COPIED_AT);
}

static void
end_merge (void)
{
  if (plan == NULL)
    return;

  g_clear_pointer (&plan, linkage_companion_merge_unref);
  tear_down (&going, NULL);
  going = (Fixture){ NULL };
}

static gboolean
merge (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_merge_async (fixture->store, plan, going.store, "going", NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static const Case cases[] = {
  { "apply-changes", FALSE, prepare_outbox, apply_changes },
  { "begin-reread", FALSE, prepare_outbox, start_reread },
  { "end-reread", FALSE, prepare_reread, end_reread },
  { "enqueue", FALSE, prepare_outbox, press },
  { "undo", FALSE, prepare_outbox, undo },
  { "hasten", FALSE, prepare_outbox, hasten },
  { "update", FALSE, prepare_outbox, update },
  { "complete", FALSE, prepare_outbox, take_answer },
  { "begin-search", FALSE, fill, begin_search },
  { "end-search", FALSE, prepare_search, end_search },
  { "forget-search", FALSE, prepare_search, forget_search },
  { "copy", TRUE, apply_first, bring_copy },
  { "undo-copy", TRUE, prepare_two_copies, undo_copy },
  { "mark-sent", TRUE, apply_first, mark_sent },
  { "add-to-ask", TRUE, apply_first, add_to_ask },
  { "remove-to-ask", TRUE, prepare_to_ask, remove_to_ask },
  { "restore", TRUE, prepare_two_copies, restore },
  { "merge", TRUE, prepare_merge, merge },
};

static void
open_again (Fixture *fixture, const Case *this)
{
  close_store (fixture);
  if (this->is_companion)
    open_companion (fixture);
  else
    open_store (fixture);
}

static gboolean
run_once (const Case *this, BadDiskKind kind, int n_good_calls)
{
  Fixture fixture = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean success, was_bad;

  make_path (&fixture, NULL);
  if (this->is_companion)
    open_companion (&fixture);
  else
    open_store (&fixture);
  this->prepare (&fixture);
  open_again (&fixture, this);
  before = dump (&fixture);

  bad_disk_begin (kind, n_good_calls);
  success = this->act (&fixture, &error);
  was_bad = bad_disk_end (kind);
  after = dump (&fixture);
  if (success)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (after, !=, before);
    }
  else
    {
      g_assert_true (was_bad);
      g_test_message ("%s", error->message);
      /* What cannot be read may look damaged, too. */
      g_assert_true (kind == BAD_DISK_WRITES
                       ? g_error_matches (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_FULL)
                       : g_error_matches (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_FAILED) ||
                           g_error_matches (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_CORRUPT));
      g_assert_cmpstr (after, ==, before);
      g_clear_error (&error);
      this->act (&fixture, &error);
      g_assert_no_error (error);
    }
  tear_down (&fixture, NULL);
  end_merge ();

  return was_bad;
}

/* Each of the first calls, then ever fewer: those are the pages of a copy, one as the other. */
static int
get_step (int n_good_calls)
{
  return 1 + n_good_calls / 3;
}

static void
test_reads (gconstpointer data)
{
  for (int n = 0; run_once (data, BAD_DISK_READS, n); n += get_step (n))
    continue;
}

static void
test_writes (gconstpointer data)
{
  for (int n = 0; run_once (data, BAD_DISK_WRITES, n); n += get_step (n))
    continue;
}

static void
damage (const char *path)
{
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  memset (contents + 4096, 0xa5, length - 4096);
  g_assert_true (g_file_set_contents (path, contents, (gssize)length, &error));
  /* Whoever opens it next looks through it. */
  g_assert_true (g_file_set_contents (lock, "open\n", -1, &error));
  g_assert_no_error (error);
}

/* A damaged file gives way to its backup, or stays: a disk that is full for a while is no reason to go on without. */
static gboolean
replace_once (int n_good_calls)
{
  Fixture fixture = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean was_bad;

  make_path (&fixture, NULL);
  open_companion (&fixture);
  prepare_two_copies (&fixture);
  close_store (&fixture);
  damage (fixture.path);

  bad_disk_begin (BAD_DISK_WRITES, n_good_calls);
  fixture.store = try_open_companion (fixture.path, &error);
  was_bad = bad_disk_end (BAD_DISK_WRITES);
  if (fixture.store == NULL)
    {
      g_assert_true (was_bad);
      g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_FULL);
      open_companion (&fixture);
    }
  assert_name (&fixture, "one", "Contoso");
  assert_name (&fixture, "three", "Litware");
  tear_down (&fixture, NULL);
  end_merge ();

  return was_bad;
}

static void
test_replace (void)
{
  for (int n = 0; replace_once (n); n += get_step (n))
    continue;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bad_disk_install ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *unreadable = g_strconcat ("/store/bad-disk/unreadable/", cases[i].name, NULL);
      g_autofree char *full = g_strconcat ("/store/bad-disk/full/", cases[i].name, NULL);

      g_test_add_data_func (unreadable, &cases[i], test_reads);
      g_test_add_data_func (full, &cases[i], test_writes);
    }

  g_test_add_func ("/store/bad-disk/full/replace", test_replace);

  return g_test_run ();
}
