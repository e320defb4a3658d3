/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-status-text.h"

#include <glib/gi18n.h>

#include "linkage-date-text.h"
#include "linkage-portal-text.h"

/**
 * linkage_status_text_get_icon:
 * @status: a status
 *
 * Gets the icon that stands beside a status, so that colour is never alone.
 *
 * Returns: (transfer none): an icon's name
 */
const char *
linkage_status_text_get_icon (LinkageStatus status)
{
  switch (status)
    {
    case LINKAGE_STATUS_SUGGESTED:
      return "linkage-status-suggested-symbolic";
    case LINKAGE_STATUS_PENDING:
      return "linkage-status-pending-symbolic";
    case LINKAGE_STATUS_APPROVED:
      return "linkage-status-approved-symbolic";
    case LINKAGE_STATUS_EXPIRED:
      return "linkage-status-expired-symbolic";
    case LINKAGE_STATUS_REJECTED:
      return "linkage-status-rejected-symbolic";
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return "dialog-question-symbolic";
    }
}

/**
 * linkage_status_text_get_status_word:
 * @status: a status
 *
 * Gets the word for a status.
 *
 * Returns: (transfer none): the word
 */
const char *
linkage_status_text_get_status_word (LinkageStatus status)
{
  switch (status)
    {
    case LINKAGE_STATUS_SUGGESTED:
      return C_ ("status of a connection request", "Suggested");
    case LINKAGE_STATUS_PENDING:
      return C_ ("status of a connection request", "Pending");
    case LINKAGE_STATUS_APPROVED:
      return C_ ("status of a connection request", "Approved");
    case LINKAGE_STATUS_EXPIRED:
      return C_ ("status of a connection request", "Expired");
    case LINKAGE_STATUS_REJECTED:
      return C_ ("status of a connection request", "Rejected");
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return C_ ("status of a connection request", "Unknown");
    }
}

/**
 * linkage_status_text_get_word:
 * @connection: a connection
 *
 * Gets the word for a connection's status; for a status that the program does not know, the portal's own.
 *
 * Returns: (transfer full): the word
 */
char *
linkage_status_text_get_word (const LinkageConnection *connection)
{
  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->status == LINKAGE_STATUS_UNKNOWN && connection->status_label != NULL)
    return linkage_portal_text_isolate (connection->status_label);

  return g_strdup (linkage_status_text_get_status_word (connection->status));
}

static gboolean
is_unanswered (const LinkageConnection *connection, gint64 now)
{
  LinkageRuleState state;

  linkage_rules_state_from_connection (&state, connection);

  return linkage_rules_is_unanswered (&state, now);
}

static char *
get_pending_detail (const LinkageConnection *connection, gint64 now)
{
  const LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);
  guint days;

  if (is_unanswered (connection, now))
    return g_strdup (_ ("No answer seen"));
  if (attempt == NULL || attempt->expires_at == 0)
    return NULL;
  if (attempt->expires_at <= now)
    return g_strdup (_ ("Waiting for the portal"));

  days = linkage_rules_get_days_left (attempt->expires_at, now);
  /* Translators: %u is the number of days in which the customer can still answer. */
  return g_strdup_printf (ngettext ("%u day left", "%u days left", days), days);
}

static char *
get_expired_detail (const LinkageConnection *connection)
{
  guint used = connection->requests_used;

  if (used == 0)
    return NULL;
  if (connection->requests_used_is_minimum)
    /* Translators: How many requests a customer was sent, as far as is known. First these, then how many there may be.
     */
    return g_strdup_printf (_ ("At least %1$u of %2$u"), used, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);

  /* Translators: Which of the requests that a customer may be sent. First its number, then how many there may be. */
  return g_strdup_printf (_ ("Attempt %1$u of %2$u"), used, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
}

/**
 * linkage_status_text_get_detail:
 * @connection: a connection
 * @now: Unix seconds, by the portal's clock
 *
 * Says what there is to say beside a status: how long a customer can still answer, which attempt expired. Of a row that
 * a person brought nothing is said that was not seen.
 *
 * Returns: (transfer full) (nullable): a phrase
 */
char *
linkage_status_text_get_detail (const LinkageConnection *connection, gint64 now)
{
  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->is_missing)
    return g_strdup (_ ("Not in the latest copy"));
  if (connection->status == LINKAGE_STATUS_PENDING)
    return get_pending_detail (connection, now);
  if (connection->status == LINKAGE_STATUS_EXPIRED)
    return get_expired_detail (connection);

  return NULL;
}

