/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of connection requests, stated once, as pure functions of a state and the time.
 *
 * A rule's source stands with it: R1 … R12 are the findings about the portal's own documentation ("View and Manage
 * Connection Requests" and the pages around it); "reading" marks what that leaves open and we decided.
 *
 *  R1   only an admin manages connection requests
 *  R2   the table holds requests and suggestions; a suggestion carries Connect
 *  R3   a request that nobody answers expires after 30 days
 *  R4   an expired request can be sent again, three requests at most
 *  R5   a rejection's comment is optional
 *  R6   a request from a suggestion has no e-mail address
 *  R7   five searches at most, then the customer is to be contacted
 *  R8   the portal's support resets the searches
 *  R9   a customer may have switched connection requests off; it can still invite
 *  R10  a greyed-out customer is a matter for the portal's support
 *  R11  a request from a search needs an e-mail address, a human verification and a confirmation
 *  R12  a merge keeps what is pending or approved, and removes what is rejected or expired
 */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-rules.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/**
 * linkage_rules_state_from_connection:
 * @state: (out caller-allocates): the state to fill in
 * @connection: (nullable): a row; %NULL for a customer without one
 *
 * Takes out of a row what the rules look at. Without a row nothing was requested or rejected and the customer takes
 * requests: the caller corrects what it knows better, such as what a merge left to remember.
 */
void
linkage_rules_state_from_connection (LinkageRuleState *state, const LinkageConnection *connection)
{
  LinkageAttempt *latest = NULL;

  g_return_if_fail (state != NULL);

  *state = (LinkageRuleState){ .accepts_requests = TRUE };
  if (connection == NULL)
    return;

  latest = linkage_connection_get_latest_attempt (connection);
  state->exists = TRUE;
  state->status = connection->status;
  state->origin = connection->origin;
  state->requests_used = connection->requests_used;
  state->was_rejected = connection->was_rejected;
  state->accepts_requests = connection->customer->accepts_requests;
  state->requested_at = latest != NULL ? latest->requested_at : 0;
  state->is_copy = connection->seen_at != 0;
}

/**
 * linkage_rules_get_expiry:
 * @requested_at: when the request was sent, Unix seconds, UTC
 *
 * R3; reading: 30 times 24 hours in UTC, so that no time zone and no summer time moves it.
 *
 * Returns: when the request expires if nobody answers, Unix seconds, UTC
 */
gint64
linkage_rules_get_expiry (gint64 requested_at)
{
  return requested_at + LINKAGE_RULES_REQUEST_LIFETIME;
}

static gboolean
is_time_over (const LinkageRuleState *state, gint64 now)
{
  return state->exists && state->status == LINKAGE_STATUS_PENDING && state->requested_at > 0 &&
         now >= linkage_rules_get_expiry (state->requested_at);
}

/**
 * linkage_rules_is_expiry_due:
 * @state: a customer's state
 * @now: Unix seconds, UTC
 *
 * R3: whether a pending request's time is over. The portal writes such an expiry down before it answers anything. Of a
 * row that a person brought nobody has: see linkage_rules_is_unanswered().
 *
 * Returns: whether the request is pending and has expired at @now
 */
gboolean
linkage_rules_is_expiry_due (const LinkageRuleState *state, gint64 now)
{
  g_return_val_if_fail (state != NULL, FALSE);

  return !state->is_copy && is_time_over (state, now);
}

/**
 * linkage_rules_is_unanswered:
 * @state: a customer's state
 * @now: Unix seconds, UTC
 *
 * R3; reading: whether no answer to a request was seen in its time, which a table that a person brought counts from the
 * end of the day that it shows. The customer may have answered since the table was copied: it is not expired, and not
 * sent again, before a newer copy says so.
 *
 * Returns: whether the request of a row that a person brought is pending, and past its time at @now
 */
gboolean
linkage_rules_is_unanswered (const LinkageRuleState *state, gint64 now)
{
  g_return_val_if_fail (state != NULL, FALSE);

  return state->is_copy && is_time_over (state, now);
}

/**
 * linkage_rules_get_days_left:
 * @expires_at: Unix seconds, UTC
 * @now: Unix seconds, UTC
 *
 * R3; reading: rounded up, so that a request shows 30 days at first and 1 day until the end.
 *
 * Returns: days until @expires_at; 0 when it is past
 */
guint
linkage_rules_get_days_left (gint64 expires_at, gint64 now)
{
  guint64 seconds = 0;

  if (now >= expires_at)
    return 0;

  seconds = (guint64)expires_at - (guint64)now;
  return (guint)MIN ((seconds - 1) / SECONDS_PER_DAY + 1, G_MAXUINT);
}

/**
 * linkage_rules_get_requests_left:
 * @state: a customer's state
 *
 * R4; reading: the three are counted per customer, and the first is one of them.
 *
 * Returns: how many requests the customer could still be sent, were nothing else in the way
 */
guint
linkage_rules_get_requests_left (const LinkageRuleState *state)
{
  g_return_val_if_fail (state != NULL, 0);

  if (state->requests_used >= LINKAGE_RULES_REQUESTS_PER_CUSTOMER)
    return 0;

  return LINKAGE_RULES_REQUESTS_PER_CUSTOMER - state->requests_used;
}

/**
 * linkage_rules_get_searches_left:
 * @used: searches that were counted
 * @limit: searches that the account has, %LINKAGE_RULES_SEARCHES_PER_ACCOUNT where the portal does not say
 *
 * R7, R8: a counter that time does not bring back; only the portal's operator does.
 *
 * Returns: how many searches may still be created
 */
guint
linkage_rules_get_searches_left (guint used, guint limit)
{
  return used >= limit ? 0 : limit - used;
}

static LinkageStatus
get_status (const LinkageRuleState *state, gint64 now)
{
  if (linkage_rules_is_expiry_due (state, now))
    return LINKAGE_STATUS_EXPIRED;

  return state->status;
}

/* What forbids every action alike. What stands comes before what is remembered, and what is for ever before what the
 * customer may change. */
static LinkageRefusal
check_customer (const LinkageRuleState *state, gint64 now)
{
  LinkageStatus status = get_status (state, now);

  if (state->exists && status == LINKAGE_STATUS_APPROVED)
    return LINKAGE_REFUSAL_ALREADY_CONNECTED;
  if (state->exists && status == LINKAGE_STATUS_PENDING)
    return LINKAGE_REFUSAL_ALREADY_PENDING;
  if (state->was_rejected || (state->exists && status == LINKAGE_STATUS_REJECTED))
    return LINKAGE_REFUSAL_REJECTED;
  if (linkage_rules_get_requests_left (state) == 0)
    return LINKAGE_REFUSAL_NO_REQUESTS_LEFT;
  if (!state->accepts_requests)
    return LINKAGE_REFUSAL_TAKES_NO_REQUESTS;

  return LINKAGE_REFUSAL_NONE;
}

/* Whether this action is the way to send a request. A row that a search finds again keeps its own way, which costs
 * less: one press for a suggestion (R2), sending again for what expired (R4). */
static LinkageRefusal
check_way (const LinkageRuleState *state, LinkageActions action, gint64 now)
{
  LinkageStatus status = get_status (state, now);

  switch (action)
    {
    case LINKAGE_ACTIONS_CONNECT:
      return state->exists && status == LINKAGE_STATUS_SUGGESTED ? LINKAGE_REFUSAL_NONE : LINKAGE_REFUSAL_NOT_SUGGESTED;
    case LINKAGE_ACTIONS_RESEND:
      return state->exists && status == LINKAGE_STATUS_EXPIRED ? LINKAGE_REFUSAL_NONE : LINKAGE_REFUSAL_NOT_EXPIRED;
    case LINKAGE_ACTIONS_REQUEST:
      return state->exists ? LINKAGE_REFUSAL_ALREADY_LISTED : LINKAGE_REFUSAL_NONE;
    case LINKAGE_ACTIONS_NONE:
    default:
      g_return_val_if_reached (LINKAGE_REFUSAL_NOT_SUGGESTED);
    }
}

/**
 * linkage_rules_check:
 * @state: a customer's state
 * @action: exactly one action
 * @now: Unix seconds, UTC
 *
 * Whether an action is allowed. R2: a suggestion is connected with. R4: only what expired is sent again, which a
 * request whose time is over counts as, and no fourth request is sent. R9: a customer may take none. Reading: a
 * rejection forbids every further request, also one that a merge left to remember.
 *
 * Returns: %LINKAGE_REFUSAL_NONE, or why not
 */
LinkageRefusal
linkage_rules_check (const LinkageRuleState *state, LinkageActions action, gint64 now)
{
  LinkageRefusal refusal = LINKAGE_REFUSAL_NONE;

  g_return_val_if_fail (state != NULL, LINKAGE_REFUSAL_NOT_SUGGESTED);

  refusal = check_customer (state, now);
  if (refusal != LINKAGE_REFUSAL_NONE)
    return refusal;

  return check_way (state, action, now);
}

/**
 * linkage_rules_check_role:
 * @is_admin: whether the person is an admin of the account
 *
 * R1: anyone else neither sees nor sends connection requests.
 *
 * Returns: %LINKAGE_REFUSAL_NONE or %LINKAGE_REFUSAL_ROLE_REQUIRED
 */
LinkageRefusal
linkage_rules_check_role (gboolean is_admin)
{
  return is_admin ? LINKAGE_REFUSAL_NONE : LINKAGE_REFUSAL_ROLE_REQUIRED;
}

/**
 * linkage_rules_check_search:
 * @used: searches that were counted
 * @limit: searches that the account has
 *
 * R7: whether one more search may be created.
 *
 * Returns: %LINKAGE_REFUSAL_NONE or %LINKAGE_REFUSAL_NO_SEARCHES_LEFT
 */
LinkageRefusal
linkage_rules_check_search (guint used, guint limit)
{
  return linkage_rules_get_searches_left (used, limit) > 0 ? LINKAGE_REFUSAL_NONE : LINKAGE_REFUSAL_NO_SEARCHES_LEFT;
}

/**
 * linkage_rules_get_actions:
 * @state: a customer's state
 * @now: Unix seconds, UTC
 *
 * Everything that linkage_rules_check() allows; never more than one, as each state has one way to send a request.
 *
 * Returns: what may be done now
 */
LinkageActions
linkage_rules_get_actions (const LinkageRuleState *state, gint64 now)
{
  static const LinkageActions all[] = { LINKAGE_ACTIONS_CONNECT, LINKAGE_ACTIONS_RESEND, LINKAGE_ACTIONS_REQUEST };
  LinkageActions allowed = LINKAGE_ACTIONS_NONE;

  g_return_val_if_fail (state != NULL, LINKAGE_ACTIONS_NONE);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (linkage_rules_check (state, all[i], now) == LINKAGE_REFUSAL_NONE)
        allowed |= all[i];
    }

  return allowed;
}

