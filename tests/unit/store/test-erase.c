/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../test-permissions.h"
#include "companion-fixture.h"
#include "linkage-store-erase.h"
#include "linkage-store-lock.h"
#include "linkage-store-summary.h"

/* What only a person could have written. */
#define MARK "Ask for M\u00e4gdalena\U0001F469"

static char *
beside (Fixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

static gboolean
has_mark (const char *path)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *contents;
  gsize length;

  file = g_mapped_file_new (path, FALSE, &error);
  g_assert_no_error (error);

  bytes = g_mapped_file_get_bytes (file);
  contents = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; i + strlen (MARK) <= length; i++)
    if (memcmp (contents + i, MARK, strlen (MARK)) == 0)
      return TRUE;

  return FALSE;
}

/* How many files of a folder have the mark. */
static guint
count_marked (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_marked = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n_marked += has_mark (path);
    }

  return n_marked;
}

static char *
get_folder (Fixture *fixture)
{
  return g_path_get_dirname (fixture->path);
}

static void
add_to_ask (Fixture *fixture, const char *name)
{
  const char *const names[] = { name, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_add_to_ask_async (fixture->store, names, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
remove_to_ask (Fixture *fixture, const char *name)
{
  const char *const names[] = { name, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_remove_to_ask_async (fixture->store, names, NULL, on_result, &result);
  finish (fixture, &result, &error);
  g_assert_no_error (error);
}

static void
assert_marked_until_removed (Fixture *fixture, guint n_marked)
{
  g_autofree char *folder = get_folder (fixture);

  close_store (fixture);
  g_assert_cmpuint (count_marked (folder), ==, n_marked);
  open_store (fixture);
}

/* What is deleted while the account goes on is gone when it is closed, log included. */
static void
test_removed_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_folder (fixture);

  add_to_ask (fixture, MARK);
  assert_marked_until_removed (fixture, 1);
  remove_to_ask (fixture, MARK);
  assert_marked_until_removed (fixture, 0);
}

/* One with any attempt is kept. */
static void
test_removed_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageChanges) first = make_page (NULL, "s1", FALSE, "e1");
  g_autoptr (LinkageChanges) second = make_page ("s1", "s2", FALSE, "e1");

  add_row (first, "one", 1, MARK);
  apply (fixture, first);
  assert_marked_until_removed (fixture, 1);

  add_tombstone (second, "one", 2);
  apply (fixture, second);
  /* A row that may be shown is only marked; it goes when the store is opened next. */
  close_store (fixture);
  open_store (fixture);
  assert_marked_until_removed (fixture, 0);
}

static void
test_removed_operation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_REQUEST, "c1", MARK);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  operation->contact_email = g_strdup (MARK);
  enqueue (fixture, operation, &error);
  g_assert_no_error (error);
  assert_marked_until_removed (fixture, 1);

  linkage_store_undo_async (fixture->store, operation->key, NULL, on_result, &result);
  wait_for (&result);
  linkage_store_undo_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  assert_marked_until_removed (fixture, 0);
}

/* A second name for each file, so that what it holds can be read when the first one is gone. */
static char *
link_files (const char *folder)
{
  char *kept = g_strconcat (folder, "-kept", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (folder, name, NULL);
      g_autofree char *to = g_build_filename (kept, name, NULL);

      g_assert_cmpint (link (from, to), ==, 0);
    }

  return kept;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, contents, (gssize)length, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A store with two backups, a damaged file that was set aside, and a log that a crash left. */
static void
fill_store (Fixture *fixture)
{
  g_autoptr (LinkageCopy) second = linkage_copy_new (COPIED_AT + 60);
  g_autofree char *log = beside (fixture, "-wal");
  g_autofree char *kept_log = beside (fixture, "-kept-wal");
  g_autofree char *kept = beside (fixture, "-kept");
  g_autofree char *set_aside = beside (fixture, ".corrupt-20261124-120000");

  add_to_ask (fixture, MARK);
  apply_first (fixture);
  apply_copy (fixture, second);
  copy_file (fixture->path, kept);
  copy_file (log, kept_log);
  close_store (fixture);
  g_assert_cmpint (g_rename (kept, fixture->path), ==, 0);
  g_assert_cmpint (g_rename (kept_log, log), ==, 0);
  write_file (set_aside, "damaged " MARK);
}

static void
assert_erased (Fixture *fixture)
{
  g_autofree char *folder = get_folder (fixture);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_marked (folder), >=, 3);
  kept = link_files (folder);
  linkage_store_erase (fixture->path, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (count_files (folder), ==, 0);
  g_assert_cmpuint (count_files (kept), >=, 5);
  g_assert_cmpuint (count_marked (kept), ==, 0);
}

static void
test_erase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fill_store (fixture);
  assert_erased (fixture);
  linkage_store_erase (fixture->path, &error);
  g_assert_no_error (error);
}

