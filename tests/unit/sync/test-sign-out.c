/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a sign-in, and of an account that is set aside: what the portal knows of it, and what stays here. */

#include <glib/gstdio.h>
#include <string.h>

#include "fixture-account.h"
#include "fixture-person.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-folder.h"
#include "linkage-account-manager.h"
#include "linkage-client.h"
#include "linkage-portal-account.h"
#include "linkage-portal-probe.h"
#include "linkage-token-source.h"

#define SUGGESTED "brambleford-tools"

static const LinkageLoopbackWords words = {
  .language = "en",
  .done_title = "Done",
  .done_sentence = "You can close this page.",
  .wrong_title = "Wrong",
  .wrong_sentence = "This is not the answer.",
};

typedef struct
{
  FixturePortal *portal;
  char *folder;
  LinkageAccountManager *manager;
} Fixture;

static LinkageAccount *
get_current (Fixture *fixture)
{
  return linkage_account_manager_get_current (fixture->manager);
}

static LinkageBrowserSignIn *
find_sign_in (Fixture *fixture, const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageBrowserSignIn *browser;

  linkage_account_manager_find_sign_in_async (fixture->manager, address, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  browser = linkage_account_manager_find_sign_in_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  linkage_browser_sign_in_listen (browser, &words);

  return browser;
}

static void
go_through_browser (Fixture *fixture, LinkageBrowserSignIn *browser)
{
  g_autofree char *address = linkage_browser_sign_in_make_address (browser);
  g_autofree char *back = fixture_person_sign_in (fixture->portal, address, "admin", "allow");

  g_assert_true (fixture_person_go_back (back));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->portal = fixture_portal_start ();
  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
  browser = find_sign_in (fixture, fixture->portal->greeting->address);
  linkage_account_manager_add_by_browser_async (fixture->manager, fixture->portal->greeting->address, browser, NULL,
                                                fixture_keep_result, &result);
  go_through_browser (fixture, browser);
  fixture_wait_result (&result);
  linkage_account_manager_add_by_browser_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_READY);
}

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
tear_down (Fixture *fixture, gconstpointer data)
{
  close_manager (fixture);
  fixture_portal_free (fixture->portal);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
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

/* What signed in when the account was opened, for whoever tries it later. */
static LinkageTokenSource *
copy_source (Fixture *fixture)
{
  const LinkagePortalAccountConfig *config =
    linkage_portal_account_get_config (LINKAGE_PORTAL_ACCOUNT (get_current (fixture)));
  g_autoptr (SoupSession) session = linkage_client_create_session ();

  g_assert_nonnull (config->credentials->refresh_token);

  return linkage_token_source_new (session, config->issuer, config->client_id,
                                   linkage_credentials_copy (config->credentials));
}

static gboolean
is_refused (LinkageTokenSource *source, const char *access_token)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  linkage_token_source_get_async (source, access_token, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  token = linkage_token_source_get_finish (source, result, &error);
  if (token != NULL)
    return FALSE;

  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED);

  return TRUE;
}

static char *
copy_access_token (Fixture *fixture)
{
  return g_strdup (
    linkage_portal_account_get_config (LINKAGE_PORTAL_ACCOUNT (get_current (fixture)))->credentials->access_token);
}

static gboolean
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  linkage_account_manager_sign_out_async (fixture->manager, linkage_account_get_id (get_current (fixture)),
                                          fixture_keep_result, &result);
  fixture_wait_result (&result);
  told = linkage_account_manager_sign_out_finish (fixture->manager, result, &error);
  g_assert_no_error (error);

  return told;
}

static void
sign_in_again (Fixture *fixture)
{
  g_autoptr (LinkageBrowserSignIn) browser = find_sign_in (fixture, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_sign_in_by_browser_async (fixture->manager, browser, NULL, fixture_keep_result, &result);
  go_through_browser (fixture, browser);
  fixture_wait_result (&result);
  linkage_account_manager_sign_in_by_browser_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_READY);
}

static void
assert_signed_out (Fixture *fixture)
{
  fixture_account_wait_state (get_current (fixture), LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  g_assert_true (linkage_account_get_has_content (get_current (fixture)));
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageTokenSource) source = copy_source (fixture);
  g_autofree char *access_token = copy_access_token (fixture);

  g_assert_true (sign_out (fixture));
  assert_signed_out (fixture);
  g_assert_true (is_refused (source, access_token));
  sign_in_again (fixture);
}

/* Nothing here signs in any more, whether the portal knows or not. */
static void
test_portal_gone (Fixture *fixture, gconstpointer data)
{
  fixture_portal_kill (fixture->portal);
  g_assert_false (sign_out (fixture));
  assert_signed_out (fixture);
  close_manager (fixture);

  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_signed_out (fixture);
}

/* What waits is sent when somebody has signed in again. */
static void
test_outbox_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) operation =
    fixture_account_press (get_current (fixture), LINKAGE_OPERATION_CONNECT, SUGGESTED);

  g_assert_true (sign_out (fixture));
  assert_signed_out (fixture);
  linkage_account_send_now (get_current (fixture), operation->key);
  g_assert_cmpuint (fixture_account_count_operations (get_current (fixture)), ==, 1);
  sign_in_again (fixture);
  fixture_account_wait_status (get_current (fixture), SUGGESTED, LINKAGE_STATUS_PENDING);
}