/**
 * linkage_status_text_get_line:
 * @connection: a connection
 * @now: Unix seconds, by the portal's clock
 *
 * Gets status and detail as one line, for a narrow window and for who listens.
 *
 * Returns: (transfer full): the line
 */
char *
linkage_status_text_get_line (const LinkageConnection *connection, gint64 now)
{
  g_autofree char *word = linkage_status_text_get_word (connection);
  g_autofree char *detail = linkage_status_text_get_detail (connection, now);

  if (detail == NULL)
    return g_steal_pointer (&word);

  /* Translators: A status and what there is to say beside it: "Pending · 12 days left". */
  return g_strdup_printf (_ ("%1$s · %2$s"), word, detail);
}

/**
 * linkage_status_text_is_as_copied:
 * @connection: a connection
 *
 * Finds out whether a row shows what a copy of the portal's table showed, and not what a portal or the person said
 * since.
 *
 * Returns: whether it does
 */
gboolean
linkage_status_text_is_as_copied (const LinkageConnection *connection)
{
  const LinkageAttempt *attempt;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (connection->seen_at == 0)
    return FALSE;

  attempt = linkage_connection_get_latest_attempt (connection);

  return attempt == NULL || linkage_date_text_count_days (connection->seen_at, attempt->requested_at, NULL) <= 0;
}

/**
 * linkage_status_text_add_day:
 * @connection: a connection
 * @text: what there is to say of it
 * @now: Unix seconds
 *
 * Adds to what a copy showed from when that copy is.
 *
 * Returns: (transfer full): the text, for a tooltip or for who listens
 */
char *
linkage_status_text_add_day (const LinkageConnection *connection, const char *text, gint64 now)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!linkage_status_text_is_as_copied (connection))
    return g_strdup (text);

  day = linkage_date_text_format_day (connection->seen_at, now, NULL);
  /* Translators: What a copy of the portal's table showed, and its day: "Pending · 12 days left, as of 12 Nov". */
  return g_strdup_printf (_ ("%1$s, as of %2$s"), text, day);
}

/**
 * linkage_status_text_get_email:
 * @connection: a connection
 *
 * Gets what the column Email shows: nothing for a bare suggestion, `[system initiated]` once that was asked, else the
 * address that the latest request was sent to.
 *
 * Returns: (transfer full): one line, perhaps empty
 */
char *
linkage_status_text_get_email (const LinkageConnection *connection)
{
  const LinkageAttempt *attempt;

  g_return_val_if_fail (connection != NULL, NULL);

  if (linkage_connection_is_system_initiated (connection))
    return g_strdup (_ ("[system initiated]"));

  attempt = linkage_connection_get_latest_attempt (connection);
  if (attempt == NULL || attempt->contact_email == NULL)
    return g_strdup ("");

  return linkage_portal_text_to_line (attempt->contact_email);
}

/**
 * linkage_status_text_get_comment:
 * @connection: a connection
 * @from_customer: (out) (optional): whether it is the customer's own text
 *
 * Gets what the column Comments shows: the customer's comment, or that a rejection came without.
 *
 * Returns: (transfer full): the whole text, perhaps empty
 */
char *
linkage_status_text_get_comment (const LinkageConnection *connection, gboolean *from_customer)
{
  const LinkageAttempt *attempt;
  gboolean has_comment;

  g_return_val_if_fail (connection != NULL, NULL);

  attempt = linkage_connection_get_latest_attempt (connection);
  has_comment = attempt != NULL && attempt->comment != NULL && attempt->comment[0] != '\0';

  if (from_customer != NULL)
    *from_customer = has_comment;
  if (has_comment)
    return g_strdup (attempt->comment);
  if (connection->status == LINKAGE_STATUS_REJECTED)
    return g_strdup (C_ ("in place of a comment", "No comment"));

  return g_strdup ("");
}

/**
 * linkage_status_text_get_progress:
 * @operation: what waits in the outbox
 * @state: the state of its account
 *
 * Says how far a request is on its way.
 *
 * Returns: (transfer none): a phrase
 */
