/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-challenges.h"

#include "portal-json.h"
#include "portal-secret.h"

#define KEPT_AFTER_EXPIRY (24 * 60 * 60) /* seconds, so that a late one is told that it ran out */
#define POLL_INTERVAL 2                  /* seconds, for a client whose person is in a browser */

/* ALTCHA's salt carries its expiry and ends with something that is no digit of the number. */
static char *
make_salt (gint64 expires_at)
{
  g_autofree char *random = portal_secret_new_id ();

  return g_strdup_printf ("%s?expires=%" G_GINT64_FORMAT "&", random, expires_at);
}

static gboolean
insert (PortalStore *store, const LinkageChallenge *challenge, const PortalChallengeBinding *binding, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  const LinkageProofOfWork *work = challenge->proof_of_work;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO challenges (id, account_id, user_id, customer_id, action, provider, "
                                     "status, expires_at, challenge, salt, signature, max_number) "
                                     "VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, challenge->id);
  linkage_statement_bind_text (statement, 1, binding->account_id);
  linkage_statement_bind_text (statement, 2, binding->user_id);
  linkage_statement_bind_text (statement, 3, binding->customer_id);
  linkage_statement_bind_text (statement, 4, linkage_action_to_string (binding->action));
  linkage_statement_bind_text (statement, 5, challenge->provider);
  linkage_statement_bind_int (statement, 6, challenge->expires_at);
  if (work != NULL)
    {
      linkage_statement_bind_text (statement, 7, work->challenge);
      linkage_statement_bind_text (statement, 8, work->salt);
      linkage_statement_bind_text (statement, 9, work->signature);
      linkage_statement_bind_int (statement, 10, work->max_number);
    }

  return linkage_statement_run (statement, error);
}

static gboolean
set_status (PortalStore *store, const char *id, LinkageChallengeStatus status, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement =
    linkage_statement_get (portal_store_get_database (store), "UPDATE challenges SET status = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, linkage_challenge_status_to_string (status));
  linkage_statement_bind_text (statement, 1, id);

  return linkage_statement_run (statement, error);
}

static LinkageProofOfWork *
create_work (PortalStore *store, gint64 expires_at, gint64 max_number)
{
  g_autofree char *salt = make_salt (expires_at);

  return linkage_proof_of_work_create (portal_store_get_secret (store), salt, portal_secret_new_number (max_number),
                                       max_number);
}

/**
 * portal_challenges_create:
 * @store: a store in a transaction
 * @binding: whose it is, and what for
 * @settings: how people are verified
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Begins a human verification. It lives ten minutes and works once.
 *
 * Returns: (transfer full) (nullable): the challenge session, NULL on error
 */
LinkageChallenge *
portal_challenges_create (PortalStore *store,
                          const PortalChallengeBinding *binding,
                          const PortalSettings *settings,
                          GError **error)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autofree char *id = portal_secret_new_id ();

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (binding != NULL && settings != NULL, NULL);

  challenge = linkage_challenge_new (id, binding->action, binding->customer_id);
  challenge->expires_at = portal_store_get_now (store) + PORTAL_CHALLENGES_LIFETIME;
  if (settings->verification == NULL)
    {
      challenge->proof_of_work = create_work (store, challenge->expires_at, settings->proof_of_work_max);
    }
  else
    {
      g_free (challenge->provider);
      challenge->provider = g_strdup (settings->verification->provider->id);
    }
  if (!insert (store, challenge, binding, error))
    return NULL;

  return g_steal_pointer (&challenge);
}

/**
 * portal_challenges_make_token:
 * @store: a store
 * @id: a challenge session
 *
 * Makes what stands in the address of the session's page, so that who only knows the session does not find it. Nothing
 * of it is kept.
 *
 * Returns: (transfer full): the token
 */
char *
portal_challenges_make_token (PortalStore *store, const char *id)
{
  GBytes *secret = portal_store_get_secret (store);
  g_autofree char *text = g_strconcat ("page of ", id, NULL);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), text,
                                    -1);
}

enum
{
  COLUMN_ACTION,
  COLUMN_CUSTOMER_ID,
  COLUMN_PROVIDER,
  COLUMN_STATUS,
  COLUMN_EXPIRES_AT,
  COLUMN_CHALLENGE,
  COLUMN_SALT,
  COLUMN_SIGNATURE,
  COLUMN_MAX_NUMBER,
  COLUMN_CUSTOMER_NAME,
};

#define SELECT_CHALLENGE                                                                                               \
  "SELECT action, customer_id, provider, status, expires_at, challenge, salt, signature, max_number, name "            \
  "FROM challenges JOIN customers ON customers.id = customer_id WHERE challenges.id = ?"

