/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person is told when the file of an account cannot be used, and what is left of it. */

#include "../bad-disk.h"
#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-portal-account.h"

#define CUSTOMER "brambleford-tools"

typedef struct
{
  FixturePortal *portal;
  char *folder;
  char *file;
} Fixture;

static LinkageAccount *
try_open (Fixture *fixture, GError **error)
{
  g_autoptr (LinkagePortalAccountConfig) config = linkage_portal_account_config_new ();
  g_autoptr (GAsyncResult) result = NULL;

  config->id = g_strdup ("test");
  config->folder = g_strdup (fixture->folder);
  config->api = g_strdup (fixture->portal->api);
  config->account_id = g_strdup ("lindqvist");
  config->credentials = linkage_credentials_new (fixture->portal->greeting->admin_token, NULL, 0);
  linkage_portal_account_open_async (config, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_portal_account_open_finish (result, error);
}

static LinkageAccount *
open_account (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LinkageAccount *account = try_open (fixture, &error);

  g_assert_no_error (error);

  return account;
}

/* An account that was read, with the portal gone since. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  LinkageAccount *account;

  fixture->portal = fixture_portal_start ();
  fixture->folder = fixture_make_folder ();
  fixture->file = g_build_filename (fixture->folder, "store.sqlite", NULL);
  account = open_account (fixture);
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_READY);
  fixture_account_close (account);
  fixture_portal_kill (fixture->portal);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_portal_free (fixture->portal);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
}

static void
execute (Fixture *fixture, const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (fixture->file, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static void
assert_not_opened (Fixture *fixture, LinkageAccountError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (fixture, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, (int)code);
}

static void
assert_all_there (Fixture *fixture)
{
  LinkageAccount *account = open_account (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) connection = linkage_account_get_connection_of_customer (account, CUSTOMER, &error);

  g_assert_no_error (error);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_SUGGESTED);
  g_clear_pointer (&connection, linkage_connection_unref);
  fixture_account_close (account);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  execute (fixture, "PRAGMA user_version = 1000");
  assert_not_opened (fixture, LINKAGE_ACCOUNT_ERROR_STORE_NEWER);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  execute (fixture, "PRAGMA application_id = 1");
  assert_not_opened (fixture, LINKAGE_ACCOUNT_ERROR_FAILED);
}

static void
test_full_disk_when_opening (Fixture *fixture, gconstpointer data)
{
  bad_disk_begin (BAD_DISK_WRITES, 0);
  assert_not_opened (fixture, LINKAGE_ACCOUNT_ERROR_STORE_FULL);
  bad_disk_end (BAD_DISK_WRITES);

  assert_all_there (fixture);
}

/* Pressed while the disk is full: it is said at once, and nothing is promised. */
static void
test_full_disk_when_pressed (Fixture *fixture, gconstpointer data)
{
  LinkageAccount *account = open_account (fixture);
  g_autoptr (LinkageConnection) connection = fixture_account_find (account, CUSTOMER);
  g_autoptr (LinkageOperation) operation =
    linkage_operation_new (LINKAGE_OPERATION_CONNECT, CUSTOMER, connection->customer->name);
  g_autoptr (LinkageOperation) submitted = NULL;
  g_autoptr (LinkageOperation) pressed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  operation->connection_id = g_strdup (connection->id);
  bad_disk_begin (BAD_DISK_WRITES, 0);
  linkage_account_submit_async (account, operation, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  submitted = linkage_account_submit_finish (account, result, &error);
  bad_disk_end (BAD_DISK_WRITES);
  g_assert_null (submitted);
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_STORE_FULL);
  g_assert_cmpuint (fixture_account_count_operations (account), ==, 0);
  g_clear_object (&result);

  pressed = fixture_account_press (account, LINKAGE_OPERATION_CONNECT, CUSTOMER);
  g_assert_nonnull (pressed);
  g_assert_cmpuint (fixture_account_count_operations (account), ==, 1);
  g_clear_pointer (&connection, linkage_connection_unref);
  fixture_account_close (account);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  LinkageAccount *account;
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  account = open_account (fixture);
  bad_disk_begin (BAD_DISK_READS, 0);
  connection = linkage_account_get_connection_of_customer (account, CUSTOMER, &error);
  bad_disk_end (BAD_DISK_READS);
  g_assert_null (connection);
  g_assert_cmpint (error->domain, ==, LINKAGE_ACCOUNT_ERROR);
  fixture_account_close (account);
  assert_all_there (fixture);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bad_disk_install ();

#define ADD(name, func) g_test_add ("/sync/cache/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("newer", test_newer);
  ADD ("foreign", test_foreign);
  ADD ("full-disk-when-opening", test_full_disk_when_opening);
  ADD ("full-disk-when-pressed", test_full_disk_when_pressed);
  ADD ("unreadable", test_unreadable);
#undef ADD

  return g_test_run ();
}
