/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-by-hand.h"
#include "linkage-row-history.h"
#include "linkage-rules.h"

#define SEEN_AT G_GINT64_CONSTANT (1795521600)
#define LATER (SEEN_AT + 3600)

/* A row that was brought with one request that expired. */
static LinkageConnection *
make_row (LinkageStatus status)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  LinkageConnection *row = linkage_connection_new ("c1", customer);
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = 1;
  attempt->requested_at = SEEN_AT - 2 * LINKAGE_RULES_REQUEST_LIFETIME;
  attempt->expires_at = SEEN_AT - LINKAGE_RULES_REQUEST_LIFETIME;
  attempt->outcome = status;
  g_ptr_array_add (row->attempts, attempt);
  row->status = status;
  row->requests_used = 1;
  row->requests_used_is_minimum = TRUE;
  row->seen_at = SEEN_AT;

  return row;
}

static void
test_mark_sent (void)
{
  g_autoptr (LinkageConnection) expired = make_row (LINKAGE_STATUS_EXPIRED);
  g_autoptr (LinkageConnection) second = linkage_by_hand_mark_sent (expired, "buyer@contoso.example", LATER);
  g_autoptr (LinkageConnection) third = linkage_by_hand_mark_sent (second, NULL, LATER + 1);
  g_autoptr (LinkageConnection) fourth = linkage_by_hand_mark_sent (third, NULL, LATER + 2);

  g_assert_cmpint (second->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (second->origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpuint (second->requests_used, ==, 2);
  g_assert_true (second->requests_used_is_minimum);
  g_assert_cmpuint (second->attempts->len, ==, 2);
  g_assert_cmpint (second->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (linkage_connection_get_latest_attempt (second)->requested_at, ==, LATER);
  g_assert_cmpint (((LinkageAttempt *)g_ptr_array_index (second->attempts, 0))->outcome, ==, LINKAGE_STATUS_EXPIRED);

  /* Three are all there can be. */
  g_assert_cmpuint (third->requests_used, ==, 3);
  g_assert_false (third->requests_used_is_minimum);
  g_assert_cmpint (third->origin, ==, LINKAGE_ORIGIN_SUGGESTION);
  g_assert_cmpuint (fourth->requests_used, ==, 3);
  g_assert_cmpuint (fourth->attempts->len, ==, 3);

  g_assert_cmpuint (expired->attempts->len, ==, 1);
}

static void
test_requests_used (void)
{
  g_autoptr (LinkageConnection) expired = make_row (LINKAGE_STATUS_EXPIRED);
  g_autoptr (LinkageConnection) two = linkage_by_hand_set_requests_used (expired, 2, FALSE);
  g_autoptr (LinkageConnection) three = linkage_by_hand_set_requests_used (expired, 7, TRUE);

  g_assert_cmpuint (two->requests_used, ==, 2);
  g_assert_false (two->requests_used_is_minimum);
  g_assert_cmpint (two->actions, ==, LINKAGE_ACTIONS_RESEND);
  g_assert_cmpuint (three->requests_used, ==, 3);
  g_assert_false (three->requests_used_is_minimum);
  g_assert_cmpint (three->actions, ==, LINKAGE_ACTIONS_NONE);
}

static void
test_contact_and_entries (void)
{
  g_autoptr (LinkageConnection) pending = make_row (LINKAGE_STATUS_PENDING);
  g_autoptr (LinkageConnection) contact = linkage_by_hand_set_contact (pending, "buyer@contoso.example");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_customer_entry_unref);
  g_autoptr (LinkageConnection) listed = NULL;

  g_assert_cmpstr (linkage_connection_get_latest_attempt (contact)->contact_email, ==, "buyer@contoso.example");
  g_assert_null (linkage_connection_get_latest_attempt (pending)->contact_email);
  g_assert_cmpint (contact->origin, ==, LINKAGE_ORIGIN_SEARCH);

  g_ptr_array_add (entries, linkage_customer_entry_new ("Contoso France", "FR-1", "FR", TRUE));
  listed = linkage_by_hand_set_entries (contact, entries);
  g_assert_cmpuint (listed->customer->entries->len, ==, 1);
  g_assert_cmpuint (contact->customer->entries->len, ==, 0);
  g_assert_cmpstr (listed->customer->id, ==, "c1");
}

static void
test_replay (void)
{
  g_autoptr (LinkageConnection) expired = make_row (LINKAGE_STATUS_EXPIRED);
  g_autoptr (LinkageRowChange) sent = linkage_row_change_new (LINKAGE_ROW_CHANGE_SENT, LATER, 0, NULL, "a@b.example");
  g_autoptr (LinkageRowChange) used = linkage_row_change_new (LINKAGE_ROW_CHANGE_REQUESTS_USED, LATER, 0, "1+", "2+");
  g_autoptr (LinkageRowChange) seen = linkage_row_change_new (LINKAGE_ROW_CHANGE_STATUS, LATER, 2, "a", "b");
  g_autoptr (LinkageConnection) after_sent = linkage_by_hand_replay (expired, sent);
  g_autoptr (LinkageConnection) after_used = linkage_by_hand_replay (expired, used);

  g_assert_cmpint (after_sent->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (linkage_connection_get_latest_attempt (after_sent)->requested_at, ==, LATER);
  g_assert_cmpuint (after_used->requests_used, ==, 2);
  g_assert_true (after_used->requests_used_is_minimum);
  g_assert_null (linkage_by_hand_replay (expired, seen));
}

static void
test_history (void)
{
  g_autoptr (LinkageConnection) pending = make_row (LINKAGE_STATUS_PENDING);
  g_autoptr (LinkageConnection) approved = make_row (LINKAGE_STATUS_APPROVED);
  g_autoptr (GPtrArray) none = linkage_row_history_compare (pending, pending, LATER, 2);
  g_autoptr (GPtrArray) changes = NULL;
  const LinkageRowChange *change = NULL;

  approved->is_missing = TRUE;
  changes = linkage_row_history_compare (pending, approved, LATER, 2);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (changes->len, ==, 2);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpint (change->kind, ==, LINKAGE_ROW_CHANGE_STATUS);
  g_assert_cmpstr (change->former, ==, "pending");
  g_assert_cmpstr (change->present, ==, "approved");
  g_assert_cmpint (change->at, ==, LATER);
  g_assert_cmpint (change->copy, ==, 2);
  g_assert_cmpint (((LinkageRowChange *)g_ptr_array_index (changes, 1))->kind, ==, LINKAGE_ROW_CHANGE_MISSING);

  for (guint kind = LINKAGE_ROW_CHANGE_STATUS; kind <= LINKAGE_ROW_CHANGE_ENTRIES; kind++)
    {
      LinkageRowChangeKind read;

      g_assert_true (linkage_row_change_kind_from_string (linkage_row_change_kind_to_string (kind), &read));
      g_assert_cmpuint (read, ==, kind);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/domain/by-hand/mark-sent", test_mark_sent);
  g_test_add_func ("/domain/by-hand/requests-used", test_requests_used);
  g_test_add_func ("/domain/by-hand/contact-and-entries", test_contact_and_entries);
  g_test_add_func ("/domain/by-hand/replay", test_replay);
  g_test_add_func ("/domain/by-hand/history", test_history);

  return g_test_run ();
}
