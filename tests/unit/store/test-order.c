/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-order.h"

#define N_RANDOM_PAIRS 2000
#define NO_LIMIT G_MAXUINT

static GArray *
to_array (const LinkageOrder *order)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < linkage_order_get_length (order); i++)
    {
      gint64 id = linkage_order_get_id (order, i);

      g_array_append_val (ids, id);
    }

  return ids;
}

static LinkageOrder *
from_array (GArray *ids)
{
  return linkage_order_new ((const gint64 *)(gpointer)ids->data, ids->len);
}

static void
shuffle (GArray *ids, guint n_swaps)
{
  for (guint i = 0; i < n_swaps && ids->len > 1; i++)
    {
      gint64 *a = &g_array_index (ids, gint64, g_test_rand_int_range (0, (gint32)ids->len));
      gint64 *b = &g_array_index (ids, gint64, g_test_rand_int_range (0, (gint32)ids->len));
      gint64 swap = *a;

      *a = *b;
      *b = swap;
    }
}

/* Ids from a small pool, each once, so that two random orders share many of them. */
static LinkageOrder *
random_order (guint pool)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id <= pool; id++)
    {
      if (g_test_rand_bit ())
        g_array_append_val (ids, id);
    }
  shuffle (ids, (guint)g_test_rand_int_range (0, 6));

  return linkage_order_new_take (ids);
}

static void
apply (GArray *ids, const LinkageOrder *after, const LinkageSplice *splice)
{
  g_assert_cmpuint (splice->old_position + splice->n_removed, <=, ids->len);
  g_assert_cmpuint (splice->n_removed + splice->n_added, >, 0);

  if (splice->n_removed > 0)
    g_array_remove_range (ids, splice->old_position, splice->n_removed);
  for (guint i = 0; i < splice->n_added; i++)
    {
      gint64 id = linkage_order_get_id (after, splice->new_position + i);

      g_array_insert_val (ids, splice->old_position + i, id);
    }
}

/* What both have, by removing what leaves. */
static void
assert_kept (LinkageOrder *before, LinkageOrder *after, GArray *splices)
{
  g_autoptr (LinkageOrder) kept = linkage_order_keep (before, after, splices);
  g_autoptr (LinkageOrder) expected = NULL;
  g_autoptr (GArray) ids = to_array (before);

  for (guint i = 0; i < splices->len; i++)
    {
      LinkageSplice removal = g_array_index (splices, LinkageSplice, i);

      removal.n_added = 0;
      if (removal.n_removed > 0)
        apply (ids, after, &removal);
      g_assert_cmpuint (removal.kept_position, <=, linkage_order_get_length (kept));
    }

  expected = from_array (ids);
  g_assert_true (linkage_order_equal (kept, expected));
}

/* Applies the splices and returns how many ids came. */
static guint
assert_diff (LinkageOrder *before, LinkageOrder *after, guint max_splices)
{
  g_autoptr (GArray) splices = linkage_order_diff (before, after, max_splices);
  g_autoptr (GArray) ids = to_array (before);
  g_autoptr (LinkageOrder) result = NULL;
  guint n_added = 0;
  guint last = G_MAXUINT;

  g_assert_cmpuint (splices->len, <=, max_splices);

  for (guint i = 0; i < splices->len; i++)
    {
      const LinkageSplice *splice = &g_array_index (splices, LinkageSplice, i);

      g_assert_cmpuint (splice->old_position, <, last);
      last = splice->old_position;
      n_added += splice->n_added;
      apply (ids, after, splice);
    }

  result = from_array (ids);
  g_assert_true (linkage_order_equal (result, after));
  assert_kept (before, after, splices);

  return n_added;
}

/* The longest common subsequence by the textbook's table: what the fewest added ids are measured by. */
static guint
count_common (const LinkageOrder *a, const LinkageOrder *b)
{
  guint n_a = linkage_order_get_length (a);
  guint n_b = linkage_order_get_length (b);
  g_autofree guint *table = g_new0 (guint, (gsize)(n_a + 1) * (n_b + 1));

  for (guint i = 1; i <= n_a; i++)
    {
      for (guint j = 1; j <= n_b; j++)
        {
          guint *cell = &table[i * (n_b + 1) + j];

          if (linkage_order_get_id (a, i - 1) == linkage_order_get_id (b, j - 1))
            *cell = table[(i - 1) * (n_b + 1) + j - 1] + 1;
          else
            *cell = MAX (table[(i - 1) * (n_b + 1) + j], table[i * (n_b + 1) + j - 1]);
        }
    }

  return table[n_a * (n_b + 1) + n_b];
}

