/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-proof-of-work.h"

#include <string.h>

#include "linkage-proof-payload.h"

#define ALGORITHM "SHA-256"
#define DIGEST_SIZE 32
#define ROUNDS_PER_REPORT 4096

static void
hash (GChecksum *checksum, const char *salt, gint64 number, guint8 digest[DIGEST_SIZE])
{
  char decimal[24];
  gsize length = DIGEST_SIZE;

  g_snprintf (decimal, sizeof decimal, "%" G_GINT64_FORMAT, number);
  g_checksum_reset (checksum);
  g_checksum_update (checksum, (const guchar *)salt, -1);
  g_checksum_update (checksum, (const guchar *)decimal, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

static char *
hash_to_hex (const char *salt, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT, salt, number);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
sign (GBytes *key, const char *challenge)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data (key, &size);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, data, size, challenge, -1);
}

/* Takes as long wherever the two differ, so that no signature can be guessed byte by byte. */
static gboolean
equal_in_constant_time (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8)(a[i] ^ b[i]);

  return difference == 0;
}

static gboolean
decode_digest (const char *hex, guint8 digest[DIGEST_SIZE])
{
  if (strlen (hex) != 2 * DIGEST_SIZE)
    return FALSE;

  for (gsize i = 0; i < DIGEST_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      digest[i] = (guint8)(high * 16 + low);
    }

  return TRUE;
}

/**
 * linkage_proof_of_work_new:
 *
 * Makes an empty challenge for the caller to fill in.
 *
 * Returns: (transfer full): a new challenge
 */
LinkageProofOfWork *
linkage_proof_of_work_new (void)
{
  return g_new0 (LinkageProofOfWork, 1);
}

/**
 * linkage_proof_of_work_copy:
 * @work: a challenge
 *
 * Returns: (transfer full): a copy of @work
 */
LinkageProofOfWork *
linkage_proof_of_work_copy (const LinkageProofOfWork *work)
{
  LinkageProofOfWork *copy = NULL;

  g_return_val_if_fail (work != NULL, NULL);

  copy = linkage_proof_of_work_new ();
  copy->algorithm = g_strdup (work->algorithm);
  copy->challenge = g_strdup (work->challenge);
  copy->salt = g_strdup (work->salt);
  copy->signature = g_strdup (work->signature);
  copy->max_number = work->max_number;

  return copy;
}

/**
 * linkage_proof_of_work_free:
 * @work: (transfer full): a challenge
 */
void
linkage_proof_of_work_free (LinkageProofOfWork *work)
{
  g_return_if_fail (work != NULL);

  g_free (work->algorithm);
  g_free (work->challenge);
  g_free (work->salt);
  g_free (work->signature);
  g_free (work);
}

/**
 * linkage_proof_of_work_create:
 * @key: the secret with which challenges are signed
 * @salt: random text, used once; it ends with something that is no digit (ALTCHA: `?expires=UNIX&`), or part of it
 *   could be taken for the number's first digits
 * @number: the secret number, from 0 to @max_number
 * @max_number: how far to look, at most %LINKAGE_PROOF_OF_WORK_MAX
 *
 * The side that asks: makes a challenge of ALTCHA version 1.
 *
 * Returns: (transfer full): a new challenge
 */
LinkageProofOfWork *
linkage_proof_of_work_create (GBytes *key, const char *salt, gint64 number, gint64 max_number)
{
  LinkageProofOfWork *work = NULL;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (salt != NULL, NULL);
  g_return_val_if_fail (number >= 0 && number <= max_number, NULL);
  g_return_val_if_fail (max_number <= LINKAGE_PROOF_OF_WORK_MAX, NULL);

  work = linkage_proof_of_work_new ();
  work->algorithm = g_strdup (ALGORITHM);
  work->challenge = hash_to_hex (salt, number);
  work->salt = g_strdup (salt);
  work->signature = sign (key, work->challenge);
  work->max_number = max_number;

  return work;
}

static gboolean
check_solvable (const LinkageProofOfWork *work, guint8 wanted[DIGEST_SIZE], GError **error)
{
  if (g_strcmp0 (work->algorithm, ALGORITHM) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Unknown proof-of-work algorithm");
      return FALSE;
    }
  if (work->challenge == NULL || work->salt == NULL || work->signature == NULL ||
      !decode_digest (work->challenge, wanted))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Malformed proof-of-work challenge");
      return FALSE;
    }
  if (work->max_number < 0 || work->max_number > LINKAGE_PROOF_OF_WORK_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Proof of work up to %" G_GINT64_FORMAT,
                   work->max_number);
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_proof_of_work_solve:
 * @work: a challenge
 * @progress: (nullable) (scope call): called every few thousand rounds, on the calling thread, with the fraction of
 *   numbers looked at
 * @user_data: for @progress
 * @cancellable: (nullable): looked at as often
 * @error: return location
 *
 * The side that is asked: looks for the number. This computes for up to some seconds; call it on a thread of its own.
 *
 * Fails with %G_IO_ERROR_CANCELLED, with %G_IO_ERROR_NOT_SUPPORTED for an algorithm other than SHA-256, with
 * %G_IO_ERROR_INVALID_DATA for a challenge that is malformed or asks for more than %LINKAGE_PROOF_OF_WORK_MAX, and with
 * %G_IO_ERROR_NOT_FOUND when no number fits.
 *
 * Returns: (transfer full) (nullable): the payload for the portal, in base64; %NULL with @error set
 */
char *
linkage_proof_of_work_solve (const LinkageProofOfWork *work,
                             LinkageProofOfWorkProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 wanted[DIGEST_SIZE];
  guint8 digest[DIGEST_SIZE];

  g_return_val_if_fail (work != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_solvable (work, wanted, error))
    return NULL;

  for (gint64 number = 0; number <= work->max_number; number++)
    {
      if (number % ROUNDS_PER_REPORT == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
          if (progress != NULL)
            progress ((double)number / ((double)work->max_number + 1), user_data);
        }

      hash (checksum, work->salt, number, digest);
      if (memcmp (digest, wanted, DIGEST_SIZE) == 0)
        {
          LinkageProofPayload payload = {
            work->algorithm, work->challenge, number, work->salt, work->signature,
          };

          return linkage_proof_payload_encode (&payload);
        }
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No number fits the proof-of-work challenge");
  return NULL;
}

/**
 * linkage_proof_of_work_verify:
 * @payload: any bytes: what the solver handed in
 * @key: the secret with which challenges are signed
 * @expected_challenge: the challenge that this solver was given
 *
 * The side that asks: whether a payload proves the work. That the challenge is still open and was not used before is
 * for the caller to see to, whose session holds it.
 *
 * Returns: whether @payload solves @expected_challenge
 */
gboolean
linkage_proof_of_work_verify (const char *payload, GBytes *key, const char *expected_challenge)
{
  g_autoptr (LinkageProofPayload) proof = NULL;
  g_autofree char *challenge = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (payload != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (expected_challenge != NULL, FALSE);

  proof = linkage_proof_payload_decode (payload);
  if (proof == NULL || strcmp (proof->algorithm, ALGORITHM) != 0 || proof->number > LINKAGE_PROOF_OF_WORK_MAX)
    return FALSE;

  challenge = hash_to_hex (proof->salt, proof->number);
  signature = sign (key, challenge);

  return equal_in_constant_time (challenge, expected_challenge) &&
         equal_in_constant_time (proof->challenge, expected_challenge) &&
         equal_in_constant_time (proof->signature, signature);
}
