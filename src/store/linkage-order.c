/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-order.h"

#define NOWHERE G_MAXUINT32

struct _LinkageOrder
{
  gatomicrefcount ref_count;
  GArray *ids;     /* (owned) (element-type gint64) */
  guint32 *slots;  /* (owned): a hash table of positions, open addressing; NOWHERE: free */
  guint slot_bits; /* the table has 1 << slot_bits slots, at least twice as many as ids */
};

static inline gint64
id_at (const LinkageOrder *self, guint position)
{
  return g_array_index (self->ids, gint64, position);
}

/* Fibonacci hashing spreads the dense ids of SQLite evenly. */
static inline guint
first_slot (const LinkageOrder *self, gint64 id)
{
  return (guint)(((guint64)id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> (64 - self->slot_bits));
}

static inline guint
next_slot (const LinkageOrder *self, guint slot)
{
  return (slot + 1) & ((1u << self->slot_bits) - 1);
}

static void
index_ids (LinkageOrder *self)
{
  self->slot_bits = MAX (g_bit_storage (self->ids->len) + 1, 3);
  self->slots = g_new (guint32, (gsize)1 << self->slot_bits);
  memset (self->slots, 0xff, sizeof (guint32) << self->slot_bits);

  for (guint i = 0; i < self->ids->len; i++)
    {
      guint slot = first_slot (self, id_at (self, i));

      while (self->slots[slot] != NOWHERE)
        slot = next_slot (self, slot);
      self->slots[slot] = i;
    }
}

/**
 * linkage_order_new:
 * @ids: (array length=n_ids) (nullable): row ids, each once
 * @n_ids: how many
 *
 * Returns: (transfer full): the order of @ids
 */
LinkageOrder *
linkage_order_new (const gint64 *ids, guint n_ids)
{
  GArray *array;

  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  g_array_append_vals (array, ids, n_ids);

  return linkage_order_new_take (array);
}

/**
 * linkage_order_new_take:
 * @ids: (transfer full) (element-type gint64): row ids, each once
 *
 * Takes about 30 ms for a million rows: call it where nobody waits.
 *
 * Returns: (transfer full): the order of @ids
 */
LinkageOrder *
linkage_order_new_take (GArray *ids)
{
  LinkageOrder *self;

  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (ids->len <= G_MAXINT32 / 2, NULL);

  self = g_new0 (LinkageOrder, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->ids = ids;
  index_ids (self);

  return self;
}

/**
 * linkage_order_ref:
 * @self: an order
 *
 * May be called on any thread.
 *
 * Returns: (transfer full): @self
 */
LinkageOrder *
linkage_order_ref (LinkageOrder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * linkage_order_unref:
 * @self: (transfer full): an order
 *
 * May be called on any thread.
 */
void
linkage_order_unref (LinkageOrder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->ids);
  g_free (self->slots);
  g_free (self);
}

/**
 * linkage_order_get_length:
 * @self: an order
 *
 * Returns: how many rows it has
 */
guint
linkage_order_get_length (const LinkageOrder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ids->len;
}

/**
 * linkage_order_get_id:
 * @self: an order
 * @position: less than its length
 *
 * Returns: the id of the row at @position
 */
gint64
linkage_order_get_id (const LinkageOrder *self, guint position)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  return id_at (self, position);
}

/**
 * linkage_order_find:
 * @self: an order
 * @id: a row id
 * @position: (out) (optional): where it is
 *
 * Takes the same time at any length.
 *
 * Returns: whether the row is in the order
 */
gboolean
linkage_order_find (const LinkageOrder *self, gint64 id, guint *position)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint slot = first_slot (self, id); self->slots[slot] != NOWHERE; slot = next_slot (self, slot))
    {
      if (id_at (self, self->slots[slot]) != id)
        continue;

      if (position != NULL)
        *position = self->slots[slot];
      return TRUE;
    }

  return FALSE;
}

/**
 * linkage_order_equal:
 * @self: an order
 * @other: another
 *
 * Returns: whether both have the same rows in the same places
 */
gboolean
linkage_order_equal (const LinkageOrder *self, const LinkageOrder *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self == other)
    return TRUE;
  if (self->ids->len != other->ids->len)
    return FALSE;

  return self->ids->len == 0 || memcmp (self->ids->data, other->ids->data, self->ids->len * sizeof (gint64)) == 0;
}

/* For each of after's ids from start to end the position that it has in before, or NOWHERE outside the range. */
static guint32 *
map_positions (const LinkageOrder *before, guint before_end, const LinkageOrder *after, guint start, guint end)
{
  guint32 *positions = g_new (guint32, end - start);

  for (guint i = start; i < end; i++)
    {
      guint position;

      positions[i - start] = NOWHERE;
      if (linkage_order_find (before, id_at (after, i), &position) && position >= start && position < before_end)
        positions[i - start] = position;
    }

  return positions;
}

