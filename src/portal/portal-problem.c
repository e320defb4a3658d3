/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-problem.h"

#include <glib/gi18n.h>

#include "linkage-database.h"
#include "portal-json.h"

typedef struct
{
  guint status;
  const char *name;
  const char *title;
} Problem;

static const Problem problems[] = {
  [PORTAL_PROBLEM_NONE] = { 500, "internal-error", N_ ("The portal has made a mistake") },
  [PORTAL_PROBLEM_INVALID_REQUEST] = { 400, "invalid-request", N_ ("The request cannot be understood") },
  [PORTAL_PROBLEM_AUTHENTICATION_REQUIRED] = { 401, "authentication-required", N_ ("Sign-in is needed") },
  [PORTAL_PROBLEM_SCOPE_REQUIRED] = { 403, "scope-required", N_ ("The program was not allowed to do this") },
  [PORTAL_PROBLEM_ROLE_REQUIRED] = { 403, "role-required", N_ ("The Admin role is needed") },
  [PORTAL_PROBLEM_NOT_FOUND] = { 404, "not-found", N_ ("There is no such thing") },
  [PORTAL_PROBLEM_METHOD_NOT_ALLOWED] = { 405, "method-not-allowed", N_ ("This cannot be done here") },
  [PORTAL_PROBLEM_STATE_UNUSABLE] = { 410, "state-unusable", N_ ("The state is too old, read everything again") },
  [PORTAL_PROBLEM_ACCOUNT_MERGED] = { 410, "account-merged", N_ ("The account was merged into another one") },
  [PORTAL_PROBLEM_KEY_REQUIRED] = { 400, "key-required", N_ ("A write needs an idempotency key in double quotes") },
  [PORTAL_PROBLEM_KEY_REUSED] = { 422, "key-reused", N_ ("The idempotency key was used for something else") },
  [PORTAL_PROBLEM_INVALID_FIELDS] = { 422, "invalid-fields", N_ ("Some fields cannot be accepted") },
  [PORTAL_PROBLEM_NOT_SUGGESTED] = { 403, "not-suggested", N_ ("This customer is not a suggestion") },
  [PORTAL_PROBLEM_ALREADY_LISTED] = { 403, "already-listed", N_ ("This customer is in the table already") },
  [PORTAL_PROBLEM_ALREADY_PENDING] = { 403, "already-pending", N_ ("A request to this customer is pending") },
  [PORTAL_PROBLEM_ALREADY_CONNECTED] = { 403, "already-connected", N_ ("This customer is connected") },
  [PORTAL_PROBLEM_NOT_EXPIRED] = { 403, "not-expired", N_ ("Only an expired request can be sent again") },
  [PORTAL_PROBLEM_REJECTED] = { 403, "rejected", N_ ("The customer rejected the request") },
  [PORTAL_PROBLEM_NO_REQUESTS_LEFT] = { 403, "no-requests-left", N_ ("All three requests to this customer are used") },
  [PORTAL_PROBLEM_TAKES_NO_REQUESTS] = { 403, "takes-no-requests", N_ ("This customer takes no connection requests") },
  [PORTAL_PROBLEM_NO_SEARCHES_LEFT] = { 403, "no-searches-left", N_ ("All searches are used") },
  [PORTAL_PROBLEM_CHALLENGE_REQUIRED] = { 403, "challenge-required", N_ ("A human verification is needed") },
  [PORTAL_PROBLEM_CHALLENGE_EXPIRED] = { 403, "challenge-expired", N_ ("The human verification ran out") },
  [PORTAL_PROBLEM_CHALLENGE_MISMATCH] = { 403, "challenge-mismatch", N_ ("The verification was for something else") },
  [PORTAL_PROBLEM_CHALLENGE_FAILED] = { 403, "challenge-failed", N_ ("The human verification failed") },
  [PORTAL_PROBLEM_MERGE_WITH_ITSELF] = { 403, "merge-with-itself", N_ ("An account cannot be merged with itself") },
  [PORTAL_PROBLEM_MERGE_OPEN] = { 403, "merge-open", N_ ("One of the accounts has a merge request that waits") },
  [PORTAL_PROBLEM_MERGE_CLOSED] = { 403, "merge-closed", N_ ("The merge request does not wait for an answer") },
  [PORTAL_PROBLEM_MERGE_NOT_YOURS] = { 403, "merge-not-yours", N_ ("This is for the other account to do") },
  [PORTAL_PROBLEM_MERGE_WRONG_NAME] = { 403, "merge-wrong-name", N_ ("This is not the name of the account that goes") },
  [PORTAL_PROBLEM_MERGE_STALE] = { 403, "merge-stale", N_ ("The merge would do something else than was shown") },
  [PORTAL_PROBLEM_TOO_LARGE] = { 413, "too-large", N_ ("The request is too large") },
  [PORTAL_PROBLEM_TOO_MANY_STREAMS] = { 503, "too-many-streams", N_ ("Too many event streams are open") },
  [PORTAL_PROBLEM_UNAVAILABLE] = { 503, "unavailable", N_ ("The portal is busy, try again") },
  [PORTAL_PROBLEM_INTERNAL_ERROR] = { 500, "internal-error", N_ ("The portal has made a mistake") },
};