/**
 * linkage_rules_get_refusal:
 * @state: a customer's state
 * @now: Unix seconds, UTC
 *
 * Why nothing may be done, for the sentence that explains it.
 *
 * Returns: %LINKAGE_REFUSAL_NONE when something may be done, and for a status that only the portal can explain
 */
LinkageRefusal
linkage_rules_get_refusal (const LinkageRuleState *state, gint64 now)
{
  g_return_val_if_fail (state != NULL, LINKAGE_REFUSAL_NONE);

  return check_customer (state, now);
}

/**
 * linkage_rules_get_needs:
 * @state: a customer's state
 * @action: exactly one action
 *
 * R2: a suggestion takes one press. R11: a request from a search takes a valid contact e-mail address, a passed human
 * verification and the ticked confirmation. Reading: sending again takes what the row's origin took, and the third
 * request, which is the last (R4), asks first.
 *
 * Returns: what the person has to give
 */
LinkageNeeds
linkage_rules_get_needs (const LinkageRuleState *state, LinkageActions action)
{
  LinkageNeeds needs = LINKAGE_NEEDS_NOTHING;
  gboolean has_form = FALSE;

  g_return_val_if_fail (state != NULL, LINKAGE_NEEDS_NOTHING);

  has_form =
    action == LINKAGE_ACTIONS_REQUEST || (action == LINKAGE_ACTIONS_RESEND && state->origin == LINKAGE_ORIGIN_SEARCH);
  if (has_form)
    needs |= LINKAGE_NEEDS_CONTACT | LINKAGE_NEEDS_VERIFICATION | LINKAGE_NEEDS_CONFIRMATION;
  if (action != LINKAGE_ACTIONS_NONE && linkage_rules_get_requests_left (state) == 1)
    needs |= LINKAGE_NEEDS_QUESTION;

  return needs;
}