/* The first of the tails whose value is not less than position. The usual case, after the last, is looked at first. */
static guint
find_tail (const guint32 *positions, const guint32 *tails, guint n_tails, guint32 position)
{
  guint low = 0;
  guint high = n_tails;

  if (n_tails == 0 || positions[tails[n_tails - 1]] < position)
    return n_tails;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (positions[tails[middle]] < position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Ids are unique, so what two orders have in common in the same sequence is the longest increasing subsequence of
 * positions. All others become NOWHERE. */
static void
keep_longest_increasing (guint32 *positions, guint n_positions)
{
  g_autofree guint32 *tails = g_new (guint32, n_positions);     /* by length: where the best such sequence ends */
  g_autofree guint32 *ancestors = g_new (guint32, n_positions); /* what stands before it in that sequence */
  guint n_tails = 0;
  guint32 kept;

  for (guint i = 0; i < n_positions; i++)
    {
      guint tail;

      if (positions[i] == NOWHERE)
        continue;

      tail = find_tail (positions, tails, n_tails, positions[i]);
      ancestors[i] = tail > 0 ? tails[tail - 1] : NOWHERE;
      tails[tail] = i;
      n_tails = MAX (n_tails, tail + 1);
    }

  kept = n_tails > 0 ? tails[n_tails - 1] : NOWHERE;
  for (guint i = n_positions; i-- > 0;)
    {
      if (i == kept)
        kept = ancestors[i];
      else
        positions[i] = NOWHERE;
    }
}

static void
add_splice (GArray *splices, guint old_position, guint old_end, guint new_position, guint new_end)
{
  LinkageSplice splice = {
    .old_position = old_position,
    .n_removed = old_end - old_position,
    .new_position = new_position,
    .n_added = new_end - new_position,
  };

  if (splice.n_removed > 0 || splice.n_added > 0)
    g_array_append_val (splices, splice);
}

static void
count_kept (GArray *splices)
{
  guint n_removed = 0;

  for (guint i = splices->len; i-- > 0;)
    {
      LinkageSplice *splice = &g_array_index (splices, LinkageSplice, i);

      splice->kept_position = splice->old_position - n_removed;
      n_removed += splice->n_removed;
    }
}

/**
 * linkage_order_diff:
 * @before: what was
 * @after: what is to be
 * @max_splices: how many places are worth telling one by one
 *
 * Compares two orders. The result has the fewest ids that must leave and come, and goes from the end to the start.
 * Time: O(n) for the comparison of equal ends, O(m log m) for the m ids between them.
 *
 * Returns: (transfer full) (nullable) (element-type LinkageSplice): empty when the orders are equal, %NULL when they
 *   differ in more places than @max_splices
 */
GArray *
linkage_order_diff (const LinkageOrder *before, const LinkageOrder *after, guint max_splices)
{
  g_autoptr (GArray) splices = g_array_new (FALSE, FALSE, sizeof (LinkageSplice));
  g_autofree guint32 *positions = NULL;
  guint old_end;
  guint new_end;
  guint start = 0;
  guint old_next;
  guint new_next;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  old_end = before->ids->len;
  new_end = after->ids->len;
  while (start < old_end && start < new_end && id_at (before, start) == id_at (after, start))
    start++;
  while (old_end > start && new_end > start && id_at (before, old_end - 1) == id_at (after, new_end - 1))
    {
      old_end--;
      new_end--;
    }

  positions = map_positions (before, old_end, after, start, new_end);
  keep_longest_increasing (positions, new_end - start);

  old_next = old_end;
  new_next = new_end;
  for (guint i = new_end; i-- > start && splices->len <= max_splices;)
    {
      guint32 position = positions[i - start];

      if (position == NOWHERE)
        continue;

      add_splice (splices, position + 1, old_next, i + 1, new_next);
      old_next = position;
      new_next = i;
    }
  add_splice (splices, start, old_next, start, new_next);

  if (splices->len > max_splices)
    return NULL;

  count_kept (splices);

  return g_steal_pointer (&splices);
}

/**
 * linkage_order_keep:
 * @before: what was
 * @after: what is to be
 * @splices: (element-type LinkageSplice): how they differ
 *
 * A list that first lets all ids leave and then lets others come has none of them twice in between. This is what it has
 * then.
 *
 * Returns: (transfer full): the ids that both have, in the order that both have; one of the two where it is the same
 */
LinkageOrder *
linkage_order_keep (LinkageOrder *before, LinkageOrder *after, GArray *splices)
{
  GArray *ids;
  guint n_removed = 0;
  guint n_added = 0;
  guint start = 0;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);
  g_return_val_if_fail (splices != NULL, NULL);

  for (guint i = 0; i < splices->len; i++)
    {
      n_removed += g_array_index (splices, LinkageSplice, i).n_removed;
      n_added += g_array_index (splices, LinkageSplice, i).n_added;
    }
  if (n_removed == 0)
    return linkage_order_ref (before);
  if (n_added == 0)
    return linkage_order_ref (after);

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), before->ids->len - n_removed);
  for (guint i = splices->len; i-- > 0;)
    {
      const LinkageSplice *splice = &g_array_index (splices, LinkageSplice, i);

      g_array_append_vals (ids, &g_array_index (before->ids, gint64, start), splice->old_position - start);
      start = splice->old_position + splice->n_removed;
    }
  g_array_append_vals (ids, &g_array_index (before->ids, gint64, start), before->ids->len - start);

  return linkage_order_new_take (ids);
}
