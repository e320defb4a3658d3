/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "companion-fixture.h"

static char *
beside (Fixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

/* Whoever opens it next looks through it. */
static void
mark_left_open (Fixture *fixture)
{
  g_autofree char *lock = beside (fixture, ".lock");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (lock, "open\n", -1, &error));
  g_assert_no_error (error);
}

static void
damage (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_cmpuint (length, >, 2 * 4096);
  memset (contents + 4096, 0xa5, length - 4096);
  g_assert_true (g_file_set_contents (path, contents, (gssize)length, &error));
  g_assert_no_error (error);
}

static void
apply_one (Fixture *fixture, const char *id, gint64 copied_at)
{
  g_autoptr (LinkageCopy) copy = linkage_copy_new (copied_at);

  g_ptr_array_add (copy->written, make_seen (id, id, copied_at));
  apply_copy (fixture, copy);
}

static void
assert_backups (Fixture *fixture, const guint *n_rows, guint n_backups)
{
  g_autoptr (GPtrArray) backups = linkage_store_list_backups (fixture->store);

  g_assert_cmpuint (backups->len, ==, n_backups);
  for (guint i = 0; i < n_backups; i++)
    {
      const LinkageStoreBackup *backup = g_ptr_array_index (backups, i);
      GStatBuf info;

      g_assert_cmpuint (backup->n_rows, ==, n_rows[i]);
      g_assert_cmpint (backup->made_at, >, 0);
      g_assert_cmpint (g_stat (backup->path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  const char *const ids[] = { "a", "b", "c", "d", "e", "f", "g" };
  const guint first[] = { 0 };
  const guint last[] = { 6, 5, 4, 3, 2 };
  g_autofree char *sixth = beside (fixture, ".backup-6");
  g_autofree char *rest = beside (fixture, ".backup-new");

  apply_one (fixture, ids[0], COPIED_AT);
  assert_backups (fixture, first, 1);
  for (guint i = 1; i < G_N_ELEMENTS (ids); i++)
    apply_one (fixture, ids[i], COPIED_AT + i);

  assert_backups (fixture, last, 5);
  g_assert_false (g_file_test (sixth, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (rest, G_FILE_TEST_EXISTS));
}

static void
test_corrupt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageCopy) latest = NULL;
  const LinkageStoreBackup *restored = NULL;

  apply_first (fixture);
  g_assert_null (linkage_store_get_restored (fixture->store));
  apply_one (fixture, "four", COPIED_AT + 1);
  apply_one (fixture, "five", COPIED_AT + 2);
  close_store (fixture);
  damage (fixture->path);
  mark_left_open (fixture);

  open_companion (fixture);

  restored = linkage_store_get_restored (fixture->store);
  g_assert_nonnull (restored);
  g_assert_cmpuint (restored->n_rows, ==, 4);
  g_assert_true (g_file_test (linkage_store_get_set_aside (fixture->store), G_FILE_TEST_EXISTS));
  assert_name (fixture, "four", "four");
  assert_name (fixture, "five", NULL);
  latest = get_latest_copy (fixture);
  g_assert_cmpint (latest->copied_at, ==, COPIED_AT + 1);
}

static void
test_corrupt_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *newest = beside (fixture, ".backup-1");

  apply_first (fixture);
  apply_one (fixture, "four", COPIED_AT + 1);
  apply_one (fixture, "five", COPIED_AT + 2);
  close_store (fixture);
  damage (fixture->path);
  damage (newest);
  mark_left_open (fixture);

  open_companion (fixture);
  assert_name (fixture, "three", "Litware");
  assert_name (fixture, "four", NULL);
  g_assert_cmpuint (linkage_store_get_restored (fixture->store)->n_rows, ==, 3);
}

static void
test_no_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *only = beside (fixture, ".backup-1");

  apply_first (fixture);
  close_store (fixture);
  g_assert_cmpint (g_unlink (only), ==, 0);
  damage (fixture->path);
  mark_left_open (fixture);

  open_companion (fixture);
  g_assert_cmpstr (linkage_store_get_restored (fixture->store)->path, ==, "");
  assert_name (fixture, "one", NULL);
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *restored = beside (fixture, ".restored");

  apply_first (fixture);
  close_store (fixture);
  g_assert_cmpint (g_rename (fixture->path, restored), ==, 0);

  open_companion (fixture);
  assert_name (fixture, "one", "Contoso");
}

static void
restore (Fixture *fixture, guint position)
{
  g_autoptr (GPtrArray) backups = linkage_store_list_backups (fixture->store);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (position, <, backups->len);
  linkage_store_restore_async (fixture->store, ((LinkageStoreBackup *)g_ptr_array_index (backups, position))->path,
                               NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageConnection) contoso = NULL;
  const guint after[] = { 5, 4, 3, 0 };
  gint64 five = 0;

  apply_first (fixture);
  apply_one (fixture, "four", COPIED_AT + 1);
  apply_one (fixture, "five", COPIED_AT + 2);
  five = get_row_id (fixture, "five");
  forget (fixture);
  restore (fixture, 1);

  contoso = get_connection (fixture, "one");
  g_assert_cmpuint (contoso->attempts->len, ==, 1);
  assert_name (fixture, "four", NULL);
  assert_name (fixture, "five", NULL);
  g_assert_true (GPOINTER_TO_INT (g_hash_table_lookup (fixture->rows, &five)));
  g_assert_cmpint (linkage_store_get_updated_at (fixture->store), ==, COPIED_AT);
  assert_backups (fixture, after, G_N_ELEMENTS (after));

  /* It goes on from there, and can itself be taken back. */
  apply_one (fixture, "six", COPIED_AT + 3);
  assert_name (fixture, "six", "six");
  close_store (fixture);
  open_companion (fixture);
  assert_name (fixture, "one", "Contoso");
  restore (fixture, 1);
  assert_name (fixture, "five", "five");
  assert_name (fixture, "six", NULL);
  g_assert_cmpint (get_row_id (fixture, "five"), ==, five);
}

static void
test_restore_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = beside (fixture, ".backup-1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  apply_first (fixture);
  apply_one (fixture, "four", COPIED_AT + 1);
  damage (backup);
  linkage_store_restore_async (fixture->store, backup, NULL, on_result, &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_nonnull (error);
  assert_name (fixture, "four", "four");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/store/backup/" name, Fixture, NULL, set_up_companion, func, tear_down)
  ADD ("rotate", test_rotate);
  ADD ("corrupt", test_corrupt);
  ADD ("corrupt-backup", test_corrupt_backup);
  ADD ("no-backup", test_no_backup);
  ADD ("interrupted", test_interrupted);
  ADD ("restore", test_restore);
  ADD ("restore-damaged", test_restore_damaged);
#undef ADD

  return g_test_run ();
}