/* A run that ended on the way leaves nobody signed in. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = g_strdup (linkage_account_get_id (get_current (fixture)));
  g_autoptr (LinkagePortalAccountConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  close_manager (fixture);
  linkage_account_folder_set_signed_out (fixture->folder, id, &error);
  g_assert_no_error (error);
  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_true (load (fixture));
  assert_signed_out (fixture);
  sign_in_again (fixture);
  config = linkage_account_folder_load (fixture->folder, id);
  g_assert_false (config->signed_out);
}

static gboolean
is_access_refused (const LinkagePortalAccountConfig *config)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_portal_probe_check_async (config->api, config->account_id, config->credentials->access_token, NULL,
                                    fixture_keep_result, &result);
  fixture_wait_result (&result);
  if (linkage_portal_probe_check_finish (result, &error))
    return FALSE;

  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);

  return TRUE;
}

/* Who signs in anew does not leave the former sign-in behind. */
static void
test_former_revoked (Fixture *fixture, gconstpointer data)
{
  LinkagePortalAccount *account = LINKAGE_PORTAL_ACCOUNT (get_current (fixture));

  g_assert_false (is_access_refused (linkage_portal_account_get_config (account)));
  sign_in_again (fixture);
  FIXTURE_WAIT (is_access_refused, (gpointer)linkage_portal_account_get_config (account));
  g_assert_true (fixture_account_refresh (get_current (fixture), NULL));
  g_assert_cmpint (linkage_account_get_state (get_current (fixture)), ==, LINKAGE_ACCOUNT_STATE_READY);
}

static char *
set_aside (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  linkage_account_manager_set_aside_async (fixture->manager, fixture_keep_result, &result);
  fixture_wait_result (&result);
  path = linkage_account_manager_set_aside_finish (fixture->manager, result, &error);
  g_assert_no_error (error);

  return path;
}

/* All but what signs in. */
static void
assert_set_aside (const char *path, const char *token)
{
  g_autofree char *store = g_build_filename (path, "store.sqlite", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_true (g_file_test (store, G_FILE_TEST_IS_REGULAR));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      g_assert_cmpstr (name, !=, "set-aside");
      g_file_get_contents (file, &contents, &length, NULL);
      g_assert_null (g_strstr_len (contents, (gssize)length, token));
    }
}

static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageTokenSource) source = copy_source (fixture);
  g_autofree char *access_token = copy_access_token (fixture);
  g_autofree char *folder = g_strdup (linkage_account_get_folder (get_current (fixture)));
  g_autofree char *removed = g_build_filename (fixture->folder, "removed", NULL);
  g_autofree char *path = set_aside (fixture);

  g_assert_true (g_str_has_prefix (path, removed));
  g_assert_true (g_str_has_suffix (path, " Lindqvist Components"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  assert_set_aside (path, access_token);
  g_assert_true (is_refused (source, access_token));
  g_assert_null (get_current (fixture));
  g_assert_cmpuint (g_list_model_get_n_items (linkage_account_manager_get_accounts (fixture->manager)), ==, 0);
  g_assert_false (load (fixture));
}

static gboolean
is_moved (const char *folder)
{
  return !g_file_test (folder, G_FILE_TEST_EXISTS);
}

/* The program was killed when it had said durably what is to be. Another of the same name is there already. */
static void
test_set_aside_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = g_strdup (linkage_account_get_id (get_current (fixture)));
  g_autofree char *folder = g_strdup (linkage_account_get_folder (get_current (fixture)));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *first = g_date_time_format (now, "%Y-%m-%d Ours");
  g_autofree char *former = g_build_filename (fixture->folder, "removed", first, NULL);
  g_autofree char *path = g_strconcat (former, " 2", NULL);
  g_autofree char *access_token = copy_access_token (fixture);
  g_autoptr (GError) error = NULL;

  close_manager (fixture);
  g_assert_cmpint (g_mkdir_with_parents (former, 0700), ==, 0);
  linkage_account_folder_mark_set_aside (fixture->folder, id, TRUE, ".../Ours", &error);
  g_assert_no_error (error);

  fixture->manager = linkage_account_manager_new (fixture->folder);
  g_assert_false (load (fixture));
  FIXTURE_WAIT (is_moved, folder);
  close_manager (fixture);
  assert_set_aside (path, access_token);
  fixture->manager = linkage_account_manager_new (fixture->folder);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/sync/sign-out/told", Fixture, NULL, set_up, test_told, tear_down);
  g_test_add ("/sync/sign-out/portal-gone", Fixture, NULL, set_up, test_portal_gone, tear_down);
  g_test_add ("/sync/sign-out/outbox-kept", Fixture, NULL, set_up, test_outbox_kept, tear_down);
  g_test_add ("/sync/sign-out/interrupted", Fixture, NULL, set_up, test_interrupted, tear_down);
  g_test_add ("/sync/sign-out/former-revoked", Fixture, NULL, set_up, test_former_revoked, tear_down);
  g_test_add ("/sync/sign-out/set-aside", Fixture, NULL, set_up, test_set_aside, tear_down);
  g_test_add ("/sync/sign-out/set-aside-interrupted", Fixture, NULL, set_up, test_set_aside_interrupted, tear_down);

  return g_test_run ();
}
