/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-page.h"

#include "linkage-address.h"
#include "linkage-mapping-limits.h"

/**
 * linkage_mapping_read_page:
 * @reader: a value
 * @name: the name of a member that should be a page's address
 * @value: (inout): where the address goes; what was there is freed
 * @error: return location for an error
 *
 * Reads the address of a page that a browser will open: HTTPS or loopback, so that a portal cannot make the desktop
 * open a file or another program.
 *
 * Returns: whether it was read
 */
gboolean
linkage_mapping_read_page (const LinkageJsonReader *reader, const char *name, char **value, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!linkage_json_reader_read_text (reader, name, LINKAGE_MAX_URI, value, error))
    return FALSE;

  uri = linkage_address_parse (*value, NULL);
  if (uri == NULL)
    {
      linkage_json_reader_set_error (reader, name, "is not the address of a page", error);
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_mapping_read_link:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a one-time link to the customers' pages.
 *
 * Returns: (transfer full) (nullable) (type utf8): the link, or %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_link (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *link = NULL;

  if (!linkage_mapping_read_page (reader, "link", &link, error))
    return NULL;

  return g_steal_pointer (&link);
}
