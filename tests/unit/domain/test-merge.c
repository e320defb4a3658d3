/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-merge.h"
#include "linkage-rules.h"

#define DAY G_GINT64_CONSTANT (86400)
#define NOW G_GINT64_CONSTANT (1769851800) /* 2026-01-31T09:30:00Z */

/* A row of one account, or none. */
typedef struct
{
  const char *status; /* NULL: no row */
  guint used;
  gint64 requested_at; /* 0: a bare suggestion */
  gboolean was_rejected;
} Side;

static LinkageConnection *
make_row (const Side *side)
{
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autoptr (LinkageConnection) row = NULL;

  if (side->status == NULL)
    return NULL;

  customer = linkage_customer_new ("c1", "Contoso");
  row = linkage_connection_new ("r1", customer);
  row->status = linkage_status_from_string (side->status);
  row->requests_used = side->used;
  row->was_rejected = side->was_rejected;
  if (side->requested_at > 0)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = side->used;
      attempt->requested_at = side->requested_at;
      attempt->expires_at = linkage_rules_get_expiry (side->requested_at);
      g_ptr_array_add (row->attempts, attempt);
    }

  return g_steal_pointer (&row);
}

static LinkageMergeOutcome
merge (const Side *side_a, const Side *side_b)
{
  g_autoptr (LinkageConnection) a = make_row (side_a);
  g_autoptr (LinkageConnection) b = make_row (side_b);
  LinkageMergeOutcome outcome;

  linkage_merge_pair (a, b, NOW, &outcome);
  return outcome;
}

static const Side sides[] = {
  { NULL, 0, 0, FALSE },
  { "suggested", 0, 0, FALSE },
  { "pending", 1, NOW - 10 * DAY, FALSE },
  { "approved", 1, NOW - 40 * DAY, FALSE },
  { "expired", 1, NOW - 40 * DAY, FALSE },
  { "rejected", 1, NOW - 40 * DAY, TRUE },
};

/* Whose row survives, and what becomes of it: S stays, O comes over, C consolidated, R removed. Rows are A's status,
 * columns B's, both in the order of sides. A small b marks the survivor as B's. */
static const char *const table[G_N_ELEMENTS (sides)][G_N_ELEMENTS (sides)] = {
  /*               absent suggested pending approved expired rejected */
  /* absent    */ { "R", "Ob", "Ob", "Ob", "Rb", "Rb" },
  /* suggested */ { "S", "C", "Cb", "Cb", "Rb", "Rb" },
  /* pending   */ { "S", "C", "C", "Cb", "C", "C" },
  /* approved  */ { "S", "C", "C", "C", "C", "C" },
  /* expired   */ { "R", "R", "Cb", "Cb", "R", "Rb" },
  /* rejected  */ { "R", "R", "Cb", "Cb", "R", "R" },
};

static LinkageMergeFate
get_expected_fate (char letter)
{
  switch (letter)
    {
    case 'S':
      return LINKAGE_MERGE_STAYS;
    case 'O':
      return LINKAGE_MERGE_COMES_OVER;
    case 'C':
      return LINKAGE_MERGE_CONSOLIDATED;
    default:
      g_assert_cmpint (letter, ==, 'R');
      return LINKAGE_MERGE_REMOVED;
    }
}

static void
test_table (void)
{
  for (gsize a = 0; a < G_N_ELEMENTS (sides); a++)
    {
      for (gsize b = 0; b < G_N_ELEMENTS (sides); b++)
        {
          const char *expected = table[a][b];
          LinkageMergeOutcome outcome = merge (&sides[a], &sides[b]);

          g_test_message ("%s with %s", sides[a].status, sides[b].status);
          g_assert_cmpint (outcome.fate, ==, get_expected_fate (expected[0]));
          g_assert_cmpint (outcome.from_b, ==, expected[1] == 'b');
          g_assert_cmpuint (outcome.requests_used, ==, MAX (sides[a].used, sides[b].used));
          g_assert_cmpint (outcome.was_rejected, ==, sides[a].was_rejected || sides[b].was_rejected);
        }
    }
}

typedef struct
{
  const char *rule;
  Side a;
  Side b;
  LinkageMergeOutcome outcome;
} FineCase;