/**
 * linkage_rules_get_ask:
 * @refusal: why something may not be done
 *
 * R4, R7, R9: where no request can be sent, the customer can still send an invitation. R8: searches are reset by the
 * portal's support; that, too, is a way, but the customer that was looked for can invite as well. R1: the role is
 * given by the account's admins.
 *
 * Returns: whom to ask; %LINKAGE_ASK_NOBODY where waiting or another button is the answer
 */
LinkageAsk
linkage_rules_get_ask (LinkageRefusal refusal)
{
  switch (refusal)
    {
    case LINKAGE_REFUSAL_REJECTED:
    case LINKAGE_REFUSAL_NO_REQUESTS_LEFT:
    case LINKAGE_REFUSAL_TAKES_NO_REQUESTS:
      return LINKAGE_ASK_CUSTOMER;
    case LINKAGE_REFUSAL_NO_SEARCHES_LEFT:
      return LINKAGE_ASK_SUPPORT | LINKAGE_ASK_CUSTOMER;
    case LINKAGE_REFUSAL_ROLE_REQUIRED:
      return LINKAGE_ASK_ADMIN;
    case LINKAGE_REFUSAL_NONE:
    case LINKAGE_REFUSAL_NOT_SUGGESTED:
    case LINKAGE_REFUSAL_ALREADY_LISTED:
    case LINKAGE_REFUSAL_ALREADY_PENDING:
    case LINKAGE_REFUSAL_ALREADY_CONNECTED:
    case LINKAGE_REFUSAL_NOT_EXPIRED:
      return LINKAGE_ASK_NOBODY;
    default:
      g_return_val_if_reached (LINKAGE_ASK_NOBODY);
    }
}

/**
 * linkage_rules_get_not_before:
 * @now: Unix seconds, UTC
 *
 * How long what was pressed can be undone.
 *
 * Returns: when it may be sent at the earliest, Unix seconds, UTC
 */
gint64
linkage_rules_get_not_before (gint64 now)
{
  return now + LINKAGE_RULES_UNDO_SECONDS;
}

/**
 * linkage_rules_clamp_not_before:
 * @not_before: what was stored when the button was pressed, Unix seconds, UTC
 * @now: Unix seconds, UTC
 *
 * Keeps a clock that was set back from holding up what was pressed.
 *
 * Returns: @not_before, but never later than the time to undo from @now on
 */
gint64
linkage_rules_clamp_not_before (gint64 not_before, gint64 now)
{
  return MIN (not_before, linkage_rules_get_not_before (now));
}
