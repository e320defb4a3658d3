/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-shown-order.h"

#define N_OPERATIONS 3000

/* What somebody makes of a list who knows of it only what it tells. */
typedef struct
{
  LinkageShownOrder *order; /* (owned) */
  GArray *ids;              /* (owned) (element-type gint64) */
  guint n_told;
} Mirror;

static void
assert_equal (const Mirror *mirror)
{
  guint position;

  g_assert_cmpuint (linkage_shown_order_get_length (mirror->order), ==, mirror->ids->len);
  for (guint i = 0; i < mirror->ids->len; i++)
    {
      gint64 id = g_array_index (mirror->ids, gint64, i);

      g_assert_cmpint (linkage_shown_order_get_id (mirror->order, i), ==, id);
      g_assert_true (linkage_shown_order_find (mirror->order, id, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static void
on_change (guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Mirror *mirror = user_data;
  g_autoptr (LinkageOrder) now = NULL;

  g_assert_true ((n_removed > 0) != (n_added > 0));
  mirror->n_told++;
  if (n_removed > 0)
    g_array_remove_range (mirror->ids, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      gint64 id = linkage_shown_order_get_id (mirror->order, position + i);

      g_array_insert_val (mirror->ids, position + i, id);
    }
  assert_equal (mirror);

  now = linkage_shown_order_ref_order (mirror->order);
  g_assert_cmpuint (linkage_order_get_length (now), ==, mirror->ids->len);
  for (guint i = 0; i < mirror->ids->len; i++)
    g_assert_cmpint (linkage_order_get_id (now, i), ==, g_array_index (mirror->ids, gint64, i));
}

static Mirror *
mirror_new (void)
{
  Mirror *mirror = g_new0 (Mirror, 1);

  mirror->order = linkage_shown_order_new ();
  mirror->ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return mirror;
}

static void
mirror_free (Mirror *mirror)
{
  linkage_shown_order_free (mirror->order);
  g_array_unref (mirror->ids);
  g_free (mirror);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mirror, mirror_free)

/* Some ids leave, some come, some move. */
static LinkageOrder *
change_some (const LinkageOrder *before, gint64 *next_id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < linkage_order_get_length (before); i++)
    {
      gint64 id = linkage_order_get_id (before, i);

      if (g_test_rand_int_range (0, 12) > 0)
        g_array_append_val (ids, id);
    }
  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    {
      gint64 id = (*next_id)++;

      g_array_insert_val (ids, (guint)g_test_rand_int_range (0, (gint32)ids->len + 1), id);
    }
  for (int i = g_test_rand_int_range (0, 3); i > 0 && ids->len > 0; i--)
    {
      guint from = (guint)g_test_rand_int_range (0, (gint32)ids->len);
      gint64 id = g_array_index (ids, gint64, from);

      g_array_remove_index (ids, from);
      g_array_insert_val (ids, (guint)g_test_rand_int_range (0, (gint32)ids->len + 1), id);
    }

  return linkage_order_new_take (ids);
}

static void
test_mirror (void)
{
  g_autoptr (Mirror) mirror = mirror_new ();
  gint64 next_id = 1;

  for (guint i = 0; i < N_OPERATIONS; i++)
    {
      g_autoptr (LinkageOrder) before = linkage_shown_order_ref_order (mirror->order);
      g_autoptr (LinkageOrder) after = change_some (before, &next_id);
      g_autoptr (LinkageOrder) shown = NULL;

      if (g_test_rand_int_range (0, 10) == 0)
        {
          linkage_shown_order_replace (mirror->order, after, on_change, mirror);
        }
      else
        {
          g_autoptr (GArray) splices = linkage_order_diff (before, after, G_MAXUINT);

          g_autoptr (LinkageOrder) kept = linkage_order_keep (before, after, splices);

          linkage_shown_order_splice (mirror->order, kept, after, splices, on_change, mirror);
        }
      assert_equal (mirror);
      shown = linkage_shown_order_ref_order (mirror->order);
      g_assert_true (shown == after);
    }
}

static void
test_replacing_is_two_steps (void)
{
  const gint64 old_ids[] = { 1, 2, 3 };
  const gint64 new_ids[] = { 3, 2, 1 };
  g_autoptr (Mirror) mirror = mirror_new ();
  g_autoptr (LinkageOrder) old_order = linkage_order_new (old_ids, G_N_ELEMENTS (old_ids));
  g_autoptr (LinkageOrder) new_order = linkage_order_new (new_ids, G_N_ELEMENTS (new_ids));
  g_autoptr (LinkageOrder) empty = linkage_order_new (NULL, 0);

  linkage_shown_order_replace (mirror->order, old_order, on_change, mirror);
  g_assert_cmpuint (mirror->n_told, ==, 1);
  linkage_shown_order_replace (mirror->order, new_order, on_change, mirror);
  g_assert_cmpuint (mirror->n_told, ==, 3);
  linkage_shown_order_replace (mirror->order, empty, on_change, mirror);
  g_assert_cmpuint (mirror->n_told, ==, 4);
  assert_equal (mirror);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/shown-order/mirror", test_mirror);
  g_test_add_func ("/store/shown-order/replacing-is-two-steps", test_replacing_is_two_steps);

  return g_test_run ();
}
