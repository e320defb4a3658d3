/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two companion accounts become one, whatever ends the program meanwhile. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "fixture-account.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-companion-account.h"
#include "linkage-connection-row.h"

#define MONDAY G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */
#define CHILD "--merge"
#define N_KILLS 12

static const char ours[] = "Customer,Status,Email,Date\n"
                           "Contoso,Pending,buyer@contoso.example,2026-11-20\n"
                           "Fabrikam,Expired,,2026-09-01\n"
                           "Litware,Approved,,2026-09-01\n";

static const char theirs[] = "Customer,Status,Email,Date\n"
                             "CONTOSO,Approved,,2026-11-01\n"
                             "Fabrikam,Rejected,,2026-11-01\n"
                             "Tailspin,Pending,,2026-11-02\n";

static const char *program;

typedef struct
{
  char *folder;
  LinkageAccountManager *manager;
  char *stays; /* local ids */
  char *goes;
} Fixture;

static void
end_manager (LinkageAccountManager *manager)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_async (manager, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_close_finish (manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (manager);
}

static LinkageCompanionAccount *
get_current (LinkageAccountManager *manager)
{
  return LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (manager));
}

static void
import (LinkageCompanionAccount *account, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) planned = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  linkage_companion_account_read_async (account, bytes, "text/csv", NULL, fixture_keep_result, &read);
  fixture_wait_result (&read);
  table = linkage_companion_account_read_finish (account, read, &mapping, &error);
  g_assert_no_error (error);
  linkage_companion_account_preview_async (account, table, &mapping, MONDAY, NULL, fixture_keep_result, &planned);
  fixture_wait_result (&planned);
  plan = linkage_companion_account_preview_finish (account, planned, &error);
  g_assert_no_error (error);
  linkage_companion_account_apply_async (account, plan, FALSE, NULL, fixture_keep_result, &applied);
  fixture_wait_result (&applied);
  linkage_companion_account_finish (account, applied, &error);
  g_assert_no_error (error);
}

/* (transfer full): its local id */
static char *
add (LinkageAccountManager *manager, const char *name, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_companion_async (manager, name, "https://supplier.example", NULL, fixture_keep_result,
                                               &result);
  fixture_wait_result (&result);
  linkage_account_manager_add_companion_finish (manager, result, &error);
  g_assert_no_error (error);
  import (get_current (manager), text);

  return g_strdup (linkage_account_get_id (LINKAGE_ACCOUNT (get_current (manager))));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
  fixture->goes = add (fixture->manager, "Theirs", theirs);
  fixture->stays = add (fixture->manager, "Ours", ours);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->manager != NULL)
    end_manager (fixture->manager);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->stays);
  g_free (fixture->goes);
}

