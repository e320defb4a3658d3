/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-connections.h"
#include "portal-error.h"
#include "portal-sample.h"
#include "portal-transitions.h"

#define LIFETIME (30 * PORTAL_SAMPLE_DAY)

static LinkageConnection *
load (PortalStore *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  LinkageConnection *row = portal_connections_load (store, "a", id, &error);

  g_assert_no_error (error);
  return row;
}

static void
settle (PortalStore *store)
{
  g_autoptr (GError) error = NULL;

  portal_transitions_settle_now (store, &error);
  g_assert_no_error (error);
}

/* An answer that must not be taken. */
static void
assert_refused (PortalStore *store, const char *id, gboolean is_approval, PortalError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, NULL);

  if (is_approval)
    g_assert_false (portal_transitions_approve (store, id, &error));
  else
    g_assert_false (portal_transitions_reject (store, id, "late", &error));
  g_assert_error (error, PORTAL_ERROR, (int)code);
}

static void
test_send (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageConnection) before = NULL;
  g_autoptr (LinkageConnection) row = NULL;
  LinkageAttempt *attempt;

  portal_sample_add_row (store, "a", 0);
  before = load (store, "a-c0");
  g_assert_cmpint (before->actions, ==, LINKAGE_ACTIONS_CONNECT);

  portal_sample_send (store, "a-c0");
  row = load (store, "a-c0");
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (row->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (row->revision, >, before->revision);
  g_assert_cmpuint (row->requests_used, ==, 1);
  attempt = linkage_connection_get_latest_attempt (row);
  g_assert_cmpint (attempt->expires_at - attempt->requested_at, ==, LIFETIME);
  g_assert_cmpstr (attempt->requested_by, ==, "Ada");

  portal_sample_close (store);
}

static void
test_expiry (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageConnection) early = NULL;
  g_autoptr (LinkageConnection) due = NULL;
  LinkageAttempt *attempt;

  portal_sample_add_row (store, "a", 0);
  portal_sample_send (store, "a-c0");

  portal_sample_advance_clock (store, LIFETIME - 10);
  settle (store);
  early = load (store, "a-c0");
  g_assert_cmpint (early->status, ==, LINKAGE_STATUS_PENDING);

  portal_sample_advance_clock (store, 10);
  settle (store);
  due = load (store, "a-c0");
  g_assert_cmpint (due->status, ==, LINKAGE_STATUS_EXPIRED);
  g_assert_cmpint (due->revision, >, early->revision);
  g_assert_cmpint (due->actions, ==, LINKAGE_ACTIONS_RESEND);
  attempt = linkage_connection_get_latest_attempt (due);
  g_assert_cmpint (attempt->outcome, ==, LINKAGE_STATUS_EXPIRED);
  g_assert_cmpint (attempt->responded_at, ==, 0);

  portal_sample_close (store);
}

static void
test_expiry_is_written_once (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  gint64 position;

  portal_sample_add_row (store, "a", 0);
  portal_sample_send (store, "a-c0");
  portal_sample_advance_clock (store, LIFETIME);
  settle (store);
  position = portal_sample_read_int (store, "SELECT position FROM portal");
  settle (store);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT position FROM portal"), ==, position);

  portal_sample_close (store);
}

static void
on_changed (PortalStore *store, guint *n_changes)
{
  (*n_changes)++;
}

/* All that is due is written in one transaction, and told once. */
static void
test_expiries_come_together (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  guint n_changes = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = portal_sample_get_row_id (i % 2 == 0 ? "a" : "b", i);

      portal_sample_add_row (store, i % 2 == 0 ? "a" : "b", i);
      portal_sample_send (store, id);
    }
  portal_sample_advance_clock (store, LIFETIME);
  g_signal_connect (store, "changed", G_CALLBACK (on_changed), &n_changes);
  settle (store);

  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (*) FROM connections WHERE status = 'expired'"), ==, 5);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (DISTINCT revision) FROM connections"), ==, 5);

  portal_sample_close (store);
}

static void
test_next_expiry (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  gint64 next;

  portal_sample_add_row (store, "a", 0);
  g_assert_true (portal_transitions_get_next_expiry (store, &next, NULL));
  g_assert_cmpint (next, ==, G_MAXINT64);

  portal_sample_send (store, "a-c0");
  g_assert_true (portal_transitions_get_next_expiry (store, &next, NULL));
  g_assert_cmpint (next, ==, portal_sample_read_int (store, "SELECT expires_at FROM attempts"));

  portal_sample_advance_clock (store, LIFETIME);
  settle (store);
  g_assert_true (portal_transitions_get_next_expiry (store, &next, NULL));
  g_assert_cmpint (next, ==, G_MAXINT64);

  portal_sample_close (store);
}