const char *
linkage_status_text_get_progress (const LinkageOperation *operation, LinkageAccountState state)
{
  g_return_val_if_fail (operation != NULL, NULL);

  switch (operation->state)
    {
    case LINKAGE_OPERATION_VERIFICATION_NEEDED:
      return C_ ("progress of a request", "Verification needed");
    case LINKAGE_OPERATION_REFUSED:
      return C_ ("progress of a request", "Not sent");
    case LINKAGE_OPERATION_WAITING:
    case LINKAGE_OPERATION_SENDING:
    default:
      break;
    }

  if (state == LINKAGE_ACCOUNT_STATE_OFFLINE)
    return C_ ("progress of a request", "Waiting, offline");
  if (state == LINKAGE_ACCOUNT_STATE_UNREACHABLE || state == LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED)
    return C_ ("progress of a request", "Waiting");

  return operation->state == LINKAGE_OPERATION_SENDING ? C_ ("progress of a request", "Sending…")
                                                       : C_ ("progress of a request", "Sending soon");
}

/**
 * linkage_status_text_get_refusal:
 * @connection: a connection
 * @now: Unix seconds, by the portal's clock
 *
 * Finds out which rule explains why a customer can be sent no further request. The portal decides: where it offers an
 * action there is nothing to explain.
 *
 * Returns: the rule, %LINKAGE_REFUSAL_NONE where the person need not be told
 */
LinkageRefusal
linkage_status_text_get_refusal (const LinkageConnection *connection, gint64 now)
{
  LinkageRuleState state;
  LinkageRefusal refusal;

  g_return_val_if_fail (connection != NULL, LINKAGE_REFUSAL_NONE);

  if (connection->actions != LINKAGE_ACTIONS_NONE || connection->status == LINKAGE_STATUS_UNKNOWN)
    return LINKAGE_REFUSAL_NONE;

  linkage_rules_state_from_connection (&state, connection);
  refusal = linkage_rules_get_refusal (&state, now);

  return linkage_rules_get_ask (refusal) == LINKAGE_ASK_CUSTOMER ? refusal : LINKAGE_REFUSAL_NONE;
}

/**
 * linkage_status_text_get_reason_title:
 * @refusal: a rule that says whom to ask
 *
 * Gets the heading over a reason.
 *
 * Returns: (transfer none): the heading
 */
const char *
linkage_status_text_get_reason_title (LinkageRefusal refusal)
{
  if (refusal == LINKAGE_REFUSAL_REJECTED)
    return _ ("Request Rejected");
  if (refusal == LINKAGE_REFUSAL_TAKES_NO_REQUESTS)
    return _ ("Takes No Requests");

  return _ ("No Requests Left");
}

static char *
get_rejection (const LinkageConnection *connection, const char *name)
{
  gboolean has_comment;
  g_autofree char *comment = linkage_status_text_get_comment (connection, &has_comment);

  if (has_comment)
    /* Translators: %s is a customer's name. The customer's comment stands beneath. */
    return g_strdup_printf (_ ("%s rejected the request. Ask your contact for the reason."), name);

  /* Translators: %s is a customer's name. */
  return g_strdup_printf (_ ("%s rejected the request and left no comment. Ask your contact for the reason."), name);
}

/**
 * linkage_status_text_get_reason:
 * @connection: a connection
 * @refusal: the rule that forbids a further request
 * @invitation_email: (nullable): the address that the customer would have to invite
 *
 * Says why no further request can be sent, and whom to ask.
 *
 * Returns: (transfer full): a sentence or two
 */
char *
linkage_status_text_get_reason (const LinkageConnection *connection,
                                LinkageRefusal refusal,
                                const char *invitation_email)
{
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  name = linkage_portal_text_isolate (connection->customer->name);
  if (refusal == LINKAGE_REFUSAL_REJECTED)
    return get_rejection (connection, name);

  email = invitation_email != NULL ? linkage_portal_text_isolate (invitation_email) : NULL;
  if (refusal == LINKAGE_REFUSAL_TAKES_NO_REQUESTS && email != NULL)
    /* Translators: First a customer's name, then the e-mail address that it should invite. */
    return g_strdup_printf (_ ("%1$s does not accept connection requests. Ask them to invite %2$s."), name, email);
  if (refusal == LINKAGE_REFUSAL_TAKES_NO_REQUESTS)
    /* Translators: %s is a customer's name. */
    return g_strdup_printf (_ ("%s does not accept connection requests. Ask them for an invitation."), name);
  if (email != NULL)
    /* Translators: First a customer's name, then the e-mail address that it should invite. */
    return g_strdup_printf (_ ("Three requests to %1$s expired. Ask them to invite %2$s."), name, email);

  /* Translators: %s is a customer's name. */
  return g_strdup_printf (_ ("Three requests to %s expired. Ask them for an invitation."), name);
}
