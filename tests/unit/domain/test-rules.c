/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-rules.h"

#define DAY G_GINT64_CONSTANT (86400)
#define SENT G_GINT64_CONSTANT (1769851800) /* 2026-01-31T09:30:00Z */
#define DUE (SENT + 30 * DAY)

typedef struct
{
  const char *rule;
  LinkageRuleState state;
  gint64 now;
  LinkageRefusal connect;
  LinkageRefusal resend;
  LinkageRefusal request;
} CheckCase;

#define ANY_ROW(row_status, used, takes)                                                                               \
  .exists = TRUE, .status = LINKAGE_STATUS_##row_status, .requests_used = (used), .accepts_requests = (takes),         \
  .requested_at = (used) > 0 ? SENT : 0
#define ROW(row_status, used) ANY_ROW (row_status, used, TRUE)
#define CLOSED_ROW(row_status, used) ANY_ROW (row_status, used, FALSE) /* the customer takes no requests */
#define ALL(refusal) LINKAGE_REFUSAL_##refusal, LINKAGE_REFUSAL_##refusal, LINKAGE_REFUSAL_##refusal

static const CheckCase checks[] = {
  /* A suggestion takes one press, and nothing else. */
  { "a suggestion is connected with",
    { ROW (SUGGESTED, 0) },
    SENT,
    LINKAGE_REFUSAL_NONE,
    LINKAGE_REFUSAL_NOT_EXPIRED,
    LINKAGE_REFUSAL_ALREADY_LISTED },
  { "a suggested customer that takes no requests gets none",
    { CLOSED_ROW (SUGGESTED, 0) },
    SENT,
    ALL (TAKES_NO_REQUESTS) },
  { "a suggestion with a remembered rejection is not connected with",
    { ROW (SUGGESTED, 1), .was_rejected = TRUE },
    SENT,
    ALL (REJECTED) },

  /* A customer that only a search finds. */
  { "a customer without a row is requested",
    { .accepts_requests = TRUE },
    SENT,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NOT_EXPIRED,
    LINKAGE_REFUSAL_NONE },
  { "a customer that takes no requests is not requested",
    { .accepts_requests = FALSE },
    SENT,
    ALL (TAKES_NO_REQUESTS) },
  { "what a merge removed with requests left is requested",
    { .accepts_requests = TRUE, .requests_used = 2 },
    SENT,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NOT_EXPIRED,
    LINKAGE_REFUSAL_NONE },
  { "merging is no way round three requests",
    { .accepts_requests = TRUE, .requests_used = 3 },
    SENT,
    ALL (NO_REQUESTS_LEFT) },
  { "merging is no way round a rejection",
    { .accepts_requests = TRUE, .requests_used = 1, .was_rejected = TRUE },
    SENT,
    ALL (REJECTED) },

  /* Pending, until 30 × 24 hours are over. */
  { "a pending request is not sent again", { ROW (PENDING, 1) }, SENT, ALL (ALREADY_PENDING) },
  { "a request is pending to its last second", { ROW (PENDING, 1) }, DUE - 1, ALL (ALREADY_PENDING) },
  { "a pending request whose expiry is due counts as expired",
    { ROW (PENDING, 1) },
    DUE,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NONE,
    LINKAGE_REFUSAL_ALREADY_LISTED },
  { "the third counts as expired, too, and is the last", { ROW (PENDING, 3) }, DUE, ALL (NO_REQUESTS_LEFT) },
  { "a pending request stands in spite of a remembered rejection",
    { ROW (PENDING, 1), .was_rejected = TRUE },
    SENT,
    ALL (ALREADY_PENDING) },
  { "a remembered rejection forbids sending again after a due expiry",
    { ROW (PENDING, 1), .was_rejected = TRUE },
    DUE,
    ALL (REJECTED) },
  { "a pending request whose customer switched requests off stays pending",
    { CLOSED_ROW (PENDING, 1) },
    SENT,
    ALL (ALREADY_PENDING) },

  /* Approved. */
  { "an approved customer needs no request", { ROW (APPROVED, 1) }, SENT, ALL (ALREADY_CONNECTED) },
  { "an approval does not expire", { ROW (APPROVED, 1) }, DUE + 1000 * DAY, ALL (ALREADY_CONNECTED) },
  { "an approval stands in spite of all else",
    { CLOSED_ROW (APPROVED, 3), .was_rejected = TRUE },
    SENT,
    ALL (ALREADY_CONNECTED) },

  /* Expired: three in all, the first counted. */
  { "the first expired request is sent again",
    { ROW (EXPIRED, 1) },
    DUE,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NONE,
    LINKAGE_REFUSAL_ALREADY_LISTED },
  { "the second expired request is sent again",
    { ROW (EXPIRED, 2) },
    DUE,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NONE,
    LINKAGE_REFUSAL_ALREADY_LISTED },
  { "the third expired request is the last", { ROW (EXPIRED, 3) }, DUE, ALL (NO_REQUESTS_LEFT) },
  { "more than three after a merge leave none", { ROW (EXPIRED, 4) }, DUE, ALL (NO_REQUESTS_LEFT) },
  { "an expired request is not sent to a customer that takes none",
    { CLOSED_ROW (EXPIRED, 1) },
    DUE,
    ALL (TAKES_NO_REQUESTS) },
  { "an expired request with a remembered rejection is not sent again",
    { ROW (EXPIRED, 1), .was_rejected = TRUE },
    DUE,
    ALL (REJECTED) },

  /* Rejected. */
  { "after a rejection there is no further request",
    { ROW (REJECTED, 1), .was_rejected = TRUE },
    SENT,
    ALL (REJECTED) },
  { "the status alone says that it was rejected", { ROW (REJECTED, 1) }, DUE, ALL (REJECTED) },
  { "a rejection comes before requests used up", { ROW (REJECTED, 3) }, DUE, ALL (REJECTED) },

  /* A portal may have more. */
  { "an unknown status allows nothing",
    { ROW (UNKNOWN, 1) },
    DUE,
    LINKAGE_REFUSAL_NOT_SUGGESTED,
    LINKAGE_REFUSAL_NOT_EXPIRED,
    LINKAGE_REFUSAL_ALREADY_LISTED },
};