static LinkageProofOfWork *
read_work (LinkageStatement *statement)
{
  LinkageProofOfWork *work;

  if (linkage_statement_get_text (statement, COLUMN_CHALLENGE) == NULL)
    return NULL;

  work = linkage_proof_of_work_new ();
  work->algorithm = g_strdup ("SHA-256");
  work->challenge = g_strdup (linkage_statement_get_text (statement, COLUMN_CHALLENGE));
  work->salt = g_strdup (linkage_statement_get_text (statement, COLUMN_SALT));
  work->signature = g_strdup (linkage_statement_get_text (statement, COLUMN_SIGNATURE));
  work->max_number = linkage_statement_get_int (statement, COLUMN_MAX_NUMBER);

  return work;
}

static LinkageChallenge *
read_challenge (PortalStore *store, LinkageStatement *statement, const char *id)
{
  LinkageActions action = linkage_action_from_string (linkage_statement_get_text (statement, COLUMN_ACTION));
  LinkageChallenge *challenge =
    linkage_challenge_new (id, action, linkage_statement_get_text (statement, COLUMN_CUSTOMER_ID));

  g_free (challenge->provider);
  challenge->provider = g_strdup (linkage_statement_get_text (statement, COLUMN_PROVIDER));
  challenge->expires_at = linkage_statement_get_int (statement, COLUMN_EXPIRES_AT);
  linkage_challenge_status_from_string (linkage_statement_get_text (statement, COLUMN_STATUS), &challenge->status);
  if (challenge->status != LINKAGE_CHALLENGE_USED && challenge->expires_at <= portal_store_get_now (store))
    challenge->status = LINKAGE_CHALLENGE_EXPIRED;
  challenge->proof_of_work = read_work (statement);

  return challenge;
}

/**
 * portal_challenges_load:
 * @store: a store
 * @account_id: the account that asks
 * @user_id: the user who asks
 * @id: a challenge session
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the session as it stands now, NULL on error
 */
LinkageChallenge *
portal_challenges_load (PortalStore *store, const char *account_id, const char *user_id, const char *id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && user_id != NULL && id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     SELECT_CHALLENGE " AND account_id = ? AND user_id = ?", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, account_id);
  linkage_statement_bind_text (statement, 2, user_id);
  if (!portal_store_find_row (statement, "no such challenge session", error))
    return NULL;

  return read_challenge (store, statement, id);
}

/**
 * portal_challenges_find:
 * @store: a store
 * @id: a challenge session
 * @customer_name: (out) (transfer full): whom its request is for
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Finds the session of a browser, which nobody is signed in to.
 *
 * Returns: (transfer full) (nullable): the session as it stands now, NULL on error
 */
LinkageChallenge *
portal_challenges_find (PortalStore *store, const char *id, char **customer_name, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (id != NULL && customer_name != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store), SELECT_CHALLENGE, error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, id);
  if (!portal_store_find_row (statement, "no such challenge session", error))
    return NULL;

  *customer_name = g_strdup (linkage_statement_get_text (statement, COLUMN_CUSTOMER_NAME));
  return read_challenge (store, statement, id);
}

/**
 * portal_challenges_open:
 * @store: a store in a transaction
 * @id: a challenge session
 * @is_first: (out): whether its page was not opened before
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Notes that the session's page is opened, which is possible once.
 *
 * Returns: %FALSE on error
 */
gboolean
portal_challenges_open (PortalStore *store, const char *id, gboolean *is_first, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (id != NULL && is_first != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE challenges SET opened_at = ? WHERE id = ? AND opened_at IS NULL "
                                     "RETURNING 1",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store));
  linkage_statement_bind_text (statement, 1, id);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ERROR)
    return FALSE;

  *is_first = step == LINKAGE_STEP_ROW;
  linkage_statement_reset (statement);
  return TRUE;
}

/**
 * portal_challenges_pass:
 * @store: a store in a transaction
 * @id: a challenge session that a provider has verified
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Lets a session that still waits for it be used within two minutes. One that was used or has run out stays so.
 *
 * Returns: whether it was written
 */
gboolean
portal_challenges_pass (PortalStore *store, const char *id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  gint64 now;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE challenges SET status = 'passed', expires_at = ? "
                                     "WHERE id = ? AND status = 'pending' AND expires_at > ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  now = portal_store_get_now (store);
  linkage_statement_bind_int (statement, 0, now + PORTAL_CHALLENGES_PASSED_LIFETIME);
  linkage_statement_bind_text (statement, 1, id);
  linkage_statement_bind_int (statement, 2, now);

  return linkage_statement_run (statement, error);
}

/**
 * portal_challenges_solve:
 * @store: a store in a transaction
 * @challenge: a session that portal_challenges_load() gave; its status follows
 * @payload: what the client sent
 * @problem: (out): PORTAL_PROBLEM_NONE where it passes
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Looks at a solution. It counts for the challenge that it solves and for no other. Sent again, as after an answer that
 * was lost, it passes again until the session was used.
 *
 * Returns: FALSE on error
 */
