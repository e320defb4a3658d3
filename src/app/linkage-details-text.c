/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-details-text.h"

#include <glib/gi18n.h>

#include "linkage-date-text.h"
#include "linkage-portal-text.h"
#include "linkage-row-history.h"
#include "linkage-rules.h"
#include "linkage-status-text.h"
#include "linkage-text.h"

/**
 * linkage_details_text_get_seen:
 * @connection: a row
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says which copy of a portal's table a row was seen in last.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL for a portal's own row
 */
char *
linkage_details_text_get_seen (const LinkageConnection *connection, gint64 now, GTimeZone *zone)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->seen_at == 0)
    return NULL;

  date = linkage_date_text_format_day (connection->seen_at, now, zone);
  if (connection->is_missing)
    /* Translators: %s is a date. */
    return g_strdup_printf (_ ("Missing from the latest copy of the whole table. Last seen in the copy of %s."), date);

  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("As in the copy of %s"), date);
}

static char *
get_word (LinkageStatus status)
{
  return g_strdup (linkage_status_text_get_status_word (status));
}

static char *
get_pending_step (const LinkageConnection *connection, gint64 now)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, connection);
  if (linkage_rules_is_unanswered (&state, now))
    return g_strdup (_ ("No answer was seen within 30 days. Bring a new copy of the table to see what became of it."));

  return g_strdup (_ ("Wait for the customer’s answer. To remind them, write to your contact there."));
}

static char *
get_action_step (const LinkageConnection *connection, gboolean by_hand)
{
  LinkageRuleState state;
  guint left;

  if ((connection->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    return g_strdup (by_hand ? _ ("Ask this customer for a connection. You send the request on Coupa.")
                             : _ ("Ask this customer for a connection. It takes one press."));

  linkage_rules_state_from_connection (&state, connection);
  left = linkage_rules_get_requests_left (&state);
  if (connection->requests_used_is_minimum)
    return g_strdup_printf (
      /* Translators: %u is how many requests to this customer are left at most. */
      ngettext ("Check the contact, then send the request again. At most %u request is left.",
                "Check the contact, then send the request again. At most %u requests are left.", left),
      left);

  return g_strdup_printf (
    /* Translators: %u is how many requests to this customer are left. */
    ngettext ("Check the contact, then send the request again. %u request is left.",
              "Check the contact, then send the request again. %u requests are left.", left),
    left);
}

/**
 * linkage_details_text_get_next_step:
 * @connection: a row
 * @now: Unix seconds, by the portal's clock
 * @by_hand: whether the person sends requests on the portal's page
 * @info: (nullable): the account
 *
 * Says what is best done next.
 *
 * Returns: (transfer full) (nullable): a sentence or two, %NULL where nobody knows
 */
char *
linkage_details_text_get_next_step (const LinkageConnection *connection,
                                    gint64 now,
                                    gboolean by_hand,
                                    const LinkageAccountInfo *info)
{
  LinkageRefusal refusal;

  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->actions != LINKAGE_ACTIONS_NONE)
    return get_action_step (connection, by_hand);

  refusal = linkage_status_text_get_refusal (connection, now);
  if (refusal != LINKAGE_REFUSAL_NONE)
    return linkage_status_text_get_reason (connection, refusal, info != NULL ? info->invitation_email : NULL);

  switch (connection->status)
    {
    case LINKAGE_STATUS_PENDING:
      return get_pending_step (connection, now);
    case LINKAGE_STATUS_APPROVED:
      return g_strdup (_ ("You are connected. There is nothing to do."));
    case LINKAGE_STATUS_SUGGESTED:
    case LINKAGE_STATUS_EXPIRED:
    case LINKAGE_STATUS_REJECTED:
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return NULL;
    }
}

/**
 * linkage_details_text_get_removed:
 * @removed: a row that is no more
 * @zone: (nullable): the time zone
 *
 * Says since when it is no more.
 *
 * Returns: (transfer full): a sentence
 */
char *
linkage_details_text_get_removed (const LinkageRemovedConnection *removed, GTimeZone *zone)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (removed != NULL, NULL);

  date = linkage_date_text_format_date (removed->removed_at, zone);

  /* Translators: Of a request that the portal took away; %s is a date. */
  return g_strdup_printf (_ ("Removed %s. This is how it was last known."), date);
}

/**
 * linkage_details_text_get_used:
 * @connection: a row
 *
 * Says how many of the requests that a customer may be sent are used.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_details_text_get_used (const LinkageConnection *connection)
{
  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->requests_used_is_minimum)
    /* Translators: How many requests were sent to a customer. First how many are known of, then how many there may be.
     */
    return g_strdup_printf (_ ("At least %1$u of %2$u requests used"), connection->requests_used,
                            LINKAGE_RULES_REQUESTS_PER_CUSTOMER);

  /* Translators: How many requests were sent to a customer, then how many there may be. */
  return g_strdup_printf (_ ("%1$u of %2$u requests used"), connection->requests_used,
                          LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
}