static void
test_erase_damaged (Fixture *fixture, gconstpointer data)
{
  fill_store (fixture);
  write_file (fixture->path, "not a database any more, but " MARK);
  assert_erased (fixture);
}

/* The first call ended in the middle. */
static void
test_erase_rest (Fixture *fixture, gconstpointer data)
{
  fill_store (fixture);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  assert_erased (fixture);
}

static void
test_erase_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_to_ask (fixture, MARK);
  g_assert_false (linkage_store_erase (fixture->path, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_BUSY);
  assert_marked_until_removed (fixture, 1);
}

static void
test_erase_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (GError) error = NULL;

  fill_store (fixture);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  test_permissions_drop ();
  g_assert_false (linkage_store_erase (fixture->path, &error));
  test_permissions_restore ();
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_READ_ONLY);

  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_clear_error (&error);
  linkage_store_erase (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* What a link points to is not the store's. */
static void
test_erase_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_folder (fixture);
  g_autofree char *other = g_strconcat (folder, "-other", NULL);
  g_autofree char *path = beside (fixture, ".backup-3");
  g_autoptr (GError) error = NULL;

  close_store (fixture);
  write_file (other, MARK);
  g_assert_cmpint (symlink (other, path), ==, 0);
  linkage_store_erase (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_assert_true (has_mark (other));
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  LinkageStoreSummary summary;
  g_autoptr (LinkageCopy) second = linkage_copy_new (COPIED_AT + 60);
  g_autofree char *set_aside = beside (fixture, ".corrupt-20261124-120000");
  g_autofree char *log = beside (fixture, ".corrupt-20261124-120000-wal");
  g_autofree char *nothing = beside (fixture, ".none");
  g_autoptr (GError) error = NULL;

  add_to_ask (fixture, "Woodgrove");
  apply_first (fixture);
  apply_copy (fixture, second);
  write_file (set_aside, "");
  write_file (log, "");

  linkage_store_summary_read (fixture->path, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n_connections, ==, 3);
  g_assert_cmpuint (summary.n_copies, ==, 2);
  g_assert_cmpuint (summary.n_to_ask, ==, 1);
  g_assert_cmpuint (summary.n_unanswered, ==, 0);
  g_assert_cmpuint (summary.n_backups, ==, 2);
  g_assert_cmpuint (summary.n_set_aside, ==, 1);

  g_assert_false (linkage_store_summary_read (nothing, &summary, NULL, &error));
  g_assert_error (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/store/erase/removed-name", Fixture, NULL, set_up, test_removed_name, tear_down);
  g_test_add ("/store/erase/removed-row", Fixture, NULL, set_up, test_removed_row, tear_down);
  g_test_add ("/store/erase/removed-operation", Fixture, NULL, set_up, test_removed_operation, tear_down);
#define ADD(name, func) g_test_add ("/store/erase/" name, Fixture, NULL, set_up_companion, func, tear_down)
  ADD ("all", test_erase);
  ADD ("damaged", test_erase_damaged);
  ADD ("rest", test_erase_rest);
  ADD ("open", test_erase_open);
  ADD ("read-only", test_erase_read_only);
  ADD ("link", test_erase_link);
  ADD ("summary", test_summary);
#undef ADD

  return g_test_run ();
}
