/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-attempt.h"

G_DEFINE_BOXED_TYPE (LinkageAttempt, linkage_attempt, linkage_attempt_ref, linkage_attempt_unref)

static void
clear (LinkageAttempt *attempt)
{
  g_free (attempt->contact_email);
  g_free (attempt->requested_by);
  g_free (attempt->comment);
}

/**
 * linkage_attempt_new:
 *
 * Makes an attempt for the caller to fill in before it is shared: the first one, pending, without times.
 *
 * Returns: (transfer full): a new attempt
 */
LinkageAttempt *
linkage_attempt_new (void)
{
  LinkageAttempt *attempt = g_atomic_rc_box_new0 (LinkageAttempt);

  attempt->number = 1;
  attempt->outcome = LINKAGE_STATUS_PENDING;

  return attempt;
}

/**
 * linkage_attempt_copy:
 * @attempt: an attempt
 *
 * Makes an attempt like another for the caller to change before it is part of a connection.
 *
 * Returns: (transfer full): a new attempt
 */
LinkageAttempt *
linkage_attempt_copy (const LinkageAttempt *attempt)
{
  LinkageAttempt *copy = NULL;

  g_return_val_if_fail (attempt != NULL, NULL);

  copy = linkage_attempt_new ();
  copy->number = attempt->number;
  copy->requested_at = attempt->requested_at;
  copy->expires_at = attempt->expires_at;
  copy->responded_at = attempt->responded_at;
  copy->outcome = attempt->outcome;
  copy->contact_email = g_strdup (attempt->contact_email);
  copy->requested_by = g_strdup (attempt->requested_by);
  copy->comment = g_strdup (attempt->comment);

  return copy;
}

/**
 * linkage_attempt_ref:
 * @attempt: an attempt
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @attempt
 */
LinkageAttempt *
linkage_attempt_ref (LinkageAttempt *attempt)
{
  g_return_val_if_fail (attempt != NULL, NULL);

  return g_atomic_rc_box_acquire (attempt);
}

/**
 * linkage_attempt_unref:
 * @attempt: (transfer full): an attempt
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_attempt_unref (LinkageAttempt *attempt)
{
  g_return_if_fail (attempt != NULL);

  g_atomic_rc_box_release_full (attempt, (GDestroyNotify)clear);
}
