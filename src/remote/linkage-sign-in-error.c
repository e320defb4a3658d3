/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-sign-in-error.h"

G_DEFINE_QUARK (linkage - sign - in - error - quark, linkage_sign_in_error)

typedef struct
{
  const char *word;
  LinkageSignInError code;
} Meaning;

static const Meaning meanings[] = {
  { "access_denied", LINKAGE_SIGN_IN_ERROR_DENIED },
  { "invalid_grant", LINKAGE_SIGN_IN_ERROR_EXPIRED },
};

/* Words are defined without spaces; what else may come is not worth printing. */
static gboolean
is_word (const char *text)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    if (length == 64 || (!g_ascii_isalnum (text[length]) && text[length] != '_'))
      return FALSE;

  return length > 0;
}

/**
 * linkage_sign_in_error_from_word:
 * @word: the `error` of an answer (RFC 6749, 4.1.2.1 and 5.2)
 *
 * Returns: (transfer full): the error that says it
 */
GError *
linkage_sign_in_error_from_word (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (word, meanings[i].word))
      return g_error_new (LINKAGE_SIGN_IN_ERROR, meanings[i].code, "The portal answered %s", word);

  return g_error_new (LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_REFUSED, "The portal answered %s",
                      is_word (word) ? word : "with an unknown error");
}
