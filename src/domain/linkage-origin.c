/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-origin.h"

/**
 * linkage_origin_from_string:
 * @string: (nullable): an origin as the portal writes it
 * @origin: (out): where to put it; untouched when the word is unknown
 *
 * Reads where a connection came from.
 *
 * Returns: whether @string names an origin
 */
gboolean
linkage_origin_from_string (const char *string, LinkageOrigin *origin)
{
  g_return_val_if_fail (origin != NULL, FALSE);

  if (g_strcmp0 (string, "suggestion") == 0)
    *origin = LINKAGE_ORIGIN_SUGGESTION;
  else if (g_strcmp0 (string, "search") == 0)
    *origin = LINKAGE_ORIGIN_SEARCH;
  else
    return FALSE;

  return TRUE;
}

/**
 * linkage_origin_to_string:
 * @origin: an origin
 *
 * Writes an origin as the portal does, for storage and for the wire.
 *
 * Returns: (transfer none): the origin's word
 */
const char *
linkage_origin_to_string (LinkageOrigin origin)
{
  switch (origin)
    {
    case LINKAGE_ORIGIN_SUGGESTION:
      return "suggestion";
    case LINKAGE_ORIGIN_SEARCH:
      return "search";
    default:
      g_return_val_if_reached (NULL);
    }
}