gboolean
portal_challenges_solve (PortalStore *store,
                         LinkageChallenge *challenge,
                         const char *payload,
                         PortalProblemType *problem,
                         GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (challenge != NULL && payload != NULL && problem != NULL, FALSE);

  *problem = PORTAL_PROBLEM_NONE;
  if (challenge->status == LINKAGE_CHALLENGE_EXPIRED)
    *problem = PORTAL_PROBLEM_CHALLENGE_EXPIRED;
  else if (challenge->status == LINKAGE_CHALLENGE_USED || challenge->proof_of_work == NULL ||
           !linkage_proof_of_work_verify (payload, portal_store_get_secret (store),
                                          challenge->proof_of_work->challenge))
    *problem = PORTAL_PROBLEM_CHALLENGE_FAILED;
  if (*problem != PORTAL_PROBLEM_NONE)
    return TRUE;

  challenge->status = LINKAGE_CHALLENGE_PASSED;
  return set_status (store, challenge->id, LINKAGE_CHALLENGE_PASSED, error);
}

static PortalProblemType
check_session (LinkageStatement *statement, const PortalChallengeBinding *binding, gint64 now)
{
  LinkageChallengeStatus status = LINKAGE_CHALLENGE_PENDING;

  if (!g_str_equal (linkage_statement_get_text (statement, 0), binding->account_id) ||
      !g_str_equal (linkage_statement_get_text (statement, 1), binding->user_id) ||
      !g_str_equal (linkage_statement_get_text (statement, 2), binding->customer_id) ||
      linkage_action_from_string (linkage_statement_get_text (statement, 3)) != binding->action)
    return PORTAL_PROBLEM_CHALLENGE_MISMATCH;

  linkage_challenge_status_from_string (linkage_statement_get_text (statement, 4), &status);
  if (status == LINKAGE_CHALLENGE_USED || linkage_statement_get_int (statement, 5) <= now)
    return PORTAL_PROBLEM_CHALLENGE_EXPIRED;

  return status == LINKAGE_CHALLENGE_PASSED ? PORTAL_PROBLEM_NONE : PORTAL_PROBLEM_CHALLENGE_REQUIRED;
}

/**
 * portal_challenges_use:
 * @store: a store in the transaction that accepts the request
 * @id: (nullable): the session that the client names
 * @binding: what is about to be done
 * @problem: (out): PORTAL_PROBLEM_NONE where the session passed and is used up now
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_challenges_use (PortalStore *store,
                       const char *id,
                       const PortalChallengeBinding *binding,
                       PortalProblemType *problem,
                       GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (binding != NULL && problem != NULL, FALSE);

  *problem = PORTAL_PROBLEM_CHALLENGE_REQUIRED;
  if (id == NULL)
    return TRUE;

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "SELECT account_id, user_id, customer_id, action, status, expires_at FROM challenges WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, id);
  step = linkage_statement_step (statement, error);
  if (step != LINKAGE_STEP_ROW)
    return step == LINKAGE_STEP_DONE;

  *problem = check_session (statement, binding, portal_store_get_now (store));
  return *problem != PORTAL_PROBLEM_NONE || set_status (store, id, LINKAGE_CHALLENGE_USED, error);
}

/**
 * portal_challenges_purge:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Forgets the sessions that ran out a day ago.
 *
 * Returns: whether it was written
 */
gboolean
portal_challenges_purge (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement =
    linkage_statement_get (portal_store_get_database (store), "DELETE FROM challenges WHERE expires_at <= ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store) - KEPT_AFTER_EXPIRY);

  return linkage_statement_run (statement, error);
}

static void
add_work (JsonBuilder *builder, const LinkageProofOfWork *work)
{
  if (work == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "algorithm", work->algorithm);
  portal_json_add_string (builder, "challenge", work->challenge);
  portal_json_add_int (builder, "max-number", work->max_number);
  portal_json_add_string (builder, "salt", work->salt);
  portal_json_add_string (builder, "signature", work->signature);
  json_builder_end_object (builder);
}

/**
 * portal_challenge_add_json:
 * @builder: a builder that expects a value
 * @challenge: a challenge session
 *
 * Adds the session as `Challenge` of data/openapi.yaml.
 */
void
portal_challenge_add_json (JsonBuilder *builder, const LinkageChallenge *challenge)
{
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", challenge->id);
  portal_json_add_string (builder, "action", linkage_action_to_string (challenge->action));
  portal_json_add_string (builder, "customer-id", challenge->customer_id);
  portal_json_add_string (builder, "provider", challenge->provider);
  portal_json_add_string (builder, "status", linkage_challenge_status_to_string (challenge->status));
  portal_json_add_time (builder, "expires-at", challenge->expires_at);
  json_builder_set_member_name (builder, "proof-of-work");
  add_work (builder, challenge->proof_of_work);
  portal_json_add_string (builder, "page", challenge->page);
  if (challenge->page != NULL)
    portal_json_add_int (builder, "interval", POLL_INTERVAL);
  json_builder_end_object (builder);
}
