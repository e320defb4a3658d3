/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-sample.h"
#include "portal-sandbox.h"
#include "portal-error.h"

static void
on_changed (PortalStore *store, guint *n_changes)
{
  (*n_changes)++;
}

/* What a transaction that fails did to epoch and clock is undone in memory too. */
static void
test_rollback (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *epoch = g_strdup (portal_store_get_epoch (store));
  guint n_changes = 0;

  g_signal_connect (store, "changed", G_CALLBACK (on_changed), &n_changes);
  {
    g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, NULL);

    g_assert_true (portal_store_renew_epoch (store, NULL));
    g_assert_true (portal_store_set_clock_offset (store, 1000, NULL));
    g_assert_cmpstr (portal_store_get_epoch (store), !=, epoch);
  }
  g_assert_cmpstr (portal_store_get_epoch (store), ==, epoch);
  g_assert_cmpint (portal_store_get_clock_offset (store), ==, 0);
  g_assert_cmpuint (n_changes, ==, 0);

  portal_sample_close (store);
}

static void
test_clock (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  gint64 before = portal_store_get_now (store);

  g_assert_cmpint (ABS (before - g_get_real_time () / G_USEC_PER_SEC), <=, 1);
  portal_sample_advance_clock (store, 1000);
  g_assert_cmpint (portal_store_get_now (store), >=, before + 1000);
  g_assert_cmpint (portal_store_get_now (store), <=, before + 1010);

  portal_sample_close (store);
}

static void
test_foreign_changes (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "portal.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  PortalStore *store, *other;
  guint n_changes = 0;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  store = portal_sample_open (path);
  other = portal_sample_open (path);
  g_signal_connect (store, "changed", G_CALLBACK (on_changed), &n_changes);

  g_assert_true (portal_store_read_foreign_changes (store, &error));
  g_assert_cmpuint (n_changes, ==, 0);
  portal_sample_advance_clock (other, 1000);
  g_assert_true (portal_store_read_foreign_changes (store, &error));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (portal_store_get_clock_offset (store), ==, 1000);
  g_assert_true (portal_store_read_foreign_changes (store, &error));
  g_assert_cmpuint (n_changes, ==, 1);

  portal_sample_close (store);
  portal_sample_close (other);
}

static void
test_sandbox_takes_no_other_accounts (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_false (portal_sandbox_load_if_empty (store, &error));
  g_assert_error (error, PORTAL_ERROR, PORTAL_ERROR_INVALID);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (*) FROM accounts"), ==, 2);

  portal_sample_close (store);
}

/* The sample keeps to the rules that the portal enforces. */
static void
test_sandbox_keeps_the_rules (void)
{
  static const char *const wrong[] = {
    "SELECT count (*) FROM connections "
    "WHERE requests_used <> (SELECT count (*) FROM attempts WHERE connection_id = connections.id)",
    "SELECT count (*) FROM connections JOIN attempts a ON a.connection_id = connections.id "
    "WHERE a.number = requests_used AND outcome <> status",
    "SELECT count (*) FROM connections WHERE status = 'suggested' AND requests_used > 0",
    "SELECT count (*) FROM attempts WHERE outcome = 'pending' AND expires_at <= unixepoch ()",
    "SELECT count (*) FROM attempts WHERE outcome = 'expired' AND expires_at > unixepoch ()",
    "SELECT count (*) FROM attempts WHERE outcome IN ('approved', 'rejected') AND responded_at IS NULL",
    "SELECT count (*) FROM attempts WHERE comment IS NOT NULL AND outcome <> 'rejected'",
    "SELECT count (*) FROM attempts WHERE requested_by IS NULL",
    "SELECT count (*) FROM connections JOIN attempts ON connection_id = connections.id "
    "WHERE (origin = 'search') <> (contact_email IS NOT NULL)",
    "SELECT count (*) FROM connections WHERE (status = 'pending') <> (expires_at IS NOT NULL)",
  };
  g_autoptr (GError) error = NULL;
  PortalStore *store = portal_store_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (portal_sandbox_load_if_empty (store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (DISTINCT status) FROM connections"), ==, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_cmpint (portal_sample_read_int (store, wrong[i]), ==, 0);
    }

  portal_sample_close (store);
}

static void
test_sandbox_reset (void)
{
  g_autoptr (GError) setup_error = NULL;
  g_autofree char *epoch = NULL;
  PortalStore *store = portal_store_open (":memory:", &setup_error);
  gint64 position;

  g_assert_true (portal_sandbox_load_if_empty (store, &setup_error));
  g_assert_no_error (setup_error);
  epoch = g_strdup (portal_store_get_epoch (store));
  position = portal_sample_read_int (store, "SELECT position FROM portal");
  g_free (portal_tokens_create (store, "user-astrid", NULL, &setup_error));
  g_assert_no_error (setup_error);
  portal_sample_advance_clock (store, 31 * PORTAL_SAMPLE_DAY);

  PORTAL_SAMPLE_RUN (store, portal_sandbox_reset (store, &error));
  g_assert_cmpstr (portal_store_get_epoch (store), !=, epoch);
  g_assert_cmpint (portal_store_get_clock_offset (store), ==, 0);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (*) FROM tokens"), ==, 1);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT min (revision) FROM connections"), >, position);

  portal_sample_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/portal/store/rollback", test_rollback);
  g_test_add_func ("/portal/store/clock", test_clock);
  g_test_add_func ("/portal/store/foreign-changes", test_foreign_changes);
  g_test_add_func ("/portal/store/sandbox-takes-no-other-accounts", test_sandbox_takes_no_other_accounts);
  g_test_add_func ("/portal/store/sandbox-keeps-the-rules", test_sandbox_keeps_the_rules);
  g_test_add_func ("/portal/store/sandbox-reset", test_sandbox_reset);

  return g_test_run ();
}
