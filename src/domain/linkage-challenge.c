/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-challenge.h"

static const char *const statuses[] = {
  [LINKAGE_CHALLENGE_PENDING] = "pending",
  [LINKAGE_CHALLENGE_PASSED] = "passed",
  [LINKAGE_CHALLENGE_EXPIRED] = "expired",
  [LINKAGE_CHALLENGE_USED] = "used",
};

G_DEFINE_BOXED_TYPE (LinkageChallenge, linkage_challenge, linkage_challenge_ref, linkage_challenge_unref)

static void
clear (LinkageChallenge *challenge)
{
  g_free (challenge->id);
  g_free (challenge->customer_id);
  g_free (challenge->provider);
  g_clear_pointer (&challenge->proof_of_work, linkage_proof_of_work_free);
  g_free (challenge->page);
}

/**
 * linkage_challenge_new:
 * @id: the session's id on the portal
 * @action: what it is bound to: %LINKAGE_ACTIONS_REQUEST or %LINKAGE_ACTIONS_RESEND
 * @customer_id: the customer it is bound to
 *
 * Makes a challenge session for the caller to fill in before it is shared: pending, by proof of work.
 *
 * Returns: (transfer full): a new session
 */
LinkageChallenge *
linkage_challenge_new (const char *id, LinkageActions action, const char *customer_id)
{
  LinkageChallenge *challenge = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (action == LINKAGE_ACTIONS_REQUEST || action == LINKAGE_ACTIONS_RESEND, NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);

  challenge = g_atomic_rc_box_new0 (LinkageChallenge);
  challenge->id = g_strdup (id);
  challenge->action = action;
  challenge->customer_id = g_strdup (customer_id);
  challenge->provider = g_strdup ("proof-of-work");
  challenge->status = LINKAGE_CHALLENGE_PENDING;

  return challenge;
}

/**
 * linkage_challenge_ref:
 * @challenge: a challenge session
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @challenge
 */
LinkageChallenge *
linkage_challenge_ref (LinkageChallenge *challenge)
{
  g_return_val_if_fail (challenge != NULL, NULL);

  return g_atomic_rc_box_acquire (challenge);
}

/**
 * linkage_challenge_unref:
 * @challenge: (transfer full): a challenge session
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_challenge_unref (LinkageChallenge *challenge)
{
  g_return_if_fail (challenge != NULL);

  g_atomic_rc_box_release_full (challenge, (GDestroyNotify)clear);
}

/**
 * linkage_challenge_status_from_string:
 * @string: (nullable): a session's status as the portal writes it
 * @status: (out): where to put it; untouched when the word is unknown
 *
 * Reads how a challenge session stands.
 *
 * Returns: whether @string names a status
 */
gboolean
linkage_challenge_status_from_string (const char *string, LinkageChallengeStatus *status)
{
  g_return_val_if_fail (status != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (statuses[i], string) == 0)
        {
          *status = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * linkage_challenge_status_to_string:
 * @status: a session's status
 *
 * Writes how a challenge session stands as the portal does.
 *
 * Returns: (transfer none): the status's word
 */
const char *
linkage_challenge_status_to_string (LinkageChallengeStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status];
}
