/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-removed-table.h"
#include "linkage-store-private.h"

typedef struct
{
  guint offset;
  guint limit;
  guint total;
  GPtrArray *rows; /* (owned) (nullable) (element-type LinkageRemovedConnection) */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->rows, g_ptr_array_unref);
  g_free (listing);
}

/* In one transaction, so that the number and the rows agree. */
static gboolean
run (LinkageDatabase *database, gpointer data, GError **error)
{
  Listing *listing = data;

  if (!linkage_database_execute (database, "BEGIN", error))
    return FALSE;

  if (linkage_removed_table_count (database, &listing->total, error))
    listing->rows = linkage_removed_table_read (database, listing->offset, listing->limit, error);
  linkage_database_rollback (database);

  return listing->rows != NULL;
}

/**
 * linkage_store_list_removed_async:
 * @offset: how many to leave out, of those that went last
 * @limit: how many at most
 * @cancellable: (nullable): interrupts it
 *
 * Reads rows that the portal took away and that had any attempt, in a thread of its own.
 */
void
linkage_store_list_removed_async (LinkageStore *self,
                                  guint offset,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Listing *listing;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  listing = g_new0 (Listing, 1);
  listing->offset = offset;
  listing->limit = limit;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_list_removed_async);
  g_task_set_task_data (task, listing, listing_free);
  linkage_database_thread_read (linkage_store_get_reader (self), g_steal_pointer (&task), run);
}

/**
 * linkage_store_list_removed_finish:
 * @total: (out) (optional): how many there are in all
 *
 * Returns: (transfer full) (element-type LinkageRemovedConnection): those that went last first, or %NULL with @error in
 *   LINKAGE_STORE_ERROR; or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
GPtrArray *
linkage_store_list_removed_finish (LinkageStore *self, GAsyncResult *result, guint *total, GError **error)
{
  Listing *listing;

  g_return_val_if_fail (LINKAGE_IS_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      linkage_store_fail (self, error);
      return NULL;
    }

  listing = g_task_get_task_data (G_TASK (result));
  if (total != NULL)
    *total = listing->total;

  return g_steal_pointer (&listing->rows);
}
