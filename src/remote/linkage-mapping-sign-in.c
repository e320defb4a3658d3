/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-sign-in.h"

#include "linkage-mapping-limits.h"
#include "linkage-mapping-page.h"
#include "linkage-pkce.h"

#define LONGEST_LIFETIME (10 * 365 * 24 * 60 * 60) /* seconds */

/**
 * linkage_sign_in_metadata_copy:
 * @metadata: metadata
 *
 * Returns: (transfer full): a copy
 */
LinkageSignInMetadata *
linkage_sign_in_metadata_copy (const LinkageSignInMetadata *metadata)
{
  LinkageSignInMetadata *copy;

  g_return_val_if_fail (metadata != NULL, NULL);

  copy = g_new0 (LinkageSignInMetadata, 1);
  copy->issuer = g_strdup (metadata->issuer);
  copy->authorization_endpoint = g_strdup (metadata->authorization_endpoint);
  copy->token_endpoint = g_strdup (metadata->token_endpoint);
  copy->revocation_endpoint = g_strdup (metadata->revocation_endpoint);
  copy->has_pkce = metadata->has_pkce;
  copy->names_issuer = metadata->names_issuer;

  return copy;
}

/**
 * linkage_sign_in_metadata_free:
 * @metadata: (transfer full): metadata
 *
 * Frees metadata and what it owns.
 */
void
linkage_sign_in_metadata_free (LinkageSignInMetadata *metadata)
{
  g_return_if_fail (metadata != NULL);

  g_free (metadata->issuer);
  g_free (metadata->authorization_endpoint);
  g_free (metadata->token_endpoint);
  g_free (metadata->revocation_endpoint);
  g_free (metadata);
}

static gpointer
read_method (const LinkageJsonReader *reader, GError **error)
{
  return g_strdup (linkage_json_reader_get_text (reader, LINKAGE_MAX_WORD, error));
}

static gboolean
read_methods (const LinkageJsonReader *reader, gboolean *has_pkce, GError **error)
{
  g_autoptr (GPtrArray) methods = g_ptr_array_new_with_free_func (g_free);

  if (linkage_json_reader_has (reader, "code_challenge_methods_supported") &&
      !linkage_json_reader_read_list (reader, "code_challenge_methods_supported", LINKAGE_MAX_PKCE_METHODS, read_method,
                                      methods, error))
    return FALSE;

  *has_pkce = g_ptr_array_find_with_equal_func (methods, LINKAGE_PKCE_METHOD, g_str_equal, NULL);
  return TRUE;
}

/**
 * linkage_mapping_read_sign_in_metadata:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads an authorization server's metadata (RFC 8414, 2). Its addresses are HTTPS or loopback; that it is the issuer
 * that was asked for is for the caller to check.
 *
 * Returns: (transfer full) (nullable) (type LinkageSignInMetadata): the metadata, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_sign_in_metadata (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageSignInMetadata) metadata = g_new0 (LinkageSignInMetadata, 1);

  if (!linkage_mapping_read_page (reader, "issuer", &metadata->issuer, error) ||
      !linkage_mapping_read_page (reader, "authorization_endpoint", &metadata->authorization_endpoint, error) ||
      !linkage_mapping_read_page (reader, "token_endpoint", &metadata->token_endpoint, error) ||
      !read_methods (reader, &metadata->has_pkce, error))
    return NULL;
  if (linkage_json_reader_has (reader, "revocation_endpoint") &&
      !linkage_mapping_read_page (reader, "revocation_endpoint", &metadata->revocation_endpoint, error))
    return NULL;
  if (linkage_json_reader_has (reader, "authorization_response_iss_parameter_supported") &&
      !linkage_json_reader_read_flag (reader, "authorization_response_iss_parameter_supported", &metadata->names_issuer,
                                      error))
    return NULL;

  return g_steal_pointer (&metadata);
}

static gboolean
read_token (const LinkageJsonReader *reader, const char *name, char **token, GError **error)
{
  if (!linkage_json_reader_read_text (reader, name, LINKAGE_MAX_TOKEN, token, error))
    return FALSE;

  for (const char *c = *token; *c != '\0' || c == *token; c++)
    if (!g_ascii_isgraph (*c))
      {
        linkage_json_reader_set_error (reader, name, "is no token", error);
        return FALSE;
      }

  return TRUE;
}

/**
 * linkage_mapping_read_credentials:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a token endpoint's answer (RFC 6749, 5.1).
 *
 * Returns: (transfer full) (nullable) (type LinkageCredentials): the credentials, whose time is counted from now; or
 *   %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_credentials (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageCredentials) credentials = g_new0 (LinkageCredentials, 1);
  g_autofree char *type = NULL;
  gint64 lifetime = 0;

  if (!read_token (reader, "access_token", &credentials->access_token, error) ||
      !linkage_json_reader_read_text (reader, "token_type", LINKAGE_MAX_WORD, &type, error))
    return NULL;
  if (g_ascii_strcasecmp (type, "Bearer") != 0)
    {
      linkage_json_reader_set_error (reader, "token_type", "is not known", error);
      return NULL;
    }
  if (linkage_json_reader_has (reader, "refresh_token") &&
      !read_token (reader, "refresh_token", &credentials->refresh_token, error))
    return NULL;
  if (linkage_json_reader_has (reader, "expires_in") &&
      !linkage_json_reader_read_integer (reader, "expires_in", 1, LONGEST_LIFETIME, &lifetime, error))
    return NULL;

  if (lifetime > 0)
    credentials->expires_at = g_get_real_time () / G_USEC_PER_SEC + lifetime;
  return g_steal_pointer (&credentials);
}

/**
 * linkage_mapping_read_sign_in_refusal:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads why a token endpoint refuses (RFC 6749, 5.2).
 *
 * Returns: (transfer full) (nullable) (type utf8): its word, or %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_sign_in_refusal (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "error", LINKAGE_MAX_NAME, &word, error))
    return NULL;

  return g_steal_pointer (&word);
}
