/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench.h"

#include "../unit/test-store.h"
#include "linkage-connection-list.h"

#define PAGE 500

static LinkageConnection *
make_random_row (TestStore *store, GRand *random, guint i)
{
  static const LinkageStatus statuses[] = { LINKAGE_STATUS_PENDING, LINKAGE_STATUS_APPROVED, LINKAGE_STATUS_EXPIRED,
                                            LINKAGE_STATUS_REJECTED };
  g_autofree char *id = g_strdup_printf ("row-%u", i);
  g_autofree char *name =
    g_strdup_printf ("%c%08x Trading %u", 'A' + g_rand_int_range (random, 0, 26), g_rand_int (random), i);
  g_autofree char *email = g_strdup_printf ("contact-%u@customer.example", i);
  LinkageConnection *row = test_store_make_row (store, id, name);

  if (g_rand_boolean (random))
    test_store_add_attempt (row, statuses[g_rand_int_range (random, 0, G_N_ELEMENTS (statuses))],
                            1700000000 + g_rand_int_range (random, 0, 50000000), email, NULL);

  return row;
}

static void
fill (TestStore *store, Bench *bench)
{
  for (guint i = 0; i < bench->n_rows;)
    {
      g_autoptr (LinkageChanges) page = test_store_make_page (store);

      for (guint j = 0; j < PAGE && i < bench->n_rows; j++, i++)
        g_ptr_array_add (page->changed, make_random_row (store, bench->random, i));
      page->has_more = i < bench->n_rows;
      page->total = bench->n_rows;
      test_store_apply (store, page);
    }
}

static void
on_replaced (LinkageConnectionList *list, gboolean *replaced)
{
  *replaced = TRUE;
}

static void
wait_until (const gboolean *done)
{
  gint64 deadline = test_deadline ();

  while (!*done)
    test_turn (deadline);
}

static void
order (LinkageConnectionList *list, LinkageSort sort, const char *filter)
{
  gboolean replaced = FALSE;
  gulong handler = g_signal_connect (list, "order-replaced", G_CALLBACK (on_replaced), &replaced);

  linkage_connection_list_set_sort (list, sort, FALSE);
  linkage_connection_list_set_filter (list, filter);
  wait_until (&replaced);
  g_signal_handler_disconnect (list, handler);
}

/* From an order to another one, back and forth: from the question to the first row of the answer. */
static void
measure_order (LinkageConnectionList *list, LinkageSort sort, const char *filter, BenchMeasure *measure)
{
  for (guint run = 0; run < BENCH_RUNS; run++)
    {
      gint64 since = g_get_monotonic_time ();

      order (list, sort, filter);
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 0));
      bench_measure_add_since (measure, since);
      order (list, LINKAGE_SORT_NONE, "");
    }
}

static void
wait_loaded (LinkageConnectionList *list)
{
  gint64 deadline = test_deadline ();

  while (linkage_connection_list_get_loading (list))
    test_turn (deadline);
}

void
bench_store (Bench *bench)
{
  BenchMeasure measures[] = { { "store-fill" }, { "sort-by-name" }, { "sort-by-date" }, { "filter" } };

  for (guint run = 0; run < BENCH_RUNS; run++)
    {
      g_autoptr (TestStore) store = test_store_new ();
      gint64 since = g_get_monotonic_time ();

      fill (store, bench);
      bench_measure_add_since (&measures[0], since);
      if (run == BENCH_RUNS - 1)
        {
          g_autoptr (LinkageConnectionList) list = linkage_connection_list_new (store->store);

          wait_loaded (list);
          measure_order (list, LINKAGE_SORT_CUSTOMER, "", &measures[1]);
          measure_order (list, LINKAGE_SORT_DATE, "", &measures[2]);
          measure_order (list, LINKAGE_SORT_NONE, "a0", &measures[3]);
        }
    }

  bench_take_results (bench, measures, G_N_ELEMENTS (measures));
}