static void
test_check (gconstpointer data)
{
  const CheckCase *check = data;
  LinkageActions allowed = LINKAGE_ACTIONS_NONE;
  LinkageRefusal refusal = LINKAGE_REFUSAL_NONE;

  g_assert_cmpint (linkage_rules_check (&check->state, LINKAGE_ACTIONS_CONNECT, check->now), ==, check->connect);
  g_assert_cmpint (linkage_rules_check (&check->state, LINKAGE_ACTIONS_RESEND, check->now), ==, check->resend);
  g_assert_cmpint (linkage_rules_check (&check->state, LINKAGE_ACTIONS_REQUEST, check->now), ==, check->request);

  allowed |= check->connect == LINKAGE_REFUSAL_NONE ? LINKAGE_ACTIONS_CONNECT : 0;
  allowed |= check->resend == LINKAGE_REFUSAL_NONE ? LINKAGE_ACTIONS_RESEND : 0;
  allowed |= check->request == LINKAGE_REFUSAL_NONE ? LINKAGE_ACTIONS_REQUEST : 0;
  g_assert_cmpint (linkage_rules_get_actions (&check->state, check->now), ==, allowed);

  /* Where all three say the same, that is what explains the row. */
  if (check->connect == check->resend && check->resend == check->request)
    refusal = check->connect;
  g_assert_cmpint (linkage_rules_get_refusal (&check->state, check->now), ==, refusal);
}

static void
test_expiry (void)
{
  LinkageRuleState state = { ROW (PENDING, 1) };

  g_assert_cmpint (linkage_rules_get_expiry (SENT), ==, DUE);
  g_assert_false (linkage_rules_is_expiry_due (&state, DUE - 1));
  g_assert_true (linkage_rules_is_expiry_due (&state, DUE));
  g_assert_true (linkage_rules_is_expiry_due (&state, DUE + 1));

  for (LinkageStatus status = LINKAGE_STATUS_UNKNOWN; status <= LINKAGE_STATUS_REJECTED; status++)
    {
      state.status = status;
      g_assert_cmpint (linkage_rules_is_expiry_due (&state, DUE), ==, status == LINKAGE_STATUS_PENDING);
    }
}

static void
test_expiry_needs_a_date (void)
{
  LinkageRuleState state = { ROW (PENDING, 1) };

  state.requested_at = 0;
  g_assert_false (linkage_rules_is_expiry_due (&state, DUE));
}

typedef struct
{
  gint64 seconds_left;
  guint days;
} DaysCase;