static LinkageMergePreview *
preview (LinkageAccountManager *manager, const char *from_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_preview_companion_merge_async (manager, from_id, 0, 100, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_preview_companion_merge_finish (manager, result, error);
}

static gboolean
merge (LinkageAccountManager *manager, const char *from_id, const char *state, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *store = NULL;

  linkage_account_manager_merge_companions_async (manager, from_id, state, fixture_keep_result, &result);
  fixture_wait_result (&result);

  if (!linkage_account_manager_merge_companions_finish (manager, result, &set_aside, error))
    {
      g_assert_null (set_aside);
      return FALSE;
    }

  store = g_build_filename (set_aside, "store.sqlite", NULL);
  g_assert_true (g_file_test (store, G_FILE_TEST_IS_REGULAR));

  return TRUE;
}

static gboolean
is_loaded (LinkageConnectionList *list)
{
  return !linkage_connection_list_get_loading (list);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full): names and statuses, as the table has them */
static char *
describe (LinkageAccountManager *manager)
{
  g_autoptr (LinkageConnectionList) list = linkage_account_create_list (LINKAGE_ACCOUNT (get_current (manager)));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  FIXTURE_WAIT (is_loaded, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      const LinkageConnection *connection = linkage_connection_row_get_connection (row);

      g_ptr_array_add (
        lines, g_strdup_printf ("%s %s", connection->customer->name, linkage_status_to_string (connection->status)));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv (", ", (char **)lines->pdata);
}

#define OURS_BEFORE "Contoso pending, Fabrikam expired, Litware approved"
#define THEIRS_BEFORE "CONTOSO approved, Fabrikam rejected, Tailspin pending"
#define MERGED "Contoso approved, Litware approved, Tailspin pending"

static guint
count_accounts (LinkageAccountManager *manager)
{
  return g_list_model_get_n_items (linkage_account_manager_get_accounts (manager));
}

static gboolean
exists (Fixture *fixture, const char *folder, const char *id, const char *file)
{
  g_autofree char *path = g_build_filename (fixture->folder, folder, id, file, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_rows (LinkageAccountManager *manager, const char *expected)
{
  g_autofree char *rows = describe (manager);

  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_merged (Fixture *fixture)
{
  g_assert_cmpstr (linkage_account_get_id (LINKAGE_ACCOUNT (get_current (fixture->manager))), ==, fixture->stays);
  assert_rows (fixture->manager, MERGED);
  g_assert_cmpuint (count_accounts (fixture->manager), ==, 1);
  g_assert_false (exists (fixture, "accounts", fixture->goes, NULL));
  g_assert_true (exists (fixture, "merged", fixture->goes, "store.sqlite"));
  g_assert_false (exists (fixture, "merged", fixture->goes, "merging"));
}

static void
switch_to (LinkageAccountManager *manager, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_switch_async (manager, id, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_switch_finish (manager, result, &error);
  g_assert_no_error (error);
}

static void
assert_as_before (Fixture *fixture)
{
  g_assert_cmpuint (count_accounts (fixture->manager), ==, 2);
  g_assert_false (exists (fixture, "accounts", fixture->goes, "merging"));
  switch_to (fixture->manager, fixture->goes);
  assert_rows (fixture->manager, THEIRS_BEFORE);
  switch_to (fixture->manager, fixture->stays);
  assert_rows (fixture->manager, OURS_BEFORE);
}

static LinkageAccountManager *
load (const char *folder)
{
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_load_async (manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_load_finish (manager, result, &error);
  g_assert_no_error (error);

  return manager;
}

static void
test_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergePreview) found = NULL;
  g_autoptr (GError) error = NULL;

  found = preview (fixture->manager, fixture->goes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->staying_name, ==, "Ours");
  g_assert_cmpstr (found->going_name, ==, "Theirs");
  g_assert_cmpuint (found->total, ==, 4);
  g_assert_cmpuint (found->stays, ==, 1);
  g_assert_cmpuint (found->comes_over, ==, 1);
  g_assert_cmpuint (found->consolidated, ==, 1);
  g_assert_cmpuint (found->removed, ==, 1);
  g_assert_cmpstr (((LinkageMergeRow *)g_ptr_array_index (found->rows, 0))->customer_name, ==, "Contoso");
  assert_as_before (fixture);

  merge (fixture->manager, fixture->goes, found->state, &error);
  g_assert_no_error (error);
  assert_merged (fixture);

  end_manager (fixture->manager);
  fixture->manager = load (fixture->folder);
  assert_merged (fixture);
}

static void
test_what_cannot_be (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergePreview) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (preview (fixture->manager, fixture->stays, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_REFUSED);
  g_assert_cmpstr (linkage_account_error_get_refusal (error), ==, "merge-with-itself");
  g_clear_error (&error);
  g_assert_false (merge (fixture->manager, fixture->stays, "state", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (preview (fixture->manager, "nobody", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_FAILED);
  g_clear_error (&error);

  /* What was agreed to is not what would be done any more. */
  found = preview (fixture->manager, fixture->goes, &error);
  import (get_current (fixture->manager), "Customer,Status,Email,Date\nNorthwind,Pending,,2026-11-20\n");
  g_assert_false (merge (fixture->manager, fixture->goes, found->state, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TOO_LATE);
  g_assert_cmpuint (count_accounts (fixture->manager), ==, 2);
  g_assert_false (exists (fixture, "accounts", fixture->goes, "merging"));
}

static void
test_twice_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergePreview) found = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  gboolean first_done;

  found = preview (fixture->manager, fixture->goes, &error);
  linkage_account_manager_merge_companions_async (fixture->manager, fixture->goes, found->state, fixture_keep_result,
                                                  &first);
  linkage_account_manager_merge_companions_async (fixture->manager, fixture->goes, found->state, fixture_keep_result,
                                                  &second);
  fixture_wait_result (&first);
  fixture_wait_result (&second);
  first_done = linkage_account_manager_merge_companions_finish (fixture->manager, first, NULL, &error);
  g_assert_true (first_done);
  g_assert_no_error (error);
  g_assert_false (linkage_account_manager_merge_companions_finish (fixture->manager, second, NULL, &error));
  g_assert_nonnull (error);
  assert_merged (fixture);
}

/* Written, but the program did not come to set the other one aside. */
static void
test_ended_before_it_is_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageMergePreview) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_build_filename (fixture->folder, "merged", fixture->goes, NULL);
  g_autofree char *account = g_build_filename (fixture->folder, "accounts", fixture->goes, NULL);
  g_autofree char *mark = g_build_filename (account, "merging", NULL);

  found = preview (fixture->manager, fixture->goes, &error);
  merge (fixture->manager, fixture->goes, found->state, &error);
  g_assert_no_error (error);
  end_manager (fixture->manager);

  g_assert_cmpint (g_rename (aside, account), ==, 0);
  g_file_set_contents (mark, fixture->stays, -1, &error);
  g_assert_no_error (error);
  fixture->manager = load (fixture->folder);
  assert_merged (fixture);
}

static void
test_ended_before_it_is_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mark = g_build_filename (fixture->folder, "accounts", fixture->goes, "merging", NULL);
  static const char *const into[] = { NULL, "00000000-0000-4000-8000-000000000000", "../somewhere", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (into); i++)
    {
      g_autoptr (GError) error = NULL;

      end_manager (fixture->manager);
      g_file_set_contents (mark, into[i] != NULL ? into[i] : fixture->stays, -1, &error);
      g_assert_no_error (error);
      fixture->manager = load (fixture->folder);
      assert_as_before (fixture);
    }
}

/* The program that is killed. */
static int
run_child (const char *folder, const char *goes)
{
  LinkageAccountManager *manager = load (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageMergePreview) found = preview (manager, goes, &error);

  g_assert_no_error (error);
  puts ("now");
  fflush (stdout);
  merge (manager, goes, found->state, &error);
  g_assert_no_error (error);
  end_manager (manager);

  return 0;
}

static gboolean
on_time (gpointer user_data)
{
  gboolean *is_time = user_data;

  *is_time = TRUE;

  return G_SOURCE_REMOVE;
}

/* after: milliseconds from where the merge begins; 0: never. Returns: how long the program lived from there */
static guint
run_and_kill (Fixture *fixture, guint after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, CHILD, fixture->folder, fixture->goes, NULL);
  char word[4];
  gsize length = 0;
  gboolean is_time = after == 0;
  gint64 began_at;

  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), word, sizeof word, &length, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (word, length, "now\n", 4);
  began_at = g_get_monotonic_time ();
  if (after > 0)
    g_timeout_add (after, on_time, &is_time);
  while (!is_time)
    g_main_context_iteration (NULL, TRUE);
  if (after > 0)
    g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (after > 0 || g_subprocess_get_successful (child));

  return (g_get_monotonic_time () - began_at) / 1000;
}

/* Returns: whether it was merged */
static gboolean
check_kill (guint after, guint *lived)
{
  Fixture fixture = { NULL };
  gboolean is_merged;

  set_up (&fixture, NULL);
  end_manager (g_steal_pointer (&fixture.manager));
  *lived = run_and_kill (&fixture, after);
  fixture.manager = load (fixture.folder);
  is_merged = count_accounts (fixture.manager) == 1;
  if (is_merged)
    assert_merged (&fixture);
  else
    assert_as_before (&fixture);
  tear_down (&fixture, NULL);

  return is_merged;
}

static void
test_killed (void)
{
  guint n_merged = 0;
  guint whole, lived;

  g_assert_true (check_kill (0, &whole));
  for (guint i = 0; i < N_KILLS; i++)
    n_merged += check_kill (g_test_rand_int_range (1, MAX (whole, 2)), &lived);
  g_test_message ("%u of %u were merged, which takes %u ms", n_merged, N_KILLS, whole);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], CHILD))
    return run_child (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/companion-merge/way", test_way);
  ADD ("/companion-merge/what-cannot-be", test_what_cannot_be);
  ADD ("/companion-merge/twice", test_twice_at_once);
  ADD ("/companion-merge/before-set-aside", test_ended_before_it_is_set_aside);
  ADD ("/companion-merge/before-written", test_ended_before_it_is_written);
  g_test_add_func ("/companion-merge/killed", test_killed);

  return g_test_run ();
}