static void
test_approve (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageConnection) row = NULL;

  portal_sample_add_row (store, "a", 0);
  assert_refused (store, "a-c0", TRUE, PORTAL_ERROR_NOT_PENDING);
  portal_sample_send (store, "a-c0");
  PORTAL_SAMPLE_RUN (store, portal_transitions_approve (store, "a-c0", &error));

  row = load (store, "a-c0");
  g_assert_cmpint (row->status, ==, LINKAGE_STATUS_APPROVED);
  g_assert_cmpint (linkage_connection_get_latest_attempt (row)->responded_at, >, 0);
  assert_refused (store, "a-c0", TRUE, PORTAL_ERROR_NOT_PENDING);
  assert_refused (store, "a-c0", FALSE, PORTAL_ERROR_NOT_PENDING);
  assert_refused (store, "a-c9", TRUE, PORTAL_ERROR_NOT_FOUND);

  /* What is answered does not expire. */
  portal_sample_advance_clock (store, LIFETIME);
  settle (store);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT status = 'approved' FROM connections"), ==, 1);

  portal_sample_close (store);
}

static void
test_reject (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageConnection) with_comment = NULL;
  g_autoptr (LinkageConnection) without = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = portal_sample_get_row_id ("a", i);

      portal_sample_add_row (store, "a", i);
      portal_sample_send (store, id);
    }
  PORTAL_SAMPLE_RUN (store, portal_transitions_reject (store, "a-c0", "Not now", &error));
  PORTAL_SAMPLE_RUN (store, portal_transitions_reject (store, "a-c1", NULL, &error));

  with_comment = load (store, "a-c0");
  g_assert_cmpint (with_comment->status, ==, LINKAGE_STATUS_REJECTED);
  g_assert_true (with_comment->was_rejected);
  g_assert_cmpint (with_comment->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpstr (linkage_connection_get_latest_attempt (with_comment)->comment, ==, "Not now");
  without = load (store, "a-c1");
  g_assert_null (linkage_connection_get_latest_attempt (without)->comment);

  portal_sample_close (store);
}

/* Nobody has written the expiry down yet, and still an answer comes too late. */
static void
test_late_answer (void)
{
  PortalStore *store = portal_sample_open (":memory:");

  portal_sample_add_row (store, "a", 0);
  portal_sample_send (store, "a-c0");
  portal_sample_advance_clock (store, LIFETIME);
  assert_refused (store, "a-c0", TRUE, PORTAL_ERROR_NOT_PENDING);
  assert_refused (store, "a-c0", FALSE, PORTAL_ERROR_NOT_PENDING);

  portal_sample_close (store);
}

static void
test_three_requests (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageConnection) row = NULL;

  portal_sample_add_row (store, "a", 0);
  for (guint i = 1; i <= 3; i++)
    {
      portal_sample_send (store, "a-c0");
      portal_sample_advance_clock (store, LIFETIME);
      settle (store);
    }

  row = load (store, "a-c0");
  g_assert_cmpuint (row->requests_used, ==, 3);
  g_assert_cmpuint (row->attempts->len, ==, 3);
  g_assert_cmpint (row->actions, ==, LINKAGE_ACTIONS_NONE);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (((LinkageAttempt *)g_ptr_array_index (row->attempts, i))->number, ==, i + 1);

  portal_sample_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/transitions/send", test_send);
  g_test_add_func ("/portal/transitions/expiry", test_expiry);
  g_test_add_func ("/portal/transitions/expiry-is-written-once", test_expiry_is_written_once);
  g_test_add_func ("/portal/transitions/expiries-come-together", test_expiries_come_together);
  g_test_add_func ("/portal/transitions/next-expiry", test_next_expiry);
  g_test_add_func ("/portal/transitions/approve", test_approve);
  g_test_add_func ("/portal/transitions/reject", test_reject);
  g_test_add_func ("/portal/transitions/late-answer", test_late_answer);
  g_test_add_func ("/portal/transitions/three-requests", test_three_requests);

  return g_test_run ();
}