/**
 * portal_problem_get_status:
 * @type: a type
 *
 * Returns: the HTTP status that goes with it
 */
guint
portal_problem_get_status (PortalProblemType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (problems), 500);

  return problems[type].status;
}

/**
 * portal_problem_is_challenge:
 * @type: a type
 *
 * Returns: whether only a new human verification is missing, so that the refusal is not stored
 */
gboolean
portal_problem_is_challenge (PortalProblemType type)
{
  return type >= PORTAL_PROBLEM_CHALLENGE_REQUIRED && type <= PORTAL_PROBLEM_CHALLENGE_FAILED;
}

/**
 * portal_problem_from_refusal:
 * @refusal: why a rule refuses
 *
 * Returns: the type that tells it to a client, PORTAL_PROBLEM_NONE for LINKAGE_REFUSAL_NONE
 */
PortalProblemType
portal_problem_from_refusal (LinkageRefusal refusal)
{
  switch (refusal)
    {
    case LINKAGE_REFUSAL_NOT_SUGGESTED:
      return PORTAL_PROBLEM_NOT_SUGGESTED;
    case LINKAGE_REFUSAL_ALREADY_LISTED:
      return PORTAL_PROBLEM_ALREADY_LISTED;
    case LINKAGE_REFUSAL_ALREADY_PENDING:
      return PORTAL_PROBLEM_ALREADY_PENDING;
    case LINKAGE_REFUSAL_ALREADY_CONNECTED:
      return PORTAL_PROBLEM_ALREADY_CONNECTED;
    case LINKAGE_REFUSAL_NOT_EXPIRED:
      return PORTAL_PROBLEM_NOT_EXPIRED;
    case LINKAGE_REFUSAL_REJECTED:
      return PORTAL_PROBLEM_REJECTED;
    case LINKAGE_REFUSAL_NO_REQUESTS_LEFT:
      return PORTAL_PROBLEM_NO_REQUESTS_LEFT;
    case LINKAGE_REFUSAL_TAKES_NO_REQUESTS:
      return PORTAL_PROBLEM_TAKES_NO_REQUESTS;
    case LINKAGE_REFUSAL_NO_SEARCHES_LEFT:
      return PORTAL_PROBLEM_NO_SEARCHES_LEFT;
    case LINKAGE_REFUSAL_ROLE_REQUIRED:
      return PORTAL_PROBLEM_ROLE_REQUIRED;
    case LINKAGE_REFUSAL_NONE:
    default:
      return PORTAL_PROBLEM_NONE;
    }
}

/**
 * portal_problem_from_error:
 * @error: what went wrong in the portal
 *
 * Returns: what a client is told of it: that trying again helps, or that it does not
 */
PortalProblemType
portal_problem_from_error (const GError *error)
{
  if (g_error_matches (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_BUSY) ||
      g_error_matches (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_FULL))
    return PORTAL_PROBLEM_UNAVAILABLE;

  return PORTAL_PROBLEM_INTERNAL_ERROR;
}

/**
 * portal_problem_add_members:
 * @builder: a builder in an object
 * @type: what to tell
 * @detail: (nullable): a sentence about this one case
 *
 * Adds the members that every problem has.
 */
void
portal_problem_add_members (JsonBuilder *builder, PortalProblemType type, const char *detail)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (type < G_N_ELEMENTS (problems));

  uri = g_strconcat (PORTAL_PROBLEM_BASE, problems[type].name, NULL);
  portal_json_add_string (builder, "type", uri);
  portal_json_add_string (builder, "title", _ (problems[type].title));
  portal_json_add_int (builder, "status", problems[type].status);
  if (detail != NULL)
    portal_json_add_string (builder, "detail", detail);
}
