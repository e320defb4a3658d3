/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-connection-list.h"

#include <glib/gstdio.h>

#include "../unit/test-store.h"

/* How long the store takes to take rows in, and the list to put them in another order. Prints a table, and JSON with
 * --json FILE. Measures, asserts nothing of time. */

#define PAGE 500
#define RUNS 5

typedef struct
{
  const char *name;
  double milliseconds[RUNS];
  guint n_runs;
} Measure;

static int n_rows = 100000;
static int seed = 1;
static char *json_file;

static const GOptionEntry options[] = {
  { "rows", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_rows, "Rows in the store", "N" },
  { "seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &seed, "Seed of the rows' values", "N" },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &json_file, "Write the medians there", "FILE" },
  { NULL },
};

static void
add_run (Measure *measure, gint64 since)
{
  measure->milliseconds[measure->n_runs++] = (g_get_monotonic_time () - since) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static double
sort_and_get_median (Measure *measure)
{
  qsort (measure->milliseconds, measure->n_runs, sizeof (double), compare);

  return measure->milliseconds[measure->n_runs / 2];
}

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
fill (TestStore *store, GRand *random)
{
  for (guint i = 0; i < (guint)n_rows;)
    {
      g_autoptr (LinkageChanges) page = test_store_make_page (store);

      for (guint j = 0; j < PAGE && i < (guint)n_rows; j++, i++)
        g_ptr_array_add (page->changed, make_random_row (store, random, i));
      page->has_more = i < (guint)n_rows;
      page->total = n_rows;
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
measure_order (LinkageConnectionList *list, LinkageSort sort, const char *filter, Measure *measure)
{
  for (guint run = 0; run < RUNS; run++)
    {
      gint64 since = g_get_monotonic_time ();

      order (list, sort, filter);
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 0));
      add_run (measure, since);
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

static void
report (Measure *measures, guint n_measures)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autoptr (GError) error = NULL;

  g_print ("%d rows, seed %d\n%-24s %12s %12s %12s\n", n_rows, seed, "name", "median ms", "min ms", "max ms");
  for (guint i = 0; i < n_measures; i++)
    {
      Measure *measure = &measures[i];
      double median = sort_and_get_median (measure);

      g_print ("%-24s %12.1f %12.1f %12.1f\n", measure->name, median, measure->milliseconds[0],
               measure->milliseconds[measure->n_runs - 1]);
      g_string_append_printf (json, "%s\n  \"%s\": {\"value\": %.1f, \"unit\": \"ms\", \"goal\": null}",
                              i > 0 ? "," : "", measure->name, median);
    }
  g_string_append (json, "\n}\n");

  if (json_file != NULL && !g_file_set_contents (json_file, json->str, json->len, &error))
    g_printerr ("%s\n", error->message);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  Measure measures[] = { { "store-fill" }, { "sort-by-name" }, { "sort-by-date" }, { "filter" } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GRand) random = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  folder = g_dir_make_tmp ("linkage-bench-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);

  random = g_rand_new_with_seed (seed);
  for (guint run = 0; run < RUNS; run++)
    {
      g_autoptr (TestStore) store = test_store_new ();
      gint64 since = g_get_monotonic_time ();

      fill (store, random);
      add_run (&measures[0], since);
      if (run == RUNS - 1)
        {
          g_autoptr (LinkageConnectionList) list = linkage_connection_list_new (store->store);

          wait_loaded (list);
          measure_order (list, LINKAGE_SORT_CUSTOMER, "", &measures[1]);
          measure_order (list, LINKAGE_SORT_DATE, "", &measures[2]);
          measure_order (list, LINKAGE_SORT_NONE, "a0", &measures[3]);
        }
    }
  report (measures, G_N_ELEMENTS (measures));
  remove_tree (folder);

  return 0;
}
