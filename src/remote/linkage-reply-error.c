/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-reply-error.h"

#include "linkage-mapping-problem.h"
#include "linkage-remote-error-private.h"

/* No portal has a reason to send a program away for longer than a day. */
#define MAX_RETRY_AFTER (24 * 60 * 60)

typedef struct
{
  guint status;
  const char *type; /* (nullable): any type of that status */
  LinkageRemoteError code;
} Meaning;

/* The first that fits. Types decide where the interface has several for one status. */
static const Meaning meanings[] = {
  { 401, NULL, LINKAGE_REMOTE_ERROR_UNAUTHORIZED },
  { 403, "role-required", LINKAGE_REMOTE_ERROR_ROLE_REQUIRED },
  { 403, "challenge-required", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 403, "challenge-expired", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 403, "challenge-mismatch", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 403, "challenge-failed", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 404, NULL, LINKAGE_REMOTE_ERROR_NOT_FOUND },
  { 409, NULL, LINKAGE_REMOTE_ERROR_TRY_LATER },
  { 410, "account-merged", LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED },
  { 410, NULL, LINKAGE_REMOTE_ERROR_STATE_UNUSABLE },
  { 413, NULL, LINKAGE_REMOTE_ERROR_TOO_LARGE },
  { 422, "challenge-failed", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 422, "challenge-expired", LINKAGE_REMOTE_ERROR_CHALLENGE },
  { 422, "invalid-fields", LINKAGE_REMOTE_ERROR_INVALID_FIELDS },
  { 429, NULL, LINKAGE_REMOTE_ERROR_TRY_LATER },
  { 503, NULL, LINKAGE_REMOTE_ERROR_TRY_LATER },
};

static LinkageRemoteError
find_code (guint status, const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (meanings[i].status == status && (meanings[i].type == NULL || g_strcmp0 (meanings[i].type, type) == 0))
        return meanings[i].code;
    }
  if (status >= 500)
    return LINKAGE_REMOTE_ERROR_SERVER;

  return LINKAGE_REMOTE_ERROR_REFUSED;
}

/* What any server or proxy on the way may say without knowing the interface. Nothing else is believed without problem
 * details: else a stray "404" would take a row away, and a stray "403" a request. */
static gboolean
needs_no_problem (guint status)
{
  return status == SOUP_STATUS_UNAUTHORIZED || status == 429 || status >= 500;
}

static GDateTime *
parse_date (SoupMessageHeaders *headers, const char *name)
{
  const char *value = soup_message_headers_get_one (headers, name);

  return value != NULL ? soup_date_time_new_from_http_string (value) : NULL;
}

/**
 * linkage_reply_error_get_retry_after:
 * @headers: a reply's headers
 *
 * Reads `Retry-After`, which has seconds or an HTTP date; a date is of the portal's clock, which the reply tells.
 *
 * Returns: the seconds to wait, at most a day; 0 where none are said
 */
guint
linkage_reply_error_get_retry_after (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);

  until = parse_date (headers, "Retry-After");
  now = parse_date (headers, "Date");
  if (until == NULL)
    return 0;
  if (now == NULL)
    now = g_date_time_new_now_utc ();

  return (guint)CLAMP (g_date_time_difference (until, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

/**
 * linkage_reply_error_from_transport:
 * @cause: why no whole reply came, from libsoup or GIO
 *
 * Says it in the words of %LINKAGE_REMOTE_ERROR. That the call was cancelled stays %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the error
 */
GError *
linkage_reply_error_from_transport (const GError *cause)
{
  LinkageRemoteError code = LINKAGE_REMOTE_ERROR_UNREACHABLE;

  g_return_val_if_fail (cause != NULL, NULL);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cause->domain == LINKAGE_REMOTE_ERROR)
    return g_error_copy (cause);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    code = LINKAGE_REMOTE_ERROR_CERTIFICATE;
  else if (cause->domain == SOUP_SESSION_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    code = LINKAGE_REMOTE_ERROR_INVALID_REPLY;

  return linkage_remote_error_new (code, NULL, "%s", cause->message);
}

static LinkageProblem *
parse_problem (SoupMessageHeaders *headers, GBytes *body, GError **error)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (type == NULL || g_ascii_strcasecmp (type, "application/problem+json") != 0)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                           "It has no problem details");
      return NULL;
    }

  return linkage_json_reader_parse (body, "problem", linkage_mapping_read_problem, error);
}

/**
 * linkage_reply_error_from_reply:
 * @status: an HTTP status that is no success
 * @headers: the reply's headers
 * @body: the reply's body
 *
 * Says what a reply that is no success means. Any thread.
 *
 * Returns: (transfer full): an error of %LINKAGE_REMOTE_ERROR, with the portal's problem where it sent one
 */
GError *
linkage_reply_error_from_reply (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  g_autoptr (LinkageProblem) problem = NULL;
  g_autoptr (GError) mistake = NULL;
  LinkageRemoteError code;

  g_return_val_if_fail (headers != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  problem = parse_problem (headers, body, &mistake);
  if (problem == NULL && !needs_no_problem (status))
    return linkage_remote_error_new (LINKAGE_REMOTE_ERROR_INVALID_REPLY, NULL, "A reply has status %u: %s", status,
                                     mistake->message);
  if (problem == NULL)
    problem = linkage_problem_new (status);

  problem->status = status;
  problem->retry_after = linkage_reply_error_get_retry_after (headers);
  code = find_code (status, problem->type);

  return linkage_remote_error_new (code, g_steal_pointer (&problem), "The portal answered with status %u", status);
}
