/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-discovery.h"

#include "linkage-mapping-limits.h"
#include "linkage-mapping-page.h"

static gboolean
check_version (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *version = NULL;

  if (!linkage_json_reader_read_text (reader, "version", LINKAGE_MAX_WORD, &version, error))
    return FALSE;
  if (!g_str_equal (version, "1"))
    {
      linkage_json_reader_set_error (reader, "version", "is not known", error);
      return FALSE;
    }

  return TRUE;
}

static gpointer
read_provider (const LinkageJsonReader *reader, GError **error)
{
  return g_strdup (linkage_json_reader_get_text (reader, LINKAGE_MAX_WORD, error));
}

/**
 * linkage_mapping_read_discovery:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads what a portal says of itself. That its addresses are its own is for the caller to check.
 *
 * Returns: (transfer full) (nullable) (type LinkageDiscovery): the discovery, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_discovery (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageDiscovery) discovery = g_new0 (LinkageDiscovery, 1);
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_free);

  if (!check_version (reader, error) ||
      !linkage_json_reader_read_text (reader, "name", LINKAGE_MAX_NAME, &discovery->name, error) ||
      !linkage_mapping_read_page (reader, "issuer", &discovery->issuer, error) ||
      !linkage_json_reader_read_text (reader, "client-id", LINKAGE_MAX_NAME, &discovery->client_id, error) ||
      !linkage_json_reader_read_text (reader, "api", LINKAGE_MAX_URI, &discovery->api, error) ||
      !linkage_json_reader_read_flag (reader, "sandbox", &discovery->sandbox, error) ||
      !linkage_json_reader_read_list (reader, "challenge-providers", LINKAGE_MAX_PROVIDERS, read_provider, providers,
                                      error))
    return NULL;

  if (providers->len == 1)
    discovery->challenge_provider = g_strdup (g_ptr_array_index (providers, 0));

  return g_steal_pointer (&discovery);
}
