/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-shown-order.h"

/* What is shown is before[0 … n_before), then order[n_hidden … end). Only while splices are told one by one is there a
 * before; else order alone is shown. So no splice moves ids about, whatever the length. */
struct _LinkageShownOrder
{
  LinkageOrder *order;  /* (owned) */
  LinkageOrder *before; /* (owned) (nullable) */
  guint n_before;
  guint n_hidden;
};

/*
 * linkage_shown_order_new:
 *
 * Returns: (transfer full): an empty order
 */
LinkageShownOrder *
linkage_shown_order_new (void)
{
  LinkageShownOrder *self = g_new0 (LinkageShownOrder, 1);

  self->order = linkage_order_new (NULL, 0);

  return self;
}

/*
 * linkage_shown_order_free:
 * @self: (transfer full): not between splices
 */
void
linkage_shown_order_free (LinkageShownOrder *self)
{
  g_assert (self->before == NULL);

  linkage_order_unref (self->order);
  g_free (self);
}

/*
 * linkage_shown_order_get_length:
 *
 * Returns: how many ids are shown
 */
guint
linkage_shown_order_get_length (const LinkageShownOrder *self)
{
  return self->n_before + linkage_order_get_length (self->order) - self->n_hidden;
}

/*
 * linkage_shown_order_get_id:
 * @position: less than the length
 *
 * Returns: the id at @position
 */
gint64
linkage_shown_order_get_id (const LinkageShownOrder *self, guint position)
{
  if (position < self->n_before)
    return linkage_order_get_id (self->before, position);

  return linkage_order_get_id (self->order, position - self->n_before + self->n_hidden);
}

/*
 * linkage_shown_order_find:
 * @position: (out) (optional): where the id is
 *
 * Returns: whether the id is shown
 */
gboolean
linkage_shown_order_find (const LinkageShownOrder *self, gint64 id, guint *position)
{
  guint found;
  gboolean is_before = self->before != NULL && linkage_order_find (self->before, id, &found) && found < self->n_before;

  if (!is_before)
    {
      if (!linkage_order_find (self->order, id, &found) || found < self->n_hidden)
        return FALSE;
      found = found - self->n_hidden + self->n_before;
    }

  if (position != NULL)
    *position = found;

  return TRUE;
}

/*
 * linkage_shown_order_ref_order:
 *
 * Returns: (transfer full): what is shown now; shared, and copied only between splices
 */
LinkageOrder *
linkage_shown_order_ref_order (const LinkageShownOrder *self)
{
  GArray *ids;

  if (self->before == NULL)
    return linkage_order_ref (self->order);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < linkage_shown_order_get_length (self); i++)
    {
      gint64 id = linkage_shown_order_get_id (self, i);

      g_array_append_val (ids, id);
    }

  return linkage_order_new_take (ids);
}

/* From the end to the start: what precedes a splice is shown as before until its turn comes. */
static void
begin (LinkageShownOrder *self, LinkageOrder *order)
{
  self->before = self->order;
  self->n_before = linkage_order_get_length (self->before);
  self->order = linkage_order_ref (order);
  self->n_hidden = linkage_order_get_length (order);
}

static void
end (LinkageShownOrder *self)
{
  self->n_before = 0;
  self->n_hidden = 0;
  g_clear_pointer (&self->before, linkage_order_unref);
}

/*
 * linkage_shown_order_splice:
 * @kept: what linkage_order_keep() gives
 * @order: what is shown at the end
 * @splices: (element-type LinkageSplice): what linkage_order_diff() gives for the order that is shown and @order
 * @func: (scope call): called for each step
 *
 * All that leaves leaves before anything comes, so that a row that moves is never there twice. No step both removes and
 * adds: a view would look among the rows that come, one by one, for those that went.
 */
void
linkage_shown_order_splice (LinkageShownOrder *self,
                            LinkageOrder *kept,
                            LinkageOrder *order,
                            GArray *splices,
                            LinkageShownOrderFunc func,
                            gpointer user_data)
{
  g_assert (self->before == NULL);

  begin (self, kept);
  for (guint i = 0; i < splices->len; i++)
    {
      const LinkageSplice *splice = &g_array_index (splices, LinkageSplice, i);

      self->n_before = splice->old_position;
      self->n_hidden = splice->kept_position;
      if (splice->n_removed > 0)
        func (splice->old_position, splice->n_removed, 0, user_data);
    }
  end (self);

  begin (self, order);
  for (guint i = 0; i < splices->len; i++)
    {
      const LinkageSplice *splice = &g_array_index (splices, LinkageSplice, i);

      self->n_before = splice->kept_position;
      self->n_hidden = splice->new_position;
      if (splice->n_added > 0)
        func (splice->kept_position, 0, splice->n_added, user_data);
    }
  end (self);
}

/*
 * linkage_shown_order_replace:
 * @order: what is shown at the end
 * @func: (scope call): called for each step
 *
 * Takes all ids out and puts others in.
 */
void
linkage_shown_order_replace (LinkageShownOrder *self,
                             LinkageOrder *order,
                             LinkageShownOrderFunc func,
                             gpointer user_data)
{
  g_autoptr (GArray) splices = g_array_new (FALSE, FALSE, sizeof (LinkageSplice));
  g_autoptr (LinkageOrder) nothing = linkage_order_new (NULL, 0);
  LinkageSplice everything = {
    .n_removed = linkage_order_get_length (self->order),
    .n_added = linkage_order_get_length (order),
  };

  g_array_append_val (splices, everything);
  linkage_shown_order_splice (self, nothing, order, splices, func, user_data);
}
