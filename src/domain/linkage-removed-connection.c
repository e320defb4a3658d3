/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-removed-connection.h"

G_DEFINE_BOXED_TYPE (LinkageRemovedConnection,
                     linkage_removed_connection,
                     linkage_removed_connection_ref,
                     linkage_removed_connection_unref)

static void
clear (LinkageRemovedConnection *removed)
{
  linkage_connection_unref (removed->connection);
}

/**
 * linkage_removed_connection_new:
 * @connection: the row as it was; a reference is taken
 * @removed_at: when it was taken away, Unix seconds, UTC
 *
 * Makes the record of a row that is no more.
 *
 * Returns: (transfer full): a new record
 */
LinkageRemovedConnection *
linkage_removed_connection_new (LinkageConnection *connection, gint64 removed_at)
{
  LinkageRemovedConnection *removed = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  removed = g_atomic_rc_box_new0 (LinkageRemovedConnection);
  removed->connection = linkage_connection_ref (connection);
  removed->removed_at = removed_at;

  return removed;
}

/**
 * linkage_removed_connection_ref:
 * @removed: the record of a row that is no more
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @removed
 */
LinkageRemovedConnection *
linkage_removed_connection_ref (LinkageRemovedConnection *removed)
{
  g_return_val_if_fail (removed != NULL, NULL);

  return g_atomic_rc_box_acquire (removed);
}

/**
 * linkage_removed_connection_unref:
 * @removed: (transfer full): the record of a row that is no more
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_removed_connection_unref (LinkageRemovedConnection *removed)
{
  g_return_if_fail (removed != NULL);

  g_atomic_rc_box_release_full (removed, (GDestroyNotify)clear);
}
