/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-copy.h"

G_DEFINE_BOXED_TYPE (LinkageCopy, linkage_copy, linkage_copy_ref, linkage_copy_unref)

/**
 * linkage_copy_new:
 * @copied_at: when the copy was made, Unix seconds
 *
 * Makes an empty copy for the caller to fill in before it is shared.
 *
 * Returns: (transfer full): a new copy
 */
LinkageCopy *
linkage_copy_new (gint64 copied_at)
{
  LinkageCopy *self = g_atomic_rc_box_new0 (LinkageCopy);

  self->copied_at = copied_at;
  self->written = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  self->unchanged = g_ptr_array_new_with_free_func (g_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
clear (gpointer data)
{
  LinkageCopy *self = data;

  g_ptr_array_unref (self->written);
  g_ptr_array_unref (self->unchanged);
  g_ptr_array_unref (self->missing);
}

/**
 * linkage_copy_ref:
 * @self: a copy
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @self
 */
LinkageCopy *
linkage_copy_ref (LinkageCopy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_copy_unref:
 * @self: (transfer full): a copy
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_copy_unref (LinkageCopy *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}
