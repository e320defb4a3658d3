/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a portal's address to an open account, and to one that is open again, through the browser. */

#define _GNU_SOURCE /* memmem */

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "fixture-account.h"
#include "fixture-person.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-account-manager.h"
#include "linkage-browser-sign-in-private.h"
#include "linkage-portal-account.h"

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
  GAsyncResult *result; /* of what is under way */
  GCancellable *cancellable;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->folder = fixture_make_folder ();
  fixture->manager = linkage_account_manager_new (fixture->folder);
  fixture->cancellable = g_cancellable_new ();
}

static void
close_manager (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  linkage_account_manager_close_async (fixture->manager, fixture_keep_result, &fixture->result);
  fixture_wait_result (&fixture->result);
  linkage_account_manager_close_finish (fixture->manager, fixture->result, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->manager));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_manager (fixture);
  g_object_unref (fixture->cancellable);
  fixture_portal_free (fixture->portal);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static LinkageBrowserSignIn *
find (Fixture *fixture, const char *address, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_manager_find_sign_in_async (fixture->manager, address, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_manager_find_sign_in_finish (fixture->manager, result, error);
}

static LinkageBrowserSignIn *
find_and_listen (Fixture *fixture, const char *address)
{
  g_autoptr (GError) error = NULL;
  LinkageBrowserSignIn *browser = find (fixture, address, &error);

  g_assert_no_error (error);
  g_assert_nonnull (browser);
  linkage_browser_sign_in_listen (browser, &words);
  g_assert_true (linkage_browser_sign_in_is_listening (browser));

  return browser;
}

static LinkageBrowserSignIn *
begin_adding (Fixture *fixture)
{
  LinkageBrowserSignIn *browser = find_and_listen (fixture, fixture->portal->greeting->address);

  g_clear_object (&fixture->result);
  linkage_account_manager_add_by_browser_async (fixture->manager, fixture->portal->greeting->address, browser,
                                                fixture->cancellable, fixture_keep_result, &fixture->result);

  return browser;
}

static gboolean
end_adding (Fixture *fixture, GError **error)
{
  fixture_wait_result (&fixture->result);

  return linkage_account_manager_add_by_browser_finish (fixture->manager, fixture->result, error);
}

static void
go_through_browser (Fixture *fixture, LinkageBrowserSignIn *browser, const char *who)
{
  g_autofree char *address = linkage_browser_sign_in_make_address (browser);
  g_autofree char *back = fixture_person_sign_in (fixture->portal, address, who, "allow");

  g_assert_true (fixture_person_go_back (back));
}

static void
assert_ready (Fixture *fixture)
{
  fixture_account_wait_state (linkage_account_manager_get_current (fixture->manager), LINKAGE_ACCOUNT_STATE_READY);
}

static void
add (Fixture *fixture)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);
  g_autoptr (GError) error = NULL;

  go_through_browser (fixture, browser, "admin");
  end_adding (fixture, &error);
  g_assert_no_error (error);
  assert_ready (fixture);
}

static const LinkagePortalAccountConfig *
get_config (Fixture *fixture)
{
  return linkage_portal_account_get_config (
    LINKAGE_PORTAL_ACCOUNT (linkage_account_manager_get_current (fixture->manager)));
}

/* Nothing under a folder has a text in it. */
static void
assert_nowhere (const char *folder, const char *secret)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_nowhere (path, secret);
      else if (g_file_get_contents (path, &content, &length, NULL))
        g_assert_null (memmem (content, length, secret, strlen (secret)));
    }
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  const LinkagePortalAccountConfig *config;

  add (fixture);
  config = get_config (fixture);
  g_assert_cmpstr (config->issuer, ==, fixture->portal->greeting->address);
  g_assert_nonnull (config->credentials->refresh_token);
  g_assert_nonnull (
    strstr (linkage_account_get_folder (linkage_account_manager_get_current (fixture->manager)), fixture->folder));
  assert_nowhere (fixture->folder, config->credentials->access_token);
  assert_nowhere (fixture->folder, config->credentials->refresh_token);
}

