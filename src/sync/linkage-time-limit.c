/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-time-limit.h"

struct _LinkageTimeLimit
{
  GCancellable *cancellable; /* (owned) */
  GCancellable *outer;       /* (owned) (nullable) */
  gulong cancelled_id;
  guint timeout_id;
};

static void
on_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
on_time_over (gpointer user_data)
{
  LinkageTimeLimit *self = user_data;

  self->timeout_id = 0;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/**
 * linkage_time_limit_new:
 * @seconds: how long
 * @cancellable: (nullable): what cancels it earlier
 *
 * Begins to count.
 *
 * Returns: (transfer full): the limit
 */
LinkageTimeLimit *
linkage_time_limit_new (guint seconds, GCancellable *cancellable)
{
  LinkageTimeLimit *self = g_new0 (LinkageTimeLimit, 1);

  self->cancellable = g_cancellable_new ();
  self->timeout_id = g_timeout_add_seconds (seconds, on_time_over, self);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                                  g_object_ref (self->cancellable), g_object_unref);
    }

  return self;
}

/**
 * linkage_time_limit_free:
 * @self: (transfer full): a limit
 *
 * Stops to count.
 */
void
linkage_time_limit_free (LinkageTimeLimit *self)
{
  g_return_if_fail (self != NULL);

  /* What was cancelled already has no handler. */
  if (self->cancelled_id > 0)
    g_signal_handler_disconnect (self->outer, self->cancelled_id);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * linkage_time_limit_get_cancellable:
 * @self: a limit
 *
 * Gets what is cancelled when the time is over.
 *
 * Returns: (transfer none): the cancellable
 */
GCancellable *
linkage_time_limit_get_cancellable (LinkageTimeLimit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}
