/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-sort-key-feed.h"

/* Connections whose keys are handed over at once. */
#define BATCH 500

struct _LinkageSortKeyFeed
{
  const GPtrArray *connections; /* (unowned) (element-type LinkageConnection) */
  GThread *thread;              /* (owned) */
  GAsyncQueue *batches;         /* (owned) (element-type GArray): each of LinkageSortKeys */
  int is_stopped;               /* (atomic) */
  GArray *batch;                /* (owned) (nullable): the one that is being handed out */
  guint position;               /* in it, of the next keys */
};

static void
clear_keys (gpointer keys)
{
  linkage_sort_keys_clear (keys);
}

static GArray *
make_batch (const LinkageSortKeyFeed *self, guint first)
{
  guint n_keys = MIN (BATCH, self->connections->len - first);
  GArray *batch = g_array_sized_new (FALSE, FALSE, sizeof (LinkageSortKeys), n_keys);

  g_array_set_clear_func (batch, clear_keys);
  for (guint i = 0; i < n_keys; i++)
    {
      LinkageSortKeys keys;

      linkage_sort_keys_init (&keys, g_ptr_array_index (self->connections, first + i));
      g_array_append_val (batch, keys);
    }

  return batch;
}

static gpointer
make_batches (gpointer user_data)
{
  LinkageSortKeyFeed *self = user_data;

  for (guint first = 0; first < self->connections->len && !g_atomic_int_get (&self->is_stopped); first += BATCH)
    g_async_queue_push (self->batches, make_batch (self, first));

  return NULL;
}

/*
 * linkage_sort_key_feed_new:
 * @connections: (element-type LinkageConnection): what to make keys of; nobody changes it as long as the feed is there
 *
 * Returns: (transfer full): a feed that has begun
 */
LinkageSortKeyFeed *
linkage_sort_key_feed_new (const GPtrArray *connections)
{
  LinkageSortKeyFeed *self = g_new0 (LinkageSortKeyFeed, 1);

  self->connections = connections;
  self->batches = g_async_queue_new_full ((GDestroyNotify)g_array_unref);
  self->thread = g_thread_new ("linkage-keys", make_batches, self);

  return self;
}

/*
 * linkage_sort_key_feed_free:
 * @self: (transfer full): a feed; it need not have come to its end
 */
void
linkage_sort_key_feed_free (LinkageSortKeyFeed *self)
{
  g_atomic_int_set (&self->is_stopped, TRUE);
  g_thread_join (self->thread);
  g_async_queue_unref (self->batches);
  g_clear_pointer (&self->batch, g_array_unref);
  g_free (self);
}

/*
 * linkage_sort_key_feed_get_next:
 *
 * To be called once for each connection, in their order. Waits where the thread is not as far.
 *
 * Returns: (transfer none): the keys of the next connection, until the next call
 */
const LinkageSortKeys *
linkage_sort_key_feed_get_next (LinkageSortKeyFeed *self)
{
  if (self->batch == NULL || self->position == self->batch->len)
    {
      g_clear_pointer (&self->batch, g_array_unref);
      self->batch = g_async_queue_pop (self->batches);
      self->position = 0;
    }

  return &g_array_index (self->batch, LinkageSortKeys, self->position++);
}
