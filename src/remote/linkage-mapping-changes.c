/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-changes.h"

#include "linkage-mapping-account.h"
#include "linkage-mapping-connection.h"
#include "linkage-mapping-limits.h"

static gpointer
read_tombstone (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *id = NULL;
  gint64 revision;

  if (!linkage_json_reader_read_id (reader, "id", &id, error) ||
      !linkage_json_reader_read_integer (reader, "revision", 1, G_MAXINT64, &revision, error))
    return NULL;

  return linkage_tombstone_new (id, revision);
}

static gboolean
read_states (const LinkageJsonReader *reader, LinkageChanges *changes, GError **error)
{
  if (!linkage_json_reader_read_nullable_text (reader, "old-state", LINKAGE_MAX_STATE, &changes->old_state, error) ||
      !linkage_json_reader_read_text (reader, "new-state", LINKAGE_MAX_STATE, &changes->new_state, error) ||
      !linkage_json_reader_read_flag (reader, "has-more-changes", &changes->has_more, error))
    return FALSE;
  if (*changes->new_state == '\0')
    {
      linkage_json_reader_set_error (reader, "new-state", "is empty", error);
      return FALSE;
    }
  /* Else a client that asks for the rest would ask for ever. */
  if (changes->has_more && g_strcmp0 (changes->old_state, changes->new_state) == 0)
    {
      linkage_json_reader_set_error (reader, "new-state", "does not advance", error);
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_mapping_read_changes:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads one page of changes.
 *
 * Returns: (transfer full) (nullable) (type LinkageChanges): the page, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_changes (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageChanges) changes = linkage_changes_new ();

  if (!read_states (reader, changes, error) ||
      !linkage_json_reader_read_count (reader, "total", 0, G_MAXINT, &changes->total, error) ||
      !linkage_json_reader_read_list (reader, "changed", LINKAGE_MAX_CHANGES, linkage_mapping_read_connection,
                                      changes->changed, error) ||
      !linkage_json_reader_read_list (reader, "removed", LINKAGE_MAX_CHANGES, read_tombstone, changes->removed, error))
    return NULL;
  changes->account = linkage_json_reader_read_value (reader, "account", linkage_mapping_read_account, error);
  if (changes->account == NULL)
    return NULL;

  return g_steal_pointer (&changes);
}
