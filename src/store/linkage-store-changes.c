/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store.h"

#include "linkage-account-table.h"
#include "linkage-connection-writer.h"
#include "linkage-reading.h"
#include "linkage-store-private.h"

static gboolean
write_rows (LinkageDatabase *database,
            const LinkageChanges *changes,
            const LinkageReading *reading,
            LinkageStoreEffects *effects,
            GError **error)
{
  for (guint i = 0; i < changes->changed->len; i++)
    if (!linkage_connection_writer_put (database, reading, g_ptr_array_index (changes->changed, i), effects, error))
      return FALSE;

  for (guint i = 0; i < changes->removed->len; i++)
    if (!linkage_connection_writer_remove (database, reading, g_ptr_array_index (changes->removed, i), effects, error))
      return FALSE;

  return TRUE;
}

/* A page that does not go on from where the reading is tells of rows, which their revisions keep from going back in
 * time, but not how far the reading is. */
static gboolean
is_next (const LinkageReading *reading, const LinkageChanges *changes)
{
  return changes->old_state == NULL || g_strcmp0 (changes->old_state, reading->state) == 0;
}

/* The generation begins here and not with the first page, so that what is written before that page comes counts as
 * seen: the page may have been on its way already. */
static void
start_over (LinkageReading *reading)
{
  g_clear_pointer (&reading->state, g_free);
  reading->generation++;
  reading->rereading = TRUE;
}

static void
advance (LinkageReading *reading, const LinkageChanges *changes)
{
  g_free (reading->state);
  reading->state = g_strdup (changes->new_state);
  reading->total = changes->total;
  if (changes->has_more)
    return;

  reading->rereading = FALSE;
  reading->updated_at = linkage_store_get_now ();
}

/* Who tells of changes of the account says that it is there. */
static gboolean
take_account (LinkageDatabase *database, LinkageReading *reading, const LinkageAccountInfo *account, GError **error)
{
  return linkage_reading_take_account (reading, database, account, error) &&
         linkage_account_table_set_merged_into (database, NULL, NULL, error);
}

static gboolean
write_changes (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const LinkageChanges *changes = data;
  g_auto (LinkageReading) reading = { 0 };

  if (!linkage_reading_load (&reading, database, error))
    return FALSE;

  if (!is_next (&reading, changes))
    return write_rows (database, changes, &reading, effects, error);

  if (changes->old_state == NULL && reading.state != NULL)
    start_over (&reading);
  reading.rereading |= changes->old_state == NULL;
  if (changes->account != NULL && !take_account (database, &reading, changes->account, error))
    return FALSE;
  if (!write_rows (database, changes, &reading, effects, error))
    return FALSE;
  if (reading.rereading && !changes->has_more &&
      !linkage_connection_writer_remove_unseen (database, &reading, effects, error))
    return FALSE;

  advance (&reading, changes);
  effects->account_changed = TRUE;

  return linkage_reading_save (&reading, database, error);
}

/**
 * linkage_store_apply_changes_async:
 * @changes: one page of what the portal said; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Writes the page's rows, its state and its account in one transaction. Rows with a lower revision than is known of
 * this epoch are ignored, so a page may come twice, or late. A page from the beginning starts a reading over: rows stay
 * until its last page, then those go that were not in it.
 */
void
linkage_store_apply_changes_async (LinkageStore *self,
                                   LinkageChanges *changes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (changes != NULL && changes->new_state != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_apply_changes_async);
  g_task_set_task_data (task, linkage_changes_ref (changes), (GDestroyNotify)linkage_changes_unref);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, g_steal_pointer (&task), write_changes);
}

/**
 * linkage_store_apply_changes_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR: FULL, BUSY, CORRUPT or FAILED, when nothing of the page was
 *   written; or G_IO_ERROR_CANCELLED, G_IO_ERROR_CLOSED
 */
gboolean
linkage_store_apply_changes_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_reread (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  g_auto (LinkageReading) reading = { 0 };

  if (!linkage_reading_load (&reading, database, error))
    return FALSE;

  start_over (&reading);
  effects->account_changed = TRUE;

  return linkage_reading_save (&reading, database, error);
}

/**
 * linkage_store_begin_reread_async:
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Forgets the state, so that the next page is asked for from the beginning. All rows stay meanwhile.
 */
void
linkage_store_begin_reread_async (LinkageStore *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_begin_reread_async);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, g_steal_pointer (&task), write_reread);
}

/**
 * linkage_store_begin_reread_finish:
 *
 * Returns: %FALSE with @error as linkage_store_apply_changes_finish() sets it
 */
gboolean
linkage_store_begin_reread_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_merged_into (LinkageDatabase *database, gpointer data, LinkageStoreEffects *effects, GError **error)
{
  const LinkageAccountInfo *successor = data;

  effects->account_changed = TRUE;

  return linkage_account_table_set_merged_into (database, successor->id, successor->name, error);
}

/**
 * linkage_store_set_merged_into_async:
 * @successor: the account that this one became part of; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits in the queue
 *
 * Notes that the account is no more, until a page of changes says otherwise. All rows stay.
 */
void
linkage_store_set_merged_into_async (LinkageStore *self,
                                     LinkageAccountInfo *successor,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_STORE (self));
  g_return_if_fail (successor != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_store_set_merged_into_async);
  g_task_set_task_data (task, linkage_account_info_ref (successor), (GDestroyNotify)linkage_account_info_unref);
  linkage_store_write (self, LINKAGE_DATABASE_REPEATABLE, g_steal_pointer (&task), write_merged_into);
}

/**
 * linkage_store_set_merged_into_finish:
 *
 * Returns: %FALSE with @error as linkage_store_apply_changes_finish() sets it
 */
gboolean
linkage_store_set_merged_into_finish (LinkageStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
