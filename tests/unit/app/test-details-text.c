/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-details-text.h"

#include <locale.h>

#include "linkage-row-history.h"

#define DAY G_GINT64_CONSTANT (86400)
#define SENT G_GINT64_CONSTANT (1769851800) /* 2026-01-31T09:30:00Z */
#define DUE (SENT + 30 * DAY)

static LinkageConnection *
create_connection (LinkageStatus status, guint used, gboolean is_copy)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  LinkageConnection *connection = linkage_connection_new ("r1", customer);

  customer->accepts_requests = TRUE;
  connection->status = status;
  connection->requests_used = used;
  connection->seen_at = is_copy ? SENT + DAY : 0;
  for (guint i = 1; i <= used; i++)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = i;
      attempt->requested_at = SENT;
      attempt->expires_at = DUE;
      attempt->outcome = status;
      g_ptr_array_add (connection->attempts, attempt);
    }

  return connection;
}

static void
assert_text (char *owned_text, const char *expected)
{
  g_autofree char *text = owned_text;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_next_step (void)
{
  g_autoptr (LinkageConnection) pending = create_connection (LINKAGE_STATUS_PENDING, 1, TRUE);
  g_autoptr (LinkageConnection) expired = create_connection (LINKAGE_STATUS_EXPIRED, 2, TRUE);
  g_autoptr (LinkageConnection) suggested = create_connection (LINKAGE_STATUS_SUGGESTED, 0, TRUE);
  g_autoptr (LinkageConnection) rejected = create_connection (LINKAGE_STATUS_REJECTED, 1, FALSE);
  g_autoptr (LinkageConnection) unknown = create_connection (LINKAGE_STATUS_UNKNOWN, 1, FALSE);

  assert_text (linkage_details_text_get_next_step (pending, SENT, TRUE, NULL),
               "Wait for the customer’s answer. To remind them, write to your contact there.");
  assert_text (linkage_details_text_get_next_step (pending, DUE + 3 * DAY, TRUE, NULL),
               "No answer was seen within 30 days. Bring a new copy of the table to see what became of it.");

  expired->actions = LINKAGE_ACTIONS_RESEND;
  assert_text (linkage_details_text_get_next_step (expired, DUE, TRUE, NULL),
               "Check the contact, then send the request again. 1 request is left.");
  expired->requests_used_is_minimum = TRUE;
  assert_text (linkage_details_text_get_next_step (expired, DUE, TRUE, NULL),
               "Check the contact, then send the request again. At most 1 request is left.");

  suggested->actions = LINKAGE_ACTIONS_CONNECT;
  assert_text (linkage_details_text_get_next_step (suggested, SENT, TRUE, NULL),
               "Ask this customer for a connection. You send the request on Coupa.");
  assert_text (linkage_details_text_get_next_step (suggested, SENT, FALSE, NULL),
               "Ask this customer for a connection. It takes one press.");

  assert_text (linkage_details_text_get_next_step (rejected, SENT, FALSE, NULL),
               "Contoso rejected the request and left no comment. Ask your contact for the reason.");
  assert_text (linkage_details_text_get_next_step (unknown, SENT, FALSE, NULL), NULL);
}

static void
test_attempts (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (LinkageConnection) copy = create_connection (LINKAGE_STATUS_PENDING, 2, TRUE);
  LinkageAttempt *former = g_ptr_array_index (copy->attempts, 0);
  LinkageAttempt *latest = g_ptr_array_index (copy->attempts, 1);

  assert_text (linkage_details_text_get_used (copy), "2 of 3 requests used");
  assert_text (linkage_details_text_get_attempt (copy, latest), "Request 2 of 3");
  assert_text (linkage_details_text_get_outcome (copy, former, SENT, utc), "No answer seen");
  assert_text (linkage_details_text_get_outcome (copy, latest, SENT, utc), "No answer yet, expires on 03/02/26");
  assert_text (linkage_details_text_get_outcome (copy, latest, DUE, utc), "No answer seen until 03/02/26");
  assert_text (linkage_details_text_get_seen (copy, SENT, utc), "As in the copy of 1 Feb");

  copy->requests_used_is_minimum = TRUE;
  assert_text (linkage_details_text_get_used (copy), "At least 2 of 3 requests used");
  assert_text (linkage_details_text_get_attempt (copy, latest), "Request");

  copy->seen_at = 0;
  assert_text (linkage_details_text_get_outcome (copy, latest, DUE, utc), "Waiting for the portal");
  assert_text (linkage_details_text_get_seen (copy, SENT, utc), NULL);

  assert_text (linkage_details_text_get_sent (latest, utc), "Sent on 01/31/26");
  latest->contact_email = g_strdup ("anna@contoso.example");
  assert_text (linkage_details_text_get_sent (latest, utc), "Sent on 01/31/26 to anna@contoso.example");
  latest->requested_at = latest->expires_at = 0;
  assert_text (linkage_details_text_get_sent (latest, utc), "Sent to anna@contoso.example, the date is not known");
  assert_text (linkage_details_text_get_outcome (copy, latest, DUE, utc), "No answer yet");

  latest->outcome = LINKAGE_STATUS_APPROVED;
  assert_text (linkage_details_text_get_outcome (copy, latest, DUE, utc), "Approved");
  latest->responded_at = SENT + DAY;
  assert_text (linkage_details_text_get_outcome (copy, latest, DUE, utc), "Approved on 02/01/26");
}

static void
test_changes (void)
{
  static const struct
  {
    LinkageRowChangeKind kind;
    const char *former;
    const char *present;
    const char *text;
  } cases[] = {
    { LINKAGE_ROW_CHANGE_STATUS, "pending", "approved", "Status: Pending → Approved" },
    { LINKAGE_ROW_CHANGE_REQUESTED_AT, NULL, "2026-01-31T09:30:00Z", "Date: 01/31/26" },
    { LINKAGE_ROW_CHANGE_CONTACT, "a@b.example", NULL, "Email: removed" },
    { LINKAGE_ROW_CHANGE_REQUESTS_USED, "1+", "2", "Requests used: at least 1 → 2" },
    { LINKAGE_ROW_CHANGE_ENTRIES, "0", "3", "Customer list: 3 entries" },
    { LINKAGE_ROW_CHANGE_ENTRIES, "3", "0", "Customer list: removed" },
    { LINKAGE_ROW_CHANGE_MISSING, NULL, "missing", "Missing from a copy of the whole table" },
    { LINKAGE_ROW_CHANGE_MISSING, "missing", NULL, "In the table again" },
    { LINKAGE_ROW_CHANGE_SENT, NULL, NULL, "Request sent" },
    { LINKAGE_ROW_CHANGE_SENT, NULL, "a@b.example", "Request sent to a@b.example" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LinkageRowChange) change =
        linkage_row_change_new (cases[i].kind, SENT, i % 2, cases[i].former, cases[i].present);

      assert_text (linkage_details_text_get_change (change, utc), cases[i].text);
      assert_text (linkage_details_text_get_change_source (change, SENT, utc),
                   i % 2 == 0 ? "By hand on 31 Jan" : "Copy of 31 Jan");
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/details-text/next-step", test_next_step);
  g_test_add_func ("/details-text/attempts", test_attempts);
  g_test_add_func ("/details-text/changes", test_changes);

  return g_test_run ();
}
