/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-merge.h"

#include "linkage-rules.h"

/* One account's side of a customer, its due expiry written down. */
static LinkageRuleState
get_side (const LinkageConnection *connection, gint64 now)
{
  LinkageRuleState side;

  linkage_rules_state_from_connection (&side, connection);
  if (linkage_rules_is_expiry_due (&side, now))
    side.status = LINKAGE_STATUS_EXPIRED;
  if (side.exists && side.status == LINKAGE_STATUS_REJECTED)
    side.was_rejected = TRUE;

  return side;
}

/* R12 names what stays; the order among the rest is our reading: what is worth more to the supplier stands, and what
 * closes a way before what leaves it open. */
static guint
get_rank (const LinkageRuleState *side)
{
  if (!side->exists)
    return 0;

  switch (side->status)
    {
    case LINKAGE_STATUS_APPROVED:
      return 6;
    case LINKAGE_STATUS_PENDING:
      return 5;
    case LINKAGE_STATUS_REJECTED:
      return 4;
    case LINKAGE_STATUS_EXPIRED:
      return 3;
    case LINKAGE_STATUS_SUGGESTED:
      return 2;
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return 1;
    }
}

static gboolean
expires_earlier (const LinkageRuleState *a, const LinkageRuleState *b)
{
  if (a->requested_at == 0 || b->requested_at == 0)
    return a->requested_at > 0;

  return linkage_rules_get_expiry (a->requested_at) < linkage_rules_get_expiry (b->requested_at);
}

static gboolean
survives_b (const LinkageRuleState *a, const LinkageRuleState *b)
{
  guint rank_a = get_rank (a);
  guint rank_b = get_rank (b);

  if (rank_a != rank_b)
    return rank_b > rank_a;

  return a->exists && a->status == LINKAGE_STATUS_PENDING && expires_earlier (b, a);
}

static LinkageMergeFate
get_fate (const LinkageRuleState *a, const LinkageRuleState *b, const LinkageRuleState *survivor)
{
  if (!survivor->exists || survivor->status == LINKAGE_STATUS_REJECTED || survivor->status == LINKAGE_STATUS_EXPIRED)
    return LINKAGE_MERGE_REMOVED;
  if (a->exists && b->exists)
    return LINKAGE_MERGE_CONSOLIDATED;

  return a->exists ? LINKAGE_MERGE_STAYS : LINKAGE_MERGE_COMES_OVER;
}

/**
 * linkage_merge_pair:
 * @a: (nullable): the row of the account that stays
 * @b: (nullable): the row of the account that is merged into it, for the same customer
 * @now: Unix seconds, UTC
 * @outcome: (out caller-allocates): what becomes of the two
 *
 * Merges what two accounts have with one customer. R12; reading: due expiries come first. The survivor is approved
 * before pending, rejected, expired, suggested; of equals A's; of two pending the one that expires first. A survivor
 * that is rejected or expired is removed. Requests used are the larger number, and a rejection on either side is
 * remembered, for removed rows too, so that merging is no way round the limits.
 *
 * Where both have a row, the row keeps A's id; what the survivor says (status, origin, attempts) is B's when
 * `from_b` is set. Where neither has one, there is none afterwards: %LINKAGE_MERGE_REMOVED.
 */
void
linkage_merge_pair (const LinkageConnection *a, const LinkageConnection *b, gint64 now, LinkageMergeOutcome *outcome)
{
  LinkageRuleState side_a;
  LinkageRuleState side_b;

  g_return_if_fail (outcome != NULL);

  side_a = get_side (a, now);
  side_b = get_side (b, now);
  outcome->from_b = survives_b (&side_a, &side_b);
  outcome->fate = get_fate (&side_a, &side_b, outcome->from_b ? &side_b : &side_a);
  outcome->requests_used = MAX (side_a.requests_used, side_b.requests_used);
  outcome->was_rejected = side_a.was_rejected || side_b.was_rejected;
}

/**
 * linkage_merge_searches_left:
 * @left_a: searches that the account that stays has left
 * @left_b: searches that the merged account has left
 *
 * Reading: the smaller of the two, so that merging is no way round the limit.
 *
 * Returns: how many searches are left afterwards
 */
guint
linkage_merge_searches_left (guint left_a, guint left_b)
{
  return MIN (left_a, left_b);
}
