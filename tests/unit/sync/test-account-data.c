/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program keeps about an account: a copy of it for the person, and its end. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../test-permissions.h"
#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-data.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-companion-account.h"

/* What only a person could have written. */
#define MARK "Ask for M\u00e4gdalena\U0001F469"
#define SUGGESTED "brambleford-tools"
#define N_NAMES 20000

typedef struct
{
  char *folder;
  LinkageAccountManager *manager;
} Fixture;

static void
close_manager (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_async (fixture->manager, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_close_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->manager));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_manager (fixture);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LinkageAccount *
get_current (Fixture *fixture)
{
  return linkage_account_manager_get_current (fixture->manager);
}

static gboolean
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean loaded;

  linkage_account_manager_load_async (fixture->manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  loaded = linkage_account_manager_load_finish (fixture->manager, result, &error);
  g_assert_no_error (error);

  return loaded;
}

static void
add_names (Fixture *fixture, const char *const *names)
{
  LinkageCompanionAccount *account = LINKAGE_COMPANION_ACCOUNT (get_current (fixture));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_add_to_ask_async (account, names, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_companion_account_finish (account, result, &error);
  g_assert_no_error (error);
}

/* (transfer full): its folder */
static char *
add_companion (Fixture *fixture, const char *name)
{
  const char *const names[] = { MARK, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_companion_async (fixture->manager, name, NULL, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_add_companion_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  add_names (fixture, names);

  return g_strdup (linkage_account_get_folder (get_current (fixture)));
}

static void
add_portal (Fixture *fixture, FixturePortal *portal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_portal_async (fixture->manager, portal->greeting->address, portal->greeting->admin_token,
                                            NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_add_portal_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_READY);
}

static gboolean
delete_current (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_delete_async (fixture->manager, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_delete_finish (fixture->manager, result, error);
}

static void
delete_successfully (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (delete_current (fixture, &error));
  g_assert_no_error (error);
}

static void
assert_name (Fixture *fixture, const char *name)
{
  g_autoptr (LinkageAccountInfo) info = NULL;

  g_assert_nonnull (get_current (fixture));
  info = linkage_account_get_info (get_current (fixture));
  g_assert_cmpstr (info->name, ==, name);
}

static void
count_progress (double fraction, gpointer user_data)
{
  guint *n_calls = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_assert_cmpfloat (fraction, >, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  (*n_calls)++;
}

static gboolean export(Fixture *fixture, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_calls = 0;

  linkage_account_export_async (get_current (fixture), file, count_progress, &n_calls, cancellable, fixture_keep_result,
                                &result);
  fixture_wait_result (&result);

  return linkage_account_export_finish (result, error);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FixturePortal) portal = fixture_portal_start ();
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "Account.json", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (path, "former");
  add_portal (fixture, portal);
  g_assert_true (export(fixture, path, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (contents, "{\n\"format\": \"linkage-account-export\",\n\"version\": 1,\n"));
  g_assert_true (g_str_has_suffix (contents, "\n}\n"));
  g_assert_nonnull (strstr (contents, "\"kind\": \"portal\""));
  g_assert_nonnull (strstr (contents, SUGGESTED));
  g_assert_null (strstr (contents, portal->greeting->admin_token));
}

static void
test_export_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "Account.json", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "Account.json", NULL);
  g_autofree char *account = add_companion (fixture, "Ours");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (path, "former");
  g_assert_false (export(fixture, nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  g_assert_false (export(fixture, path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_false (export(fixture, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_cmpuint (count_files (folder), ==, 1);
  assert_contents (path, "former");
}

/* Room for files ends in the middle of it, as on a full disk. */
static void
test_export_no_room (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "Account.json", NULL);
  g_autofree char *account = add_companion (fixture, "Ours");
  g_auto (GStrv) names = g_new0 (char *, N_NAMES + 1);
  g_autoptr (GError) error = NULL;
  struct rlimit former;
  struct rlimit limit;

  for (guint i = 0; i < N_NAMES; i++)
    names[i] = g_strdup_printf ("Customer %u", i);
  add_names (fixture, (const char *const *)names);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (path, "former");

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &former), ==, 0);
  limit = (struct rlimit){ 128 * 1024, former.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (export(fixture, path, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &former), ==, 0);

  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_cmpuint (count_files (folder), ==, 1);
  assert_contents (path, "former");
}

static gboolean
has_mark (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  const char *contents;
  gsize length;

  if (bytes == NULL)
    return FALSE;

  contents = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; i + strlen (MARK) <= length; i++)
    if (memcmp (contents + i, MARK, strlen (MARK)) == 0)
      return TRUE;

  return FALSE;
}

/* A second name for each file, so that what it holds can be read when the first one is gone. */
static char *
link_files (Fixture *fixture, const char *folder)
{
  char *kept = g_build_filename (fixture->folder, "kept", NULL);
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
count_marked (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_marked = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n_marked += has_mark (path);
    }

  return n_marked;
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = add_companion (fixture, "Other");
  g_autofree char *folder = add_companion (fixture, "Ours");
  g_autofree char *kept = link_files (fixture, folder);

  g_assert_cmpuint (count_marked (kept), >, 0);
  delete_successfully (fixture);
  assert_name (fixture, "Other");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_marked (kept), ==, 0);

  /* Made again it is another one, and the other one is what the next start opens. */
  close_manager (fixture);
  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_name (fixture, "Other");
  delete_successfully (fixture);
  g_assert_null (get_current (fixture));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_false (load (fixture));
}

/* One that is not open is found again when the one that is was deleted. */
static void
test_next_account (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = add_companion (fixture, "Other");
  g_autofree char *folder = add_companion (fixture, "Ours");

  close_manager (fixture);
  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_name (fixture, "Ours");
  delete_successfully (fixture);
  g_assert_null (get_current (fixture));
  g_assert_true (load (fixture));
  assert_name (fixture, "Other");
}

static void
test_delete_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FixturePortal) portal = fixture_portal_start ();
  g_autofree char *folder = NULL;
  g_autofree LinkageStoreSummary *summary = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_portal (fixture, portal);
  folder = g_strdup (linkage_account_get_folder (get_current (fixture)));
  linkage_operation_unref (fixture_account_press (get_current (fixture), LINKAGE_OPERATION_CONNECT, SUGGESTED));
  linkage_account_summarize_async (get_current (fixture), NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  summary = linkage_account_summarize_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary->n_unanswered, ==, 1);
  g_assert_cmpuint (summary->n_connections, >, 5);
  g_clear_object (&result);

  delete_successfully (fixture);
  g_assert_null (get_current (fixture));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  add_portal (fixture, portal);
  fixture_account_wait_status (get_current (fixture), SUGGESTED, LINKAGE_STATUS_SUGGESTED);
  g_assert_cmpuint (fixture_account_count_operations (get_current (fixture)), ==, 0);
}

static void
test_delete_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = add_companion (fixture, "Ours");
  g_autoptr (GError) error = NULL;
  guint n_files = count_files (folder);

  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  g_assert_false (delete_current (fixture, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY);
  assert_name (fixture, "Ours");
  g_assert_cmpuint (count_files (folder), ==, n_files);

  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  delete_successfully (fixture);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static gboolean
is_gone (const char *path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

/* On a busy machine it may be over before anyone looks. */
static gboolean
has_begun_to_go (const char *folder)
{
  g_autofree char *mark = g_build_filename (folder, "deleted", NULL);

  return g_file_test (mark, G_FILE_TEST_EXISTS) || is_gone (folder);
}

/* It was marked, and half of it is there: no half account is shown, and the rest goes. */
static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = add_companion (fixture, "Other");
  g_autofree char *folder = add_companion (fixture, "Ours");
  g_autofree char *mark = g_build_filename (folder, "deleted", NULL);
  g_autofree char *lock = g_build_filename (folder, "store.sqlite.lock", NULL);

  close_manager (fixture);
  write_file (mark, "");
  g_assert_cmpint (g_unlink (lock), ==, 0);

  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_name (fixture, "Other");
  FIXTURE_WAIT (is_gone, folder);
}

/* The program itself, killed as soon as the mark is there. */
static void
test_kill (Fixture *fixture, gconstpointer data)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *other = add_companion (fixture, "Other");
  g_autofree char *folder = add_companion (fixture, "Ours");
  g_autofree char *kept = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  close_manager (fixture);
  kept = link_files (fixture, folder);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, executable, "--delete", fixture->folder, NULL);
  g_assert_no_error (error);
  FIXTURE_WAIT (has_begun_to_go, folder);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);

  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_name (fixture, "Other");
  FIXTURE_WAIT (is_gone, folder);
  g_assert_cmpuint (count_marked (kept), ==, 0);
}

/* What test_kill() starts and kills. */
static int
run_deletion (char *folder)
{
  Fixture fixture = { folder, linkage_account_manager_new (folder) };

  g_assert_true (load (&fixture));
  delete_successfully (&fixture);
  close_manager (&fixture);

  return 0;
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  /* Before the first thread. */
  test_permissions_drop ();
  if (argc == 3 && g_str_equal (argv[1], "--delete"))
    return run_deletion (argv[2]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/sync/account-data/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("export", test_export);
  ADD ("export-fails", test_export_fails);
  ADD ("export-no-room", test_export_no_room);
  ADD ("delete", test_delete);
  ADD ("next-account", test_next_account);
  ADD ("delete-waiting", test_delete_waiting);
  ADD ("delete-read-only", test_delete_read_only);
  ADD ("resume", test_resume);
  ADD ("kill", test_kill);
#undef ADD

  return g_test_run ();
}