/**
 * linkage_details_text_get_attempt:
 * @connection: a row
 * @attempt: one of its attempts
 *
 * Gets the heading of one request. Of a copied row the number is only told where it is known.
 *
 * Returns: (transfer full): the heading
 */
char *
linkage_details_text_get_attempt (const LinkageConnection *connection, const LinkageAttempt *attempt)
{
  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (attempt != NULL, NULL);

  if (connection->requests_used_is_minimum)
    return g_strdup (C_ ("heading of one request", "Request"));

  /* Translators: Which of the requests that a customer may be sent. First its number, then how many there may be. */
  return g_strdup_printf (_ ("Request %1$u of %2$u"), attempt->number, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
}

/**
 * linkage_details_text_get_sent:
 * @attempt: a request
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says when a request was sent, and to whom.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_details_text_get_sent (const LinkageAttempt *attempt, GTimeZone *zone)
{
  g_autofree char *date = NULL;
  g_autofree char *contact = NULL;

  g_return_val_if_fail (attempt != NULL, NULL);

  date = attempt->requested_at != 0 ? linkage_date_text_format_date (attempt->requested_at, zone) : NULL;
  contact = attempt->contact_email != NULL ? linkage_portal_text_isolate (attempt->contact_email) : NULL;
  if (date != NULL && contact != NULL)
    /* Translators: First a date, then an e-mail address. */
    return g_strdup_printf (_ ("Sent on %1$s to %2$s"), date, contact);
  if (date != NULL)
    /* Translators: %s is a date. */
    return g_strdup_printf (_ ("Sent on %s"), date);
  if (contact != NULL)
    /* Translators: %s is an e-mail address. */
    return g_strdup_printf (_ ("Sent to %s, the date is not known"), contact);

  return g_strdup (_ ("Sent, the date is not known"));
}

static char *
get_pending_outcome (const LinkageConnection *connection, const LinkageAttempt *attempt, gint64 now, GTimeZone *zone)
{
  g_autofree char *date = NULL;

  /* Another request followed: what became of this one is not concluded from that. */
  if (attempt != linkage_connection_get_latest_attempt (connection))
    return g_strdup (_ ("No answer seen"));
  if (attempt->expires_at == 0)
    return g_strdup (_ ("No answer yet"));

  date = linkage_date_text_format_date (attempt->expires_at, zone);
  if (attempt->expires_at > now)
    /* Translators: Of a request that nobody has answered. %s is a date. */
    return g_strdup_printf (_ ("No answer yet, expires on %s"), date);
  if (connection->seen_at != 0)
    /* Translators: Of a request in an old copy. %s is the date until which it could be answered. */
    return g_strdup_printf (_ ("No answer seen until %s"), date);

  return g_strdup (_ ("Waiting for the portal"));
}

/**
 * linkage_details_text_get_outcome:
 * @connection: a row
 * @attempt: one of its attempts
 * @now: Unix seconds, by the portal's clock
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says what became of a request.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_details_text_get_outcome (const LinkageConnection *connection,
                                  const LinkageAttempt *attempt,
                                  gint64 now,
                                  GTimeZone *zone)
{
  gint64 at;
  g_autofree char *date = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (attempt != NULL, NULL);

  at = attempt->outcome == LINKAGE_STATUS_EXPIRED ? attempt->expires_at : attempt->responded_at;
  date = at != 0 ? linkage_date_text_format_date (at, zone) : NULL;
  switch (attempt->outcome)
    {
    case LINKAGE_STATUS_APPROVED:
      /* Translators: Of a request. %s is a date. */
      return date != NULL ? g_strdup_printf (_ ("Approved on %s"), date) : get_word (attempt->outcome);
    case LINKAGE_STATUS_EXPIRED:
      /* Translators: Of a request. %s is a date. */
      return date != NULL ? g_strdup_printf (_ ("Expired on %s"), date) : get_word (attempt->outcome);
    case LINKAGE_STATUS_REJECTED:
      /* Translators: Of a request. %s is a date. */
      return date != NULL ? g_strdup_printf (_ ("Rejected on %s"), date) : get_word (attempt->outcome);
    case LINKAGE_STATUS_PENDING:
      return get_pending_outcome (connection, attempt, now, zone);
    case LINKAGE_STATUS_SUGGESTED:
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return g_strdup (_ ("It is not known what became of it"));
    }
}

