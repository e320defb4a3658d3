/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-writer.h"

#include "linkage-connection-table.h"

/* Revisions compare only within an epoch. */
static gboolean
is_known (const LinkageConnectionRecord *record, const LinkageReading *reading, gint64 revision)
{
  return record->exists && record->generation >= reading->epoch_generation && revision <= record->revision;
}

/*
 * linkage_connection_writer_put:
 *
 * Writes a connection unless this revision, or a higher one, is known; it counts as seen in any case.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_writer_put (LinkageDatabase *database,
                               const LinkageReading *reading,
                               const LinkageConnection *connection,
                               LinkageStoreEffects *effects,
                               GError **error)
{
  LinkageConnectionRecord record;
  gint64 row_id;

  if (!linkage_connection_table_look_up (database, connection->id, &record, error))
    return FALSE;

  if (is_known (&record, reading, connection->revision))
    {
      if (!record.is_shown || record.generation == reading->generation)
        return TRUE;
      return linkage_connection_table_mark_seen (database, record.row_id, reading->generation, error);
    }

  if (!linkage_connection_table_write (database, connection, &record, reading->generation, &row_id, error))
    return FALSE;

  linkage_store_effects_add_row (effects, row_id, FALSE);

  return TRUE;
}

/* Rows of another epoch are not history of this portal. */
static LinkageRemoval
get_removal (const LinkageReading *reading)
{
  return (LinkageRemoval){
    .at = linkage_store_get_now () + reading->clock_offset,
    .kept_since = reading->epoch_generation,
  };
}

/*
 * linkage_connection_writer_remove:
 *
 * Marks a connection as removed unless a higher revision is known, and remembers the revision, so that an older page
 * cannot bring it back.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_writer_remove (LinkageDatabase *database,
                                  const LinkageReading *reading,
                                  const LinkageTombstone *tombstone,
                                  LinkageStoreEffects *effects,
                                  GError **error)
{
  LinkageRemoval removal = get_removal (reading);
  LinkageConnectionRecord record;

  if (!linkage_connection_table_look_up (database, tombstone->id, &record, error))
    return FALSE;

  /* A tombstone has a revision of its own: one that is as high as the row's was already taken, or is none. */
  if (is_known (&record, reading, tombstone->revision))
    return TRUE;

  if (!linkage_connection_table_bury (database, tombstone->id, &record, tombstone->revision, reading->generation,
                                      &removal, error))
    return FALSE;

  if (record.is_shown)
    linkage_store_effects_add_row (effects, record.row_id, TRUE);

  return TRUE;
}

/*
 * linkage_connection_writer_remove_unseen:
 *
 * Marks as removed what a reading from the beginning, now at its end, has not met.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_writer_remove_unseen (LinkageDatabase *database,
                                         const LinkageReading *reading,
                                         LinkageStoreEffects *effects,
                                         GError **error)
{
  LinkageRemoval removal = get_removal (reading);
  g_autoptr (GArray) row_ids = linkage_connection_table_bury_unseen (database, reading->generation, &removal, error);

  if (row_ids == NULL)
    return FALSE;

  for (guint i = 0; i < row_ids->len; i++)
    linkage_store_effects_add_row (effects, g_array_index (row_ids, gint64, i), TRUE);

  return TRUE;
}
