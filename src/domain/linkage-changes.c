/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-changes.h"

G_DEFINE_BOXED_TYPE (LinkageChanges, linkage_changes, linkage_changes_ref, linkage_changes_unref)

static void
clear (LinkageChanges *changes)
{
  g_free (changes->old_state);
  g_free (changes->new_state);
  g_clear_pointer (&changes->account, linkage_account_info_unref);
  g_ptr_array_unref (changes->changed);
  g_ptr_array_unref (changes->removed);
}

/**
 * linkage_tombstone_new:
 * @id: the id of the row that is no more
 * @revision: the revision at which it went
 *
 * Returns: (transfer full): a new tombstone
 */
LinkageTombstone *
linkage_tombstone_new (const char *id, gint64 revision)
{
  LinkageTombstone *tombstone = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  tombstone = g_new0 (LinkageTombstone, 1);
  tombstone->id = g_strdup (id);
  tombstone->revision = revision;

  return tombstone;
}

/**
 * linkage_tombstone_free:
 * @tombstone: (transfer full): a tombstone
 */
void
linkage_tombstone_free (LinkageTombstone *tombstone)
{
  g_return_if_fail (tombstone != NULL);

  g_free (tombstone->id);
  g_free (tombstone);
}

/**
 * linkage_changes_new:
 *
 * Makes a page of changes for the caller to fill in before it is shared: nothing changed, no states, no account.
 *
 * Returns: (transfer full): a new page
 */
LinkageChanges *
linkage_changes_new (void)
{
  LinkageChanges *changes = g_atomic_rc_box_new0 (LinkageChanges);

  changes->changed = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  changes->removed = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_tombstone_free);

  return changes;
}

/**
 * linkage_changes_ref:
 * @changes: a page of changes
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @changes
 */
LinkageChanges *
linkage_changes_ref (LinkageChanges *changes)
{
  g_return_val_if_fail (changes != NULL, NULL);

  return g_atomic_rc_box_acquire (changes);
}

/**
 * linkage_changes_unref:
 * @changes: (transfer full): a page of changes
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_changes_unref (LinkageChanges *changes)
{
  g_return_if_fail (changes != NULL);

  g_atomic_rc_box_release_full (changes, (GDestroyNotify)clear);
}