static void
test_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);
  g_autofree char *address = linkage_browser_sign_in_make_address_elsewhere (browser);
  g_autofree char *page = fixture_person_sign_in (fixture->portal, address, "admin", "allow");
  g_autoptr (GHashTable) members = soup_form_decode (strchr (page, '?') + 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (linkage_browser_sign_in_take_text (browser, "not a code", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER);
  g_clear_error (&error);
  g_assert_true (linkage_browser_sign_in_take_text (browser, g_hash_table_lookup (members, "code"), &error));
  end_adding (fixture, &error);
  g_assert_no_error (error);
  assert_ready (fixture);
}

/* The browser of another computer was sent to this one's loopback, and its address line is all there is. */
static void
test_address_by_hand (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);
  g_autofree char *address = linkage_browser_sign_in_make_address (browser);
  g_autofree char *back = fixture_person_sign_in (fixture->portal, address, "admin", "allow");
  g_autoptr (GError) error = NULL;

  g_assert_true (linkage_browser_sign_in_take_text (browser, back, &error));
  end_adding (fixture, &error);
  g_assert_no_error (error);
  assert_ready (fixture);
}

static void
assert_adding_fails (Fixture *fixture, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (end_adding (fixture, &error));
  g_assert_error (error, domain, code);
  g_assert_null (linkage_account_manager_get_current (fixture->manager));
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);
  g_autofree char *address = linkage_browser_sign_in_make_address (browser);
  g_autofree char *back = fixture_person_sign_in (fixture->portal, address, "admin", "deny");

  fixture_person_go_back (back);
  assert_adding_fails (fixture, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED);
  add (fixture);
}

static void
test_wrong_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);

  g_assert_true (linkage_browser_sign_in_take_text (browser, "guessed", NULL));
  assert_adding_fails (fixture, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED);
  add (fixture);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = begin_adding (fixture);

  g_cancellable_cancel (fixture->cancellable);
  assert_adding_fails (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_reset (fixture->cancellable);
  add (fixture);
}

static void
test_timed_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageBrowserSignIn) browser = find_and_listen (fixture, fixture->portal->greeting->address);

  linkage_browser_sign_in_set_time_limit (browser, 1);
  linkage_account_manager_add_by_browser_async (fixture->manager, fixture->portal->greeting->address, browser,
                                                fixture->cancellable, fixture_keep_result, &fixture->result);
  assert_adding_fails (fixture, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT);
}

