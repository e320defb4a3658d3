/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-pkce.h"

#include <string.h>

#include "linkage-random.h"
#include "linkage-text.h"

#define VERIFIER_BYTES 32
#define SHORTEST_VERIFIER 43
#define LONGEST_VERIFIER 128
#define CHALLENGE_LENGTH 43 /* SHA-256 in base64url without padding */

static gboolean
is_made_of (const char *text, const char *others)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (others, *text) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * linkage_pkce_new_verifier:
 *
 * Returns: (transfer full): a new code verifier (RFC 7636, 4.1)
 */
char *
linkage_pkce_new_verifier (void)
{
  return linkage_random_new_text (VERIFIER_BYTES);
}

/**
 * linkage_pkce_make_challenge:
 * @verifier: a code verifier
 *
 * Returns: (transfer full): the code challenge that goes with it (RFC 7636, 4.2)
 */
char *
linkage_pkce_make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (verifier != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)verifier, (gssize)strlen (verifier));
  g_checksum_get_digest (checksum, digest, &length);

  return linkage_text_encode_base64url (digest, length);
}

/**
 * linkage_pkce_is_challenge:
 * @text: what a client sent
 *
 * Returns: whether it can be a challenge of the method S256
 */
gboolean
linkage_pkce_is_challenge (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return strlen (text) == CHALLENGE_LENGTH && is_made_of (text, "-_");
}

/**
 * linkage_pkce_verify:
 * @challenge: what a sign-in began with
 * @verifier: what is shown at its end
 *
 * Returns: whether the two go together (RFC 7636, 4.6)
 */
gboolean
linkage_pkce_verify (const char *challenge, const char *verifier)
{
  g_autofree char *computed = NULL;
  gsize length;

  g_return_val_if_fail (challenge != NULL && verifier != NULL, FALSE);

  length = strlen (verifier);
  if (length < SHORTEST_VERIFIER || length > LONGEST_VERIFIER || !is_made_of (verifier, "-._~"))
    return FALSE;
  computed = linkage_pkce_make_challenge (verifier);

  return g_str_equal (computed, challenge);
}
