/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-passwords.h"

#include <crypt.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "linkage-random.h"
#include "portal-error.h"
#include "portal-secret.h"

#define YESCRYPT "$y$"
#define SALT_BYTES 16

/* Of yescrypt's cost; 0 is its own choice: about 16 MiB and 90 ms. */
#define COST_OF_CHOSEN 0
#define COST_OF_RANDOM 1

/* Nobody's: who has no password is refused as slowly as who has another one. */
#define SETTING_OF_NOBODY "$y$j9T$WqTv1NGm6Q6K1l2eFY1Pj0"

static char *
compute (const char *password, const char *setting)
{
  g_autofree struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hash = crypt_rn (password, setting, data, sizeof *data);
  char *copy = g_strdup (hash);

  explicit_bzero (data, sizeof *data);

  return copy;
}

/* Composed and decomposed accents are the same password. */
static char *
normalize (const char *password)
{
  return g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
}

static gboolean
check_length (const char *password, GError **error)
{
  if (g_utf8_strlen (password, -1) < PORTAL_PASSWORDS_MINIMUM)
    {
      g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_INVALID,
                   /* Translators: %d is the smallest number. */
                   ngettext ("A password has at least %d character", "A password has at least %d characters",
                             PORTAL_PASSWORDS_MINIMUM),
                   PORTAL_PASSWORDS_MINIMUM);
      return FALSE;
    }
  if (strlen (password) > PORTAL_PASSWORDS_MAXIMUM)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("The password is too long"));
      return FALSE;
    }

  return TRUE;
}

/**
 * portal_passwords_hash:
 * @password: a password
 * @kind: how hard it is to guess
 * @error: return location for an error of PORTAL_ERROR_INVALID, with a sentence, or G_FILE_ERROR
 *
 * Hashes a password with yescrypt and a salt of its own. Takes about 90 ms where a person chose it.
 *
 * Returns: (transfer full) (nullable): the hash to store, NULL on error
 */
char *
portal_passwords_hash (const char *password, PortalPasswordKind kind, GError **error)
{
  g_autofree char *normal = NULL;
  char salt[SALT_BYTES];
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  char *hash = NULL;

  g_return_val_if_fail (password != NULL, NULL);

  normal = normalize (password);
  if (normal == NULL)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("The password is not in UTF-8"));
      return NULL;
    }
  if (!check_length (normal, error))
    return NULL;

  linkage_random_fill ((guint8 *)salt, sizeof salt);
  if (crypt_gensalt_rn (YESCRYPT, kind == PORTAL_PASSWORD_CHOSEN ? COST_OF_CHOSEN : COST_OF_RANDOM, salt, sizeof salt,
                        setting, sizeof setting) != NULL)
    hash = compute (normal, setting);
  if (hash == NULL)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "yescrypt: %s", g_strerror (code));
    }

  return hash;
}

/**
 * portal_passwords_check:
 * @password: what was typed
 * @hash: (nullable): the hash that is stored; NULL where there is no such user, or one without a password
 *
 * Takes about as long whether there is a hash or not, so that the time does not say who has an account.
 *
 * Returns: whether it is the password
 */
gboolean
portal_passwords_check (const char *password, const char *hash)
{
  g_autofree char *normal = NULL;
  g_autofree char *computed = NULL;

  g_return_val_if_fail (password != NULL, FALSE);

  normal = normalize (password);
  if (normal == NULL || strlen (normal) > PORTAL_PASSWORDS_MAXIMUM)
    return FALSE;

  computed = compute (normal, hash != NULL ? hash : SETTING_OF_NOBODY);

  return hash != NULL && computed != NULL && portal_secret_equal (computed, hash);
}
