/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent when: the outbox's order and the back-off, without a portal. */

#include "linkage-backoff.h"
#include "linkage-outbox.h"

#define NOW 1000000
#define DAY (24 * 60 * 60)

static GPtrArray *
new_outbox (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);
}

static LinkageOperation *
add (GPtrArray *outbox, const char *key, const char *customer_id, LinkageOperationState state, gint64 not_before)
{
  LinkageOperation *operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, customer_id, customer_id);

  g_free (operation->key);
  operation->key = g_strdup (key);
  operation->state = state;
  operation->not_before = not_before;
  operation->created_at = NOW;
  g_ptr_array_add (outbox, operation);

  return operation;
}

static void
assert_picks (GPtrArray *outbox, GHashTable *handled, const char *key)
{
  LinkageOperation *next = linkage_outbox_pick (outbox, NOW, handled);

  g_assert_cmpstr (next != NULL ? next->key : NULL, ==, key);
  if (next != NULL)
    g_hash_table_add (handled, next->key);
}

static void
test_order (void)
{
  g_autoptr (GPtrArray) outbox = new_outbox ();
  g_autoptr (GHashTable) handled = g_hash_table_new (g_str_hash, g_str_equal);

  add (outbox, "a1", "a", LINKAGE_OPERATION_WAITING, NOW);
  add (outbox, "b1", "b", LINKAGE_OPERATION_WAITING, NOW + 5);
  add (outbox, "b2", "b", LINKAGE_OPERATION_WAITING, NOW);
  add (outbox, "c1", "c", LINKAGE_OPERATION_REFUSED, NOW);
  add (outbox, "c2", "c", LINKAGE_OPERATION_SENDING, NOW - 100);
  add (outbox, "d1", "d", LINKAGE_OPERATION_VERIFICATION_NEEDED, NOW);
  add (outbox, "d2", "d", LINKAGE_OPERATION_WAITING, NOW);

  assert_picks (outbox, handled, "a1");
  assert_picks (outbox, handled, "c2");
  assert_picks (outbox, handled, NULL);
  g_assert_cmpint (linkage_outbox_get_next_due (outbox, NOW), ==, NOW + 5);
  g_assert_cmpint (linkage_outbox_get_next_due (outbox, NOW + 5), ==, 0);
}

/* Of an account that is no more nothing waits any longer, for whatever reason. */
static void
test_account_gone (void)
{
  g_autoptr (GPtrArray) outbox = new_outbox ();
  g_autoptr (GHashTable) handled = g_hash_table_new (g_str_hash, g_str_equal);

  add (outbox, "a1", "a", LINKAGE_OPERATION_REFUSED, NOW);
  g_assert_false (linkage_outbox_is_open (outbox));
  add (outbox, "b1", "b", LINKAGE_OPERATION_WAITING, NOW + 5);
  add (outbox, "c1", "c", LINKAGE_OPERATION_VERIFICATION_NEEDED, NOW);
  g_assert_true (linkage_outbox_is_open (outbox));

  g_assert_cmpstr (linkage_outbox_pick_unanswered (outbox, handled)->key, ==, "b1");
  g_hash_table_add (handled, (char *)"b1");
  g_assert_cmpstr (linkage_outbox_pick_unanswered (outbox, handled)->key, ==, "c1");
  g_hash_table_add (handled, (char *)"c1");
  g_assert_null (linkage_outbox_pick_unanswered (outbox, handled));
}

static void
test_replay (void)
{
  g_autoptr (GPtrArray) outbox = new_outbox ();
  LinkageOperation *operation = add (outbox, "a", "a", LINKAGE_OPERATION_WAITING, NOW);

  g_assert_false (linkage_outbox_has_unanswered (outbox));
  g_assert_true (linkage_outbox_may_send (operation, NOW + 90 * DAY, "epoch"));

  operation->tries = 1;
  operation->epoch = g_strdup ("epoch");
  g_assert_true (linkage_outbox_has_unanswered (outbox));
  g_assert_true (linkage_outbox_may_send (operation, NOW + 50 * DAY, "epoch"));
  g_assert_false (linkage_outbox_may_send (operation, NOW + 50 * DAY + 1, "epoch"));
  g_assert_false (linkage_outbox_may_send (operation, NOW, "another"));
}

static void
test_shown (void)
{
  g_autoptr (GPtrArray) outbox = new_outbox ();
  LinkageOperation *operation = add (outbox, "a", "a", LINKAGE_OPERATION_SENDING, NOW);
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("a", "A");
  g_autoptr (LinkageConnection) connection = linkage_connection_new ("id", customer);
  LinkageAttempt *attempt = linkage_attempt_new ();

  connection->status = LINKAGE_STATUS_SUGGESTED;
  g_assert_false (linkage_outbox_is_shown_by (operation, connection));
  connection->status = LINKAGE_STATUS_APPROVED;
  g_assert_true (linkage_outbox_is_shown_by (operation, connection));

  connection->status = LINKAGE_STATUS_EXPIRED;
  attempt->requested_at = NOW - DAY;
  g_ptr_array_add (connection->attempts, attempt);
  g_assert_false (linkage_outbox_is_shown_by (operation, connection));
  attempt->requested_at = NOW;
  g_assert_true (linkage_outbox_is_shown_by (operation, connection));
}

static void
test_backoff (void)
{
  LinkageBackoff backoff = { 0 };
  guint longest = LINKAGE_BACKOFF_FIRST;

  for (guint i = 0; i < 20; i++)
    {
      guint delay = linkage_backoff_fail (&backoff, 0, 0);

      g_assert_cmpuint (delay, <=, longest);
      g_assert_cmpuint (delay, >=, longest / 2);
      g_assert_cmpuint (linkage_backoff_get_obedience (&backoff, 0), ==, 0);
      longest = MIN (longest * 2, LINKAGE_BACKOFF_LONGEST);
    }

  linkage_backoff_succeed (&backoff);
  g_assert_cmpuint (linkage_backoff_fail (&backoff, 0, 0), <=, LINKAGE_BACKOFF_FIRST);
}

static void
test_retry_after (void)
{
  LinkageBackoff backoff = { 0 };
  gint64 now = 5 * G_USEC_PER_SEC;

  g_assert_cmpuint (linkage_backoff_fail (&backoff, 7, now), ==, 7000);
  g_assert_cmpuint (linkage_backoff_get_obedience (&backoff, now), ==, 7000);
  g_assert_cmpuint (linkage_backoff_get_obedience (&backoff, now + 7 * G_USEC_PER_SEC - 1), ==, 1);
  g_assert_cmpuint (linkage_backoff_get_obedience (&backoff, now + 7 * G_USEC_PER_SEC), ==, 0);
  linkage_backoff_succeed (&backoff);
  g_assert_cmpuint (linkage_backoff_get_obedience (&backoff, now), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/queue/order", test_order);
  g_test_add_func ("/sync/queue/account-gone", test_account_gone);
  g_test_add_func ("/sync/queue/replay", test_replay);
  g_test_add_func ("/sync/queue/shown", test_shown);
  g_test_add_func ("/sync/queue/backoff", test_backoff);
  g_test_add_func ("/sync/queue/retry-after", test_retry_after);

  return g_test_run ();
}
