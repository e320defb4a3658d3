/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-credentials.h"

#include <string.h>

#define FORM "linkage-1" /* how the text begins; no token does */

/**
 * linkage_credentials_new:
 * @access_token: an access token
 * @refresh_token: (nullable): what gets the next one
 * @expires_at: until when @access_token is good, in seconds since 1970 in UTC; 0: nobody knows
 *
 * Returns: (transfer full): new credentials
 */
LinkageCredentials *
linkage_credentials_new (const char *access_token, const char *refresh_token, gint64 expires_at)
{
  LinkageCredentials *credentials;

  g_return_val_if_fail (access_token != NULL, NULL);

  credentials = g_new0 (LinkageCredentials, 1);
  credentials->access_token = g_strdup (access_token);
  credentials->refresh_token = g_strdup (refresh_token);
  credentials->expires_at = expires_at;

  return credentials;
}

/**
 * linkage_credentials_copy:
 * @credentials: credentials
 *
 * Returns: (transfer full): a copy
 */
LinkageCredentials *
linkage_credentials_copy (const LinkageCredentials *credentials)
{
  g_return_val_if_fail (credentials != NULL, NULL);

  return linkage_credentials_new (credentials->access_token, credentials->refresh_token, credentials->expires_at);
}

static void
clear_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * linkage_credentials_free:
 * @credentials: (transfer full): credentials
 *
 * Frees credentials; they are not left in memory.
 */
void
linkage_credentials_free (LinkageCredentials *credentials)
{
  g_return_if_fail (credentials != NULL);

  clear_secret (credentials->access_token);
  clear_secret (credentials->refresh_token);
  g_free (credentials);
}

/**
 * linkage_credentials_parse:
 * @text: what linkage_credentials_print() made, or an access token alone
 *
 * Returns: (transfer full): the credentials
 */
LinkageCredentials *
linkage_credentials_parse (const char *text)
{
  g_auto (GStrv) parts = NULL;
  gint64 expires_at;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, " ", -1);
  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], FORM) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &expires_at, NULL))
    return linkage_credentials_new (text, NULL, 0);

  return linkage_credentials_new (parts[2], *parts[3] != '\0' ? parts[3] : NULL, expires_at);
}

/**
 * linkage_credentials_print:
 * @credentials: credentials
 *
 * Returns: (transfer full): one secret that holds them all
 */
char *
linkage_credentials_print (const LinkageCredentials *credentials)
{
  g_return_val_if_fail (credentials != NULL, NULL);

  return g_strdup_printf (FORM " %" G_GINT64_FORMAT " %s %s", credentials->expires_at, credentials->access_token,
                          credentials->refresh_token != NULL ? credentials->refresh_token : "");
}
