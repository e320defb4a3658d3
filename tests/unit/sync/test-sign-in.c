/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of an account when what signs it in runs out, is renewed, or is good no more. */

#include "fixture-account.h"
#include "fixture-person.h"
#include "fixture-portal.h"
#include "fixture-wait.h"
#include "linkage-account-error.h"
#include "linkage-portal-account.h"

#define CLIENT "linkage"
#define SUGGESTED "brambleford-tools"
#define HOUR (60 * 60)

typedef struct
{
  FixturePortal *portal;
  char *folder;
  LinkageAccount *account;
  LinkageCredentials *kept; /* the latest that there were to be kept */
  guint n_renewals;
} Fixture;

static void
on_renewed (LinkagePortalAccount *account, const LinkageCredentials *credentials, Fixture *fixture)
{
  g_clear_pointer (&fixture->kept, linkage_credentials_free);
  fixture->kept = linkage_credentials_copy (credentials);
  fixture->n_renewals++;
}

static LinkageAccount *
open_account (FixturePortal *portal, const char *folder, const LinkageCredentials *credentials)
{
  g_autoptr (LinkagePortalAccountConfig) config = linkage_portal_account_config_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccount *account;

  config->id = g_strdup ("test");
  config->folder = g_strdup (folder);
  config->api = g_strdup (portal->api);
  config->account_id = g_strdup ("lindqvist");
  config->issuer = g_strdup (portal->greeting->address);
  config->client_id = g_strdup (CLIENT);
  config->credentials = linkage_credentials_copy (credentials);
  linkage_portal_account_open_async (config, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  account = linkage_portal_account_open_finish (result, &error);
  g_assert_no_error (error);

  return account;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->portal = fixture_portal_start ();
  fixture->folder = fixture_make_folder ();
  fixture->kept = fixture_person_get_credentials (fixture->portal, "admin");
}

static void
open_kept (Fixture *fixture)
{
  fixture->account = open_account (fixture->portal, fixture->folder, fixture->kept);
  g_signal_connect (fixture->account, "credentials-renewed", G_CALLBACK (on_renewed), fixture);
}

static void
close_account (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->account, fixture);
  fixture_account_close (g_steal_pointer (&fixture->account));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->account != NULL)
    close_account (fixture);
  fixture_portal_free (fixture->portal);
  fixture_remove_folder (fixture->folder);
  linkage_credentials_free (fixture->kept);
  g_free (fixture->folder);
}

/* The portal's clock, and the tokens with it. */
static void
advance (FixturePortal *portal, gint64 seconds)
{
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccount *other = fixture_account_open (folder, portal->api, portal->greeting->admin_token);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_sandbox_advance_async (other, seconds, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_sandbox_advance_finish (other, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  fixture_account_close (other);
  fixture_remove_folder (folder);
}

static LinkageOperation *
press_and_send (LinkageAccount *account)
{
  LinkageOperation *entry = fixture_account_press (account, LINKAGE_OPERATION_CONNECT, SUGGESTED);

  linkage_account_send_now (account, entry->key);

  return entry;
}

static void
assert_sent_once (LinkageAccount *account)
{
  g_autoptr (LinkageConnection) connection = NULL;

  fixture_account_wait_status (account, SUGGESTED, LINKAGE_STATUS_PENDING);
  fixture_account_wait_empty_outbox (account);
  connection = fixture_account_find (account, SUGGESTED);
  g_assert_cmpuint (connection->attempts->len, ==, 1);
}

static void
test_ran_out_before (Fixture *fixture, gconstpointer data)
{
  fixture->kept->expires_at = g_get_real_time () / G_USEC_PER_SEC - 1;
  open_kept (fixture);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  g_assert_cmpuint (fixture->n_renewals, ==, 1);
}

/* Push, pull and event stream, all of which find out: the portal sees one refresh, else it would end the sign-in. */
static void
test_runs_out_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (GError) error = NULL;

  open_kept (fixture);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  for (guint i = 1; i <= 3; i++)
    {
      advance (fixture->portal, HOUR);
      fixture_account_refresh (fixture->account, &error);
      g_assert_no_error (error);
      fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
      g_assert_cmpuint (fixture->n_renewals, ==, i);
    }
  advance (fixture->portal, HOUR);
  entry = press_and_send (fixture->account);
  assert_sent_once (fixture->account);
}

/* What there was to be kept signs in once more. */
static void
test_next_run (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      open_kept (fixture);
      fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
      g_assert_cmpuint (fixture->n_renewals, ==, i);
      close_account (fixture);
      fixture->kept->expires_at = 1;
    }
}

static gboolean
has_content (LinkageAccount *account)
{
  g_autoptr (LinkageConnection) connection = fixture_account_find (account, SUGGESTED);

  return connection != NULL && linkage_account_get_has_content (account);
}

static void
test_signed_out_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (LinkageCredentials) again = NULL;
  g_autoptr (GError) error = NULL;

  open_kept (fixture);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  fixture_person_sign_out (fixture->portal, fixture->kept);
  entry = press_and_send (fixture->account);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  g_assert_error (linkage_account_get_last_error (fixture->account), LINKAGE_ACCOUNT_ERROR,
                  LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 1);
  g_assert_true (has_content (fixture->account));

  g_assert_false (fixture_account_refresh (fixture->account, &error));
  g_assert_error (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED);
  g_assert_cmpuint (fixture_account_count_operations (fixture->account), ==, 1);
  g_assert_cmpuint (fixture->n_renewals, ==, 0);

  again = fixture_person_get_credentials (fixture->portal, "admin");
  linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (fixture->account), fixture->portal->greeting->address, CLIENT,
                                  again);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  assert_sent_once (fixture->account);
}

/* The same user on two programs: each has a sign-in of its own. */
static void
test_two_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LinkageCredentials) others = fixture_person_get_credentials (fixture->portal, "admin");
  g_autofree char *folder = fixture_make_folder ();
  LinkageAccount *other = open_account (fixture->portal, folder, others);
  g_autoptr (LinkageOperation) entry = NULL;
  g_autoptr (GError) error = NULL;

  open_kept (fixture);
  fixture_account_wait_state (fixture->account, LINKAGE_ACCOUNT_STATE_READY);
  fixture_account_wait_state (other, LINKAGE_ACCOUNT_STATE_READY);
  fixture_person_sign_out (fixture->portal, others);
  g_assert_false (fixture_account_refresh (other, &error));
  fixture_account_wait_state (other, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);

  advance (fixture->portal, HOUR);
  entry = press_and_send (fixture->account);
  assert_sent_once (fixture->account);
  g_assert_cmpuint (fixture->n_renewals, ==, 1);
  g_assert_cmpint (linkage_account_get_state (other), ==, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED);
  fixture_account_close (other);
  fixture_remove_folder (folder);
}

#define ADD(name, test) g_test_add ("/sync/sign-in/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("ran-out-before", test_ran_out_before);
  ADD ("runs-out-meanwhile", test_runs_out_meanwhile);
  ADD ("next-run", test_next_run);
  ADD ("signed-out-elsewhere", test_signed_out_elsewhere);
  ADD ("two-accounts", test_two_accounts);

  return g_test_run ();
}