static const FineCase fine_cases[] = {
  { "of two pending the one that expires first: B's",
    { "pending", 1, NOW - 10 * DAY, FALSE },
    { "pending", 2, NOW - 11 * DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, TRUE, 2, FALSE } },
  { "of two pending the one that expires first: A's",
    { "pending", 1, NOW - 11 * DAY, FALSE },
    { "pending", 2, NOW - 10 * DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, FALSE, 2, FALSE } },
  { "of two pending that expire together A's",
    { "pending", 1, NOW - 10 * DAY, FALSE },
    { "pending", 1, NOW - 10 * DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, FALSE, 1, FALSE } },
  { "a pending one without a date expires last",
    { "pending", 1, 0, FALSE },
    { "pending", 1, NOW - DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, TRUE, 1, FALSE } },
  { "of two pending without a date A's",
    { "pending", 1, 0, FALSE },
    { "pending", 1, 0, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, FALSE, 1, FALSE } },
  { "due expiries first: one that is due does not win by expiring first",
    { "pending", 1, NOW - 30 * DAY, FALSE },
    { "pending", 1, NOW - DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, TRUE, 1, FALSE } },
  { "due expiries first: both due are removed",
    { "pending", 2, NOW - 30 * DAY, FALSE },
    { "pending", 3, NOW - 31 * DAY, FALSE },
    { LINKAGE_MERGE_REMOVED, FALSE, 3, FALSE } },
  { "due expiries first: a second earlier it is pending",
    { "pending", 1, NOW - 30 * DAY + 1, FALSE },
    { NULL, 0, 0, FALSE },
    { LINKAGE_MERGE_STAYS, FALSE, 1, FALSE } },
  { "due expiries first: one that is due loses to a rejected one",
    { "pending", 1, NOW - 30 * DAY, FALSE },
    { "rejected", 1, NOW - 40 * DAY, TRUE },
    { LINKAGE_MERGE_REMOVED, TRUE, 1, TRUE } },
  { "due expiries first: one that is due removes a suggestion",
    { "suggested", 0, 0, FALSE },
    { "pending", 1, NOW - 30 * DAY, FALSE },
    { LINKAGE_MERGE_REMOVED, TRUE, 1, FALSE } },
  { "of two approved A's, with the requests of B",
    { "approved", 1, NOW - 40 * DAY, FALSE },
    { "approved", 3, NOW - 50 * DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, FALSE, 3, FALSE } },
  { "requests used are remembered for a removed row",
    { "expired", 2, NOW - 40 * DAY, FALSE },
    { "suggested", 0, 0, FALSE },
    { LINKAGE_MERGE_REMOVED, FALSE, 2, FALSE } },
  { "a rejection that an earlier merge left is remembered on",
    { "pending", 1, NOW - DAY, FALSE },
    { "approved", 2, NOW - 40 * DAY, TRUE },
    { LINKAGE_MERGE_CONSOLIDATED, TRUE, 2, TRUE } },
  { "the status alone says that it was rejected",
    { "pending", 1, NOW - DAY, FALSE },
    { "rejected", 1, NOW - 40 * DAY, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, FALSE, 1, TRUE } },
  { "a status that is not known is kept, and gives way to any other",
    { "on-hold", 1, NOW - DAY, FALSE },
    { "suggested", 0, 0, FALSE },
    { LINKAGE_MERGE_CONSOLIDATED, TRUE, 1, FALSE } },
  { "a status that is not known is not removed",
    { "on-hold", 1, NOW - DAY, FALSE },
    { NULL, 0, 0, FALSE },
    { LINKAGE_MERGE_STAYS, FALSE, 1, FALSE } },
};

static void
test_fine_case (gconstpointer data)
{
  const FineCase *fine = data;
  LinkageMergeOutcome outcome = merge (&fine->a, &fine->b);

  g_assert_cmpint (outcome.fate, ==, fine->outcome.fate);
  g_assert_cmpint (outcome.from_b, ==, fine->outcome.from_b);
  g_assert_cmpuint (outcome.requests_used, ==, fine->outcome.requests_used);
  g_assert_cmpint (outcome.was_rejected, ==, fine->outcome.was_rejected);
}

/* What a merge remembers, the rules look at: neither limit is got round. */
static void
test_rules_after_a_removal (void)
{
  static const Side spent = { "expired", 3, NOW - 40 * DAY, FALSE };
  static const Side rejected = { "rejected", 1, NOW - 40 * DAY, TRUE };
  static const Side suggested = { "suggested", 0, 0, FALSE };
  LinkageMergeOutcome outcome = merge (&suggested, &spent);
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, NULL);
  state.requests_used = outcome.requests_used;
  state.was_rejected = outcome.was_rejected;
  g_assert_cmpint (linkage_rules_get_refusal (&state, NOW), ==, LINKAGE_REFUSAL_NO_REQUESTS_LEFT);

  outcome = merge (&suggested, &rejected);
  state.requests_used = outcome.requests_used;
  state.was_rejected = outcome.was_rejected;
  g_assert_cmpint (linkage_rules_get_refusal (&state, NOW), ==, LINKAGE_REFUSAL_REJECTED);
}

static void
test_searches (void)
{
  g_assert_cmpuint (linkage_merge_searches_left (5, 2), ==, 2);
  g_assert_cmpuint (linkage_merge_searches_left (0, 5), ==, 0);
  g_assert_cmpuint (linkage_merge_searches_left (3, 3), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/table of states", test_table);
  for (gsize i = 0; i < G_N_ELEMENTS (fine_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/merge/%s", fine_cases[i].rule);

      g_test_add_data_func (path, &fine_cases[i], test_fine_case);
    }
  g_test_add_func ("/merge/no way round the limits", test_rules_after_a_removal);
  g_test_add_func ("/merge/searches left are the smaller number", test_searches);

  return g_test_run ();
}
