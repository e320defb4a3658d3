/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "fixture-account.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"

static gboolean
add_portal (LinkageAccountManager *manager, const char *address, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_add_portal_async (manager, address, token, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_add_portal_finish (manager, result, error);
}

static gboolean
load (LinkageAccountManager *manager, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_load_async (manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_load_finish (manager, result, error);
}

static gboolean
sign_in (LinkageAccountManager *manager, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_sign_in_async (manager, token, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_sign_in_finish (manager, result, error);
}

static void
close_manager (LinkageAccountManager *manager)
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

static void
assert_add_fails (const char *address, LinkageAccountError code)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (add_portal (manager, address, "a-token", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, (int)code);
  g_assert_null (linkage_account_manager_get_current (manager));
  close_manager (manager);
  fixture_remove_folder (folder);
}

static void
test_coupa_addresses (void)
{
  const char *const coupa[] = {
    "https://supplier.coupahost.com",
    "https://supplier.coupahost.com/sessions/new?x=1",
    "supplier.coupahost.com",
    "  SUPPLIER.CoupaHost.com/ ",
    "coupahost.com",
    "http://coupahost.com:8080",
    "supplier.coupa.com",
    "https://coupa.com./",
  };
  const char *const others[] = { "https://notcoupa.com", "coupa.com.example.org", "coupahost.example", "", "://",
                                 "127.0.0.1:80" };

  for (guint i = 0; i < G_N_ELEMENTS (coupa); i++)
    g_assert_true (linkage_account_manager_is_coupa_address (coupa[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (linkage_account_manager_is_coupa_address (others[i]));

  assert_add_fails ("supplier.coupahost.com", LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL);
}

static void
test_wrong_addresses (void)
{
  assert_add_fails ("no address at all", LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS);
  assert_add_fails ("http://portal.example", LINKAGE_ACCOUNT_ERROR_INSECURE);
}

static void
test_dead_address (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);

  g_socket_listener_close (listener);
  assert_add_fails (address, LINKAGE_ACCOUNT_ERROR_UNREACHABLE);
}

static void
answer_with_page (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const char page[] = "<!DOCTYPE html><title>Hello</title>";

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, page, sizeof page - 1);
}

static void
test_html_page (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, answer_with_page, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  assert_add_fails (address, LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL);
}

static void
test_no_account (void)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (load (manager, &error));
  g_assert_no_error (error);
  g_assert_null (linkage_account_manager_get_current (manager));
  close_manager (manager);
  fixture_remove_folder (folder);
}

static void
test_no_sandbox (void)
{
  g_autofree char *folder = fixture_make_folder ();
  g_autofree char *program = g_strdup (g_getenv ("LINKAGE_PORTAL"));
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GError) error = NULL;
  const char *const wrong[] = { "/nowhere/linkage-portal", "/bin/true", "/bin/echo" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      g_setenv ("LINKAGE_PORTAL", wrong[i], TRUE);
      linkage_account_manager_open_sandbox_async (manager, FALSE, NULL, fixture_keep_result, &result);
      fixture_wait_result (&result);
      g_assert_false (linkage_account_manager_open_sandbox_finish (manager, result, &error));
      g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SANDBOX);
      g_clear_error (&error);
    }

  g_setenv ("LINKAGE_PORTAL", program, TRUE);
  close_manager (manager);
  fixture_remove_folder (folder);
}

/* What a person sends along with a report says how things are, and neither whose they are nor how to get at them. */
static void
assert_debug_info (LinkageAccountManager *manager, const char *token, const char *address)
{
  g_autofree char *info = linkage_account_manager_get_debug_info (manager);

  g_assert_nonnull (strstr (info, "Secret Service: no\nAccount: portal\nState: ready\nHas content: yes\nOutbox: 0\n"));
  g_assert_null (strstr (info, token));
  g_assert_null (strstr (info, address));
  g_assert_null (strstr (info, "Lindqvist"));
}

/* There is no Secret Service here: the token is kept for this run, and the next one asks for it. */
static void
test_next_run (void)
{
  g_autoptr (FixturePortal) portal = fixture_portal_start ();
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  LinkageAccount *account;

  g_assert_false (add_portal (manager, portal->greeting->address, "not-the-token", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);
  g_clear_error (&error);
  g_assert_false (add_portal (manager, portal->greeting->address, "two words", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);
  g_clear_error (&error);

  add_portal (manager, portal->greeting->address, portal->greeting->admin_token, &error);
  g_assert_no_error (error);
  g_assert_false (linkage_account_manager_get_secrets_persistent (manager));
  account = linkage_account_manager_get_current (manager);
  g_assert_cmpint (linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_SANDBOX, ==, 0);
  id = g_strdup (linkage_account_get_id (account));
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_READY);
  close_manager (manager);

  manager = linkage_account_manager_new (folder);
  g_assert_true (load (manager, &error));
  g_assert_no_error (error);
  account = linkage_account_manager_get_current (manager);
  g_assert_cmpstr (linkage_account_get_id (account), ==, id);
  g_assert_true (linkage_account_get_has_content (account));
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);

  g_assert_false (sign_in (manager, "not-the-token", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);
  g_clear_error (&error);
  sign_in (manager, portal->greeting->admin_token, &error);
  g_assert_no_error (error);
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_READY);

  add_portal (manager, portal->greeting->address, portal->greeting->admin_token, &error);
  g_assert_no_error (error);
  g_assert_true (linkage_account_manager_get_current (manager) == account);
  assert_debug_info (manager, portal->greeting->admin_token, portal->greeting->address);
  close_manager (manager);
  fixture_remove_folder (folder);
}

static void
test_two_programs (void)
{
  g_autoptr (FixturePortal) portal = fixture_portal_start ();
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccountManager *first = linkage_account_manager_new (folder);
  LinkageAccountManager *second = linkage_account_manager_new (folder);
  g_autoptr (GError) error = NULL;

  add_portal (first, portal->greeting->address, portal->greeting->admin_token, &error);
  g_assert_no_error (error);
  g_assert_false (load (second, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_STORE_LOCKED);
  close_manager (second);
  close_manager (first);
  fixture_remove_folder (folder);
}

/* What was there before a sandbox is there after it. */
static void
test_sandbox_above_portal (void)
{
  g_autoptr (FixturePortal) portal = fixture_portal_start ();
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccountManager *manager = linkage_account_manager_new (folder);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) left = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccount *account;

  add_portal (manager, portal->greeting->address, portal->greeting->admin_token, &error);
  g_assert_no_error (error);
  account = linkage_account_manager_get_current (manager);

  linkage_account_manager_open_sandbox_async (manager, FALSE, NULL, fixture_keep_result, &opened);
  fixture_wait_result (&opened);
  linkage_account_manager_open_sandbox_finish (manager, opened, &error);
  g_assert_no_error (error);
  g_clear_object (&opened);
  g_assert_false (linkage_account_manager_get_current (manager) == account);

  linkage_account_manager_leave_async (manager, fixture_keep_result, &left);
  g_assert_true (linkage_account_manager_get_current (manager) == account);
  fixture_wait_result (&left);
  linkage_account_manager_leave_finish (manager, left, &error);
  g_assert_no_error (error);
  g_clear_object (&left);
  close_manager (manager);
  fixture_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/manager/coupa-addresses", test_coupa_addresses);
  g_test_add_func ("/sync/manager/wrong-addresses", test_wrong_addresses);
  g_test_add_func ("/sync/manager/dead-address", test_dead_address);
  g_test_add_func ("/sync/manager/html-page", test_html_page);
  g_test_add_func ("/sync/manager/no-account", test_no_account);
  g_test_add_func ("/sync/manager/no-sandbox", test_no_sandbox);
  g_test_add_func ("/sync/manager/next-run", test_next_run);
  g_test_add_func ("/sync/manager/two-programs", test_two_programs);
  g_test_add_func ("/sync/manager/sandbox-above-portal", test_sandbox_above_portal);

  return g_test_run ();
}
