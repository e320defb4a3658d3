/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-json-limits.h"

#include "linkage-remote-error.h"

/**
 * linkage_json_limits_check:
 * @text: (array length=length): bytes from outside; they need no NUL at the end
 * @length: how many bytes
 * @error: return location for an error
 *
 * Checks that bytes are one JSON text as RFC 8259 has it, in UTF-8, within the size and the nesting that replies may
 * have, before a parser sees them. Any thread.
 *
 * Returns: whether it is; else %LINKAGE_REMOTE_ERROR_TOO_LARGE or %LINKAGE_REMOTE_ERROR_INVALID_REPLY is set
 */
gboolean
linkage_json_limits_check (const char *text, gsize length, GError **error)
{
  gsize offset = 0;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (length > LINKAGE_JSON_MAX_SIZE)
    {
      g_set_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE,
                   "The reply has %" G_GSIZE_FORMAT " bytes", length);
      return FALSE;
    }
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY, "The reply is not UTF-8");
      return FALSE;
    }
  if (!linkage_json_scan (text, length, &offset))
    {
      g_set_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                   "The reply is no JSON, cut off or nested too deeply, at byte %" G_GSIZE_FORMAT, offset);
      return FALSE;
    }

  return TRUE;
}