static void
test_find (void)
{
  const gint64 ids[] = { 5, G_MAXINT64, 1, 1000000, -3, 0, 64, 128, 192 };
  g_autoptr (LinkageOrder) order = linkage_order_new (ids, G_N_ELEMENTS (ids));
  guint position;

  g_assert_cmpuint (linkage_order_get_length (order), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_cmpint (linkage_order_get_id (order, i), ==, ids[i]);
      g_assert_true (linkage_order_find (order, ids[i], &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_false (linkage_order_find (order, 2, &position));
  g_assert_false (linkage_order_find (order, G_MININT64, NULL));
}

static void
test_empty (void)
{
  const gint64 ids[] = { 1, 2 };
  g_autoptr (LinkageOrder) empty = linkage_order_new (NULL, 0);
  g_autoptr (LinkageOrder) other = linkage_order_new (ids, G_N_ELEMENTS (ids));

  g_assert_cmpuint (linkage_order_get_length (empty), ==, 0);
  g_assert_false (linkage_order_find (empty, 0, NULL));
  g_assert_true (linkage_order_equal (empty, empty));
  g_assert_false (linkage_order_equal (empty, other));
  g_assert_cmpuint (assert_diff (empty, empty, NO_LIMIT), ==, 0);
  g_assert_cmpuint (assert_diff (empty, other, NO_LIMIT), ==, 2);
  g_assert_cmpuint (assert_diff (other, empty, NO_LIMIT), ==, 0);
}

static void
test_one_moved_row_is_two_splices (void)
{
  const gint64 before_ids[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  const gint64 after_ids[] = { 1, 7, 2, 3, 4, 5, 6, 8 };
  g_autoptr (LinkageOrder) before = linkage_order_new (before_ids, G_N_ELEMENTS (before_ids));
  g_autoptr (LinkageOrder) after = linkage_order_new (after_ids, G_N_ELEMENTS (after_ids));
  g_autoptr (GArray) splices = linkage_order_diff (before, after, NO_LIMIT);

  g_assert_cmpuint (splices->len, ==, 2);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).old_position, ==, 6);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).n_removed, ==, 1);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).n_added, ==, 0);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 1).old_position, ==, 1);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 1).n_removed, ==, 0);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 1).n_added, ==, 1);
}

static void
test_neighbours_are_one_splice (void)
{
  const gint64 before_ids[] = { 1, 2, 3, 4, 5 };
  const gint64 after_ids[] = { 1, 20, 30, 40, 5 };
  g_autoptr (LinkageOrder) before = linkage_order_new (before_ids, G_N_ELEMENTS (before_ids));
  g_autoptr (LinkageOrder) after = linkage_order_new (after_ids, G_N_ELEMENTS (after_ids));
  g_autoptr (GArray) splices = linkage_order_diff (before, after, NO_LIMIT);

  g_assert_cmpuint (splices->len, ==, 1);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).old_position, ==, 1);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).n_removed, ==, 3);
  g_assert_cmpuint (g_array_index (splices, LinkageSplice, 0).n_added, ==, 3);
}

static void
test_too_many_splices (void)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LinkageOrder) before = NULL;
  g_autoptr (LinkageOrder) after = NULL;

  for (gint64 id = 0; id < 1000; id++)
    g_array_append_val (ids, id);
  before = from_array (ids);
  for (guint i = 990; i > 10; i -= 10)
    g_array_remove_index (ids, i);
  after = from_array (ids);

  assert_diff (before, after, 98);
  g_assert_null (linkage_order_diff (before, after, 97));
  g_assert_null (linkage_order_diff (before, after, 0));
}

static void
test_random_orders (void)
{
  for (guint i = 0; i < N_RANDOM_PAIRS; i++)
    {
      guint pool = (guint)g_test_rand_int_range (1, 60);
      g_autoptr (LinkageOrder) before = random_order (pool);
      g_autoptr (LinkageOrder) after = random_order (pool);
      guint n_added = assert_diff (before, after, NO_LIMIT);

      g_assert_cmpuint (n_added, ==, linkage_order_get_length (after) - count_common (before, after));
    }
}

static void
test_a_million_rows (void)
{
  const gint64 n = 1000000;
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_autoptr (LinkageOrder) before = NULL;
  g_autoptr (LinkageOrder) after = NULL;
  g_autoptr (GArray) changed = NULL;
  g_autoptr (GArray) splices = NULL;

  for (gint64 id = 1; id <= n; id++)
    g_array_append_val (ids, id);
  before = linkage_order_new_take (ids);
  changed = to_array (before);
  shuffle (changed, 10);
  after = from_array (changed);

  for (gint64 id = 1; id <= n; id += 997)
    g_assert_true (linkage_order_find (after, id, NULL));

  splices = linkage_order_diff (before, after, 100);
  g_assert_cmpuint (splices->len, >, 0);
  g_assert_cmpuint (splices->len, <=, 40);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/order/find", test_find);
  g_test_add_func ("/store/order/empty", test_empty);
  g_test_add_func ("/store/order/one-moved-row-is-two-splices", test_one_moved_row_is_two_splices);
  g_test_add_func ("/store/order/neighbours-are-one-splice", test_neighbours_are_one_splice);
  g_test_add_func ("/store/order/too-many-splices", test_too_many_splices);
  g_test_add_func ("/store/order/random-orders", test_random_orders);
  g_test_add_func ("/store/order/a-million-rows", test_a_million_rows);

  return g_test_run ();
}