static void
test_days_are_rounded_up (void)
{
  static const DaysCase cases[] = {
    { 30 * DAY, 30 },
    { 30 * DAY - 1, 30 },
    { 29 * DAY + 1, 30 },
    { 29 * DAY, 29 },
    { DAY + 1, 2 },
    { DAY, 1 },
    { DAY - 1, 1 },
    { 1, 1 },
    { 0, 0 },
    { -1, 0 },
    { -DAY, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (linkage_rules_get_days_left (DUE, DUE - cases[i].seconds_left), ==, cases[i].days);

  g_assert_cmpuint (linkage_rules_get_days_left (G_MAXINT64, G_MININT64), ==, G_MAXUINT);
  g_assert_cmpuint (linkage_rules_get_days_left (G_MININT64, G_MAXINT64), ==, 0);
}

static void
test_three_requests (void)
{
  static const guint left[] = { 3, 2, 1, 0, 0 };
  LinkageRuleState state = { ROW (EXPIRED, 1) };

  for (guint used = 0; used < G_N_ELEMENTS (left); used++)
    {
      state.requests_used = used;
      g_assert_cmpuint (linkage_rules_get_requests_left (&state), ==, left[used]);
    }
}

static void
test_five_searches (void)
{
  const guint limit = LINKAGE_RULES_SEARCHES_PER_ACCOUNT;

  for (guint used = 0; used < 5; used++)
    {
      g_assert_cmpuint (linkage_rules_get_searches_left (used, limit), ==, 5 - used);
      g_assert_cmpint (linkage_rules_check_search (used, limit), ==, LINKAGE_REFUSAL_NONE);
    }
  g_assert_cmpuint (linkage_rules_get_searches_left (5, limit), ==, 0);
  g_assert_cmpuint (linkage_rules_get_searches_left (6, limit), ==, 0);
  g_assert_cmpint (linkage_rules_check_search (5, limit), ==, LINKAGE_REFUSAL_NO_SEARCHES_LEFT);
  g_assert_cmpint (linkage_rules_check_search (6, limit), ==, LINKAGE_REFUSAL_NO_SEARCHES_LEFT);
}

static void
test_admins_only (void)
{
  g_assert_cmpint (linkage_rules_check_role (TRUE), ==, LINKAGE_REFUSAL_NONE);
  g_assert_cmpint (linkage_rules_check_role (FALSE), ==, LINKAGE_REFUSAL_ROLE_REQUIRED);
}

typedef struct
{
  const char *rule;
  LinkageRuleState state;
  LinkageActions action;
  LinkageNeeds needs;
} NeedsCase;

#define FORM (LINKAGE_NEEDS_CONTACT | LINKAGE_NEEDS_VERIFICATION | LINKAGE_NEEDS_CONFIRMATION)

static const NeedsCase needs[] = {
  { "a suggestion needs one press", { ROW (SUGGESTED, 0) }, LINKAGE_ACTIONS_CONNECT, LINKAGE_NEEDS_NOTHING },
  { "a request from a search needs contact, verification and confirmation",
    { .accepts_requests = TRUE },
    LINKAGE_ACTIONS_REQUEST,
    FORM },
  { "a third request from a search asks first, after a merge",
    { .accepts_requests = TRUE, .requests_used = 2 },
    LINKAGE_ACTIONS_REQUEST,
    FORM | LINKAGE_NEEDS_QUESTION },
  { "sending again what came from a suggestion needs one press",
    { ROW (EXPIRED, 1), .origin = LINKAGE_ORIGIN_SUGGESTION },
    LINKAGE_ACTIONS_RESEND,
    LINKAGE_NEEDS_NOTHING },
  { "the third always asks first",
    { ROW (EXPIRED, 2), .origin = LINKAGE_ORIGIN_SUGGESTION },
    LINKAGE_ACTIONS_RESEND,
    LINKAGE_NEEDS_QUESTION },
  { "sending again what came from a search needs all of the form",
    { ROW (EXPIRED, 1), .origin = LINKAGE_ORIGIN_SEARCH },
    LINKAGE_ACTIONS_RESEND,
    FORM },
  { "the third from a search asks first, too",
    { ROW (EXPIRED, 2), .origin = LINKAGE_ORIGIN_SEARCH },
    LINKAGE_ACTIONS_RESEND,
    FORM | LINKAGE_NEEDS_QUESTION },
  { "nothing needs nothing", { ROW (EXPIRED, 2) }, LINKAGE_ACTIONS_NONE, LINKAGE_NEEDS_NOTHING },
};

static void
test_needs (gconstpointer data)
{
  const NeedsCase *need = data;

  g_assert_cmpint (linkage_rules_get_needs (&need->state, need->action), ==, need->needs);
}

typedef struct
{
  LinkageRefusal refusal;
  LinkageAsk ask;
} AskCase;

static void
test_whom_to_ask (void)
{
  static const AskCase asks[] = {
    { LINKAGE_REFUSAL_NONE, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_NOT_SUGGESTED, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_ALREADY_LISTED, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_ALREADY_PENDING, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_ALREADY_CONNECTED, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_NOT_EXPIRED, LINKAGE_ASK_NOBODY },
    { LINKAGE_REFUSAL_REJECTED, LINKAGE_ASK_CUSTOMER },
    { LINKAGE_REFUSAL_NO_REQUESTS_LEFT, LINKAGE_ASK_CUSTOMER },
    { LINKAGE_REFUSAL_TAKES_NO_REQUESTS, LINKAGE_ASK_CUSTOMER },
    { LINKAGE_REFUSAL_NO_SEARCHES_LEFT, LINKAGE_ASK_SUPPORT | LINKAGE_ASK_CUSTOMER },
    { LINKAGE_REFUSAL_ROLE_REQUIRED, LINKAGE_ASK_ADMIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    g_assert_cmpint (linkage_rules_get_ask (asks[i].refusal), ==, asks[i].ask);
}

static void
test_ten_seconds_to_undo (void)
{
  g_assert_cmpint (linkage_rules_get_not_before (1000), ==, 1010);
  g_assert_cmpint (linkage_rules_clamp_not_before (1010, 1000), ==, 1010);
  g_assert_cmpint (linkage_rules_clamp_not_before (1010, 1004), ==, 1010);
  g_assert_cmpint (linkage_rules_clamp_not_before (1010, 5000), ==, 1010);
  g_assert_cmpint (linkage_rules_clamp_not_before (1010, 999), ==, 1009);
  g_assert_cmpint (linkage_rules_clamp_not_before (1010, 10), ==, 20);
}

static void
test_state_from_connection (void)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  g_autoptr (LinkageConnection) connection = linkage_connection_new ("r1", customer);
  LinkageRuleState state;

  for (guint number = 1; number <= 2; number++)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = number;
      attempt->requested_at = SENT + number;
      g_ptr_array_add (connection->attempts, attempt);
    }
  customer->accepts_requests = FALSE;
  connection->status = LINKAGE_STATUS_PENDING;
  connection->origin = LINKAGE_ORIGIN_SEARCH;
  connection->requests_used = 3;
  connection->was_rejected = TRUE;

  linkage_rules_state_from_connection (&state, connection);
  g_assert_true (state.exists);
  g_assert_cmpint (state.status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (state.origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpuint (state.requests_used, ==, 3);
  g_assert_true (state.was_rejected);
  g_assert_false (state.accepts_requests);
  g_assert_cmpint (state.requested_at, ==, SENT + 2);
}

static void
test_state_without_a_connection (void)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, NULL);
  g_assert_false (state.exists);
  g_assert_false (state.was_rejected);
  g_assert_true (state.accepts_requests);
  g_assert_cmpuint (state.requests_used, ==, 0);
  g_assert_cmpint (linkage_rules_get_actions (&state, SENT), ==, LINKAGE_ACTIONS_REQUEST);
}

static void
add_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/check/%s", checks[i].rule);

      g_test_add_data_func (path, &checks[i], test_check);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/needs/%s", needs[i].rule);

      g_test_add_data_func (path, &needs[i], test_needs);
    }
}