static void
open_again (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  close_manager (fixture);
  fixture->manager = linkage_account_manager_new (fixture->folder);
  linkage_account_manager_load_async (fixture->manager, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_load_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
}

static gboolean
sign_in_again (Fixture *fixture, const char *who, GError **error)
{
  g_autoptr (LinkageBrowserSignIn) browser = find_and_listen (fixture, NULL);

  g_clear_object (&fixture->result);
  linkage_account_manager_sign_in_by_browser_async (fixture->manager, browser, NULL, fixture_keep_result,
                                                    &fixture->result);
  go_through_browser (fixture, browser, who);
  fixture_wait_result (&fixture->result);

  return linkage_account_manager_sign_in_by_browser_finish (fixture->manager, fixture->result, error);
}

/* There is no Secret Service here: the next run asks for a sign-in, and what was read is still there. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LinkageAccount *account;

  add (fixture);
  g_assert_false (linkage_account_manager_get_secrets_persistent (fixture->manager));
  open_again (fixture);
  account = linkage_account_manager_get_current (fixture->manager);
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  g_assert_true (linkage_account_get_has_content (account));
  g_assert_cmpstr (get_config (fixture)->issuer, ==, fixture->portal->greeting->address);
  sign_in_again (fixture, "admin", &error);
  g_assert_no_error (error);
  fixture_account_wait_state (account, LINKAGE_ACCOUNT_STATE_READY);
}

/* The same portal's, but not of this account. */
static void
test_other_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *accounts = g_build_filename (fixture->folder, "accounts", NULL);
  g_autofree char *folder = g_build_filename (accounts, id, NULL);
  g_autofree char *description = g_build_filename (folder, "account.ini", NULL);
  g_autofree char *last_used = g_build_filename (accounts, "last-used", NULL);
  g_autofree char *text = g_strdup_printf ("[Account]\napi=%s\naccount=somebody-else\n", fixture->portal->api);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (description, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (last_used, id, -1, &error);
  g_assert_no_error (error);
  open_again (fixture);
  fixture_account_wait_state (linkage_account_manager_get_current (fixture->manager),
                              LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);

  g_assert_false (sign_in_again (fixture, "admin", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_OTHER_USER);
  fixture_account_wait_state (linkage_account_manager_get_current (fixture->manager),
                              LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  g_clear_error (&error);
  g_file_get_contents (description, &kept, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, text);
}

/* A token takes the place of what the browser brought: nobody renews it any more. */
static void
test_token_instead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture);
  linkage_account_manager_sign_in_async (fixture->manager, fixture->portal->greeting->admin_token, NULL,
                                         fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_manager_sign_in_finish (fixture->manager, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  assert_ready (fixture);
  open_again (fixture);
  g_assert_null (get_config (fixture)->issuer);
}

/* What is told of a portal's sign-in, by a portal that is nothing else. */
typedef struct
{
  guint status;
  const char *metadata; /* %s: the address */
  int code;             /* -1: there is no sign-in */
} BadMetadata;

#define METADATA(issuer, methods)                                                                                      \
  "{\"issuer\":\"" issuer "\",\"authorization_endpoint\":\"https://a.example/\",\"token_endpoint\":"                   \
  "\"https://a.example/\",\"code_challenge_methods_supported\":[" methods "]}"

static const BadMetadata bad_metadata[] = {
  { 404, "<p>Not Found", -1 },
  { 200, "<p>Hello", LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED },
  { 200, "{}", LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED },
  { 200, METADATA ("%1$s", "\"plain\""), LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED },
  { 200, METADATA ("https://other.example", "\"S256\""), LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER },
  { 503, "Later", LINKAGE_ACCOUNT_ERROR_TRY_LATER },
};

typedef struct
{
  const BadMetadata *bad;
  char *address;
} Liar;

static void
on_liar_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Liar *liar = user_data;
  gboolean is_discovery = g_str_equal (path, "/.well-known/linkage-portal");
  g_autofree char *discovery = g_strdup_printf (
    "{\"version\":\"1\",\"name\":\"Liar\",\"issuer\":\"%1$s\",\"client-id\":\"c\",\"api\":\"%1$s/api\","
    "\"sandbox\":false,\"challenge-providers\":[]}",
    liar->address);
  g_auto (GStrv) parts = g_strsplit (liar->bad->metadata, "%1$s", -1);
  g_autofree char *metadata = g_strjoinv (liar->address, parts);
  const char *text = is_discovery ? discovery : metadata;

  soup_server_message_set_status (message, is_discovery ? 200 : liar->bad->status, NULL);
  soup_server_message_set_response (message, *text == '{' ? "application/json" : "text/html", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
test_metadata (void)
{
  g_autofree char *folder = fixture_make_folder ();
  Fixture fixture = { .folder = folder };
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  Liar liar = { 0 };
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, on_liar_asked, &liar, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  liar.address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  fixture.manager = linkage_account_manager_new (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (bad_metadata); i++)
    {
      liar.bad = &bad_metadata[i];
      g_assert_null (find (&fixture, liar.address, &error));
      if (bad_metadata[i].code == -1)
        g_assert_no_error (error);
      else
        g_assert_error (error, LINKAGE_ACCOUNT_ERROR, bad_metadata[i].code);
      g_clear_error (&error);
    }
  g_assert_null (find (&fixture, "supplier.coupahost.com", &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL);

  close_manager (&fixture);
  fixture_remove_folder (folder);
  g_free (liar.address);
}

#define ADD(name, test) g_test_add ("/sync/browser-sign-in/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("add", test_add);
  ADD ("by-hand", test_by_hand);
  ADD ("address-by-hand", test_address_by_hand);
  ADD ("denied", test_denied);
  ADD ("wrong-code", test_wrong_code);
  ADD ("cancelled", test_cancelled);
  ADD ("timed-out", test_timed_out);
  ADD ("again", test_again);
  ADD ("other-user", test_other_user);
  ADD ("token-instead", test_token_instead);
  g_test_add_func ("/sync/browser-sign-in/metadata", test_metadata);

  return g_test_run ();
}
