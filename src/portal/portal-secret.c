/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-secret.h"

#include <string.h>

#include "linkage-random.h"

/**
 * portal_secret_new_token:
 *
 * Returns: (transfer full): 256 random bits as text that goes into a URL or a header as it is
 */
char *
portal_secret_new_token (void)
{
  return linkage_random_new_text (32);
}

/**
 * portal_secret_new_id:
 *
 * Returns: (transfer full): an id that nobody can guess, 16 characters of base64url
 */
char *
portal_secret_new_id (void)
{
  return linkage_random_new_text (12);
}

/**
 * portal_secret_new_number:
 * @maximum: the largest number that may come, 0 … 2⁵³
 *
 * Returns: a random number between 0 and @maximum
 */
gint64
portal_secret_new_number (gint64 maximum)
{
  guint64 number;

  g_return_val_if_fail (maximum >= 0, 0);

  linkage_random_fill ((guint8 *)&number, sizeof number);
  return number % ((guint64)maximum + 1);
}

/**
 * portal_secret_hash:
 * @token: a token of 256 random bits
 *
 * A token is as random as a key, so a plain SHA-256 is all that the table needs to keep.
 *
 * Returns: (transfer full): the hash to store and to look up
 */
char *
portal_secret_hash (const char *token)
{
  g_return_val_if_fail (token != NULL, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/**
 * portal_secret_equal:
 * @a: a text
 * @b: another
 *
 * Returns: whether they are equal, in a time that says nothing of where they differ
 */
gboolean
portal_secret_equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;
  gsize i;

  if (length != strlen (b))
    return FALSE;

  for (i = 0; i < length; i++)
    difference |= (guint8)(a[i] ^ b[i]);

  return difference == 0;
}