static void
test_copy (void)
{
  LinkageRuleState copied = { ROW (PENDING, 1) };

  copied.is_copy = TRUE;
  g_assert_false (linkage_rules_is_unanswered (&copied, DUE - 1));
  g_assert_true (linkage_rules_is_unanswered (&copied, DUE));
  g_assert_false (linkage_rules_is_expiry_due (&copied, DUE));
  g_assert_cmpint (linkage_rules_get_actions (&copied, DUE), ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (linkage_rules_get_refusal (&copied, DUE), ==, LINKAGE_REFUSAL_ALREADY_PENDING);

  copied.status = LINKAGE_STATUS_EXPIRED;
  g_assert_false (linkage_rules_is_unanswered (&copied, DUE));
  g_assert_cmpint (linkage_rules_get_actions (&copied, SENT), ==, LINKAGE_ACTIONS_RESEND);

  copied.is_copy = FALSE;
  copied.status = LINKAGE_STATUS_PENDING;
  g_assert_false (linkage_rules_is_unanswered (&copied, DUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ();
  g_test_add_func ("/rules/an unanswered request expires after 30 × 24 hours", test_expiry);
  g_test_add_func ("/rules/without a date nothing expires", test_expiry_needs_a_date);
  g_test_add_func ("/rules/days left are rounded up", test_days_are_rounded_up);
  g_test_add_func ("/rules/three requests in all, the first counted", test_three_requests);
  g_test_add_func ("/rules/five searches per account", test_five_searches);
  g_test_add_func ("/rules/admins only", test_admins_only);
  g_test_add_func ("/rules/whom to ask", test_whom_to_ask);
  g_test_add_func ("/rules/ten seconds to undo, whatever the clock does", test_ten_seconds_to_undo);
  g_test_add_func ("/rules/state from a connection", test_state_from_connection);
  g_test_add_func ("/rules/state without a connection", test_state_without_a_connection);
  g_test_add_func ("/rules/copy", test_copy);

  return g_test_run ();
}