static const char *
get_kind (LinkageRowChangeKind kind)
{
  switch (kind)
    {
    case LINKAGE_ROW_CHANGE_STATUS:
      return C_ ("what of a row was changed", "Status");
    case LINKAGE_ROW_CHANGE_REQUESTED_AT:
      return C_ ("what of a row was changed", "Date");
    case LINKAGE_ROW_CHANGE_CONTACT:
      return C_ ("what of a row was changed", "Email");
    case LINKAGE_ROW_CHANGE_COMMENT:
      return C_ ("what of a row was changed", "Comment");
    case LINKAGE_ROW_CHANGE_NAME:
      return C_ ("what of a row was changed", "Customer");
    case LINKAGE_ROW_CHANGE_REQUESTS_USED:
      return C_ ("what of a row was changed", "Requests used");
    case LINKAGE_ROW_CHANGE_ENTRIES:
      return C_ ("what of a row was changed", "Customer list");
    case LINKAGE_ROW_CHANGE_MISSING:
    case LINKAGE_ROW_CHANGE_SENT:
    default:
      return NULL;
    }
}

static char *
get_used_value (const char *value)
{
  gboolean is_minimum;
  guint used;

  linkage_row_history_parse_requests_used (value, &used, &is_minimum);
  if (is_minimum)
    /* Translators: How many requests were sent to a customer, as far as is known. */
    return g_strdup_printf (C_ ("requests used", "at least %u"), used);

  return g_strdup_printf ("%u", used);
}

static char *
get_value (LinkageRowChangeKind kind, const char *value, GTimeZone *zone)
{
  LinkageStatus status;
  gint64 time;
  guint n;

  if (value == NULL)
    return NULL;

  switch (kind)
    {
    case LINKAGE_ROW_CHANGE_STATUS:
      status = linkage_status_from_string (value);
      return get_word (status);
    case LINKAGE_ROW_CHANGE_REQUESTED_AT:
      time = linkage_text_parse_time (value);
      return time > 0 ? linkage_date_text_format_date (time, zone) : NULL;
    case LINKAGE_ROW_CHANGE_REQUESTS_USED:
      return get_used_value (value);
    case LINKAGE_ROW_CHANGE_ENTRIES:
      n = (guint)g_ascii_strtoull (value, NULL, 10);
      /* Translators: How many lines a customer list has. */
      return n > 0 ? g_strdup_printf (ngettext ("%u entry", "%u entries", n), n) : NULL;
    case LINKAGE_ROW_CHANGE_CONTACT:
    case LINKAGE_ROW_CHANGE_COMMENT:
    case LINKAGE_ROW_CHANGE_NAME:
    case LINKAGE_ROW_CHANGE_MISSING:
    case LINKAGE_ROW_CHANGE_SENT:
    default:
      return linkage_portal_text_isolate (value);
    }
}

static char *
get_sentence (const LinkageRowChange *change)
{
  g_autofree char *contact = NULL;

  if (change->kind == LINKAGE_ROW_CHANGE_MISSING)
    return g_strdup (change->present != NULL && change->present[0] != '\0'
                       ? _ ("Missing from a copy of the whole table")
                       : _ ("In the table again"));
  if (change->present == NULL)
    return g_strdup (_ ("Request sent"));

  contact = linkage_portal_text_isolate (change->present);
  /* Translators: %s is an e-mail address. */
  return g_strdup_printf (_ ("Request sent to %s"), contact);
}

/**
 * linkage_details_text_get_change:
 * @change: a line of a row's history
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says what was changed.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_details_text_get_change (const LinkageRowChange *change, GTimeZone *zone)
{
  const char *kind;
  g_autofree char *former = NULL;
  g_autofree char *present = NULL;

  g_return_val_if_fail (change != NULL, NULL);

  kind = get_kind (change->kind);
  if (kind == NULL)
    return get_sentence (change);

  former = get_value (change->kind, change->former, zone);
  present = get_value (change->kind, change->present, zone);
  if (present == NULL)
    /* Translators: What was changed, where nothing has taken its place: "Comment: removed". */
    return g_strdup_printf (_ ("%s: removed"), kind);
  if (former == NULL)
    /* Translators: What was changed, and what it is now: "Email: anna@example.com". */
    return g_strdup_printf (C_ ("a change", "%1$s: %2$s"), kind, present);

  /* Translators: What was changed, what it was and what it is now: "Status: Pending → Approved". */
  return g_strdup_printf (_ ("%1$s: %2$s → %3$s"), kind, former, present);
}

/**
 * linkage_details_text_get_change_source:
 * @change: a line of a row's history
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says how a change was come to know, and when.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_details_text_get_change_source (const LinkageRowChange *change, gint64 now, GTimeZone *zone)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (change != NULL, NULL);

  date = linkage_date_text_format_day (change->at, now, zone);
  if (change->copy == 0)
    /* Translators: Of a change that a person made. %s is a date. */
    return g_strdup_printf (_ ("By hand on %s"), date);

  /* Translators: Of a change that a copy of the portal's table showed. %s is the date of the copy. */
  return g_strdup_printf (_ ("Copy of %s"), date);
}
