/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench.h"

#include <glib/gstdio.h>

/* How long the store takes to take rows in and to put them in another order, and how long an import takes. Prints a
 * table, and JSON with --json FILE. Measures, asserts nothing of time. */

static int n_rows = 100000;
static int seed = 1;
static char *part;
static char *json_file;

static const GOptionEntry options[] = {
  { "rows", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_rows, "Rows in the store, or in the import", "N" },
  { "seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &seed, "Seed of the rows' values", "N" },
  { "part", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &part, "Measure only this: store, import", "PART" },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &json_file, "Write the medians there", "FILE" },
  { NULL },
};

static const struct
{
  const char *name;
  void (*run) (Bench *bench);
} parts[] = {
  { "store", bench_store },
  { "import", bench_import },
};

void
bench_measure_add (BenchMeasure *measure, double milliseconds)
{
  g_return_if_fail (measure->n_runs < BENCH_RUNS);

  measure->milliseconds[measure->n_runs++] = milliseconds;
}

void
bench_measure_add_since (BenchMeasure *measure, gint64 since)
{
  bench_measure_add (measure, (g_get_monotonic_time () - since) / 1000.0);
}

void
bench_take_results (Bench *bench, const BenchMeasure *measures, guint n_measures)
{
  g_array_append_vals (bench->results, measures, n_measures);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static void
print_results (Bench *bench)
{
  g_print ("%u rows, seed %d\n%-24s %12s %12s %12s %12s\n", bench->n_rows, seed, "name", "median ms", "min ms",
           "max ms", "goal ms");
  for (guint i = 0; i < bench->results->len; i++)
    {
      const BenchMeasure *measure = &g_array_index (bench->results, BenchMeasure, i);
      const double *sorted = measure->milliseconds;
      g_autofree char *goal = measure->goal > 0 ? g_strdup_printf ("< %u", measure->goal) : g_strdup ("");

      g_print ("%-24s %12.1f %12.1f %12.1f %12s\n", measure->name, sorted[measure->n_runs / 2], sorted[0],
               sorted[measure->n_runs - 1], goal);
    }
}

static gboolean
write_json (Bench *bench, GError **error)
{
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < bench->results->len; i++)
    {
      const BenchMeasure *measure = &g_array_index (bench->results, BenchMeasure, i);
      g_autofree char *goal = measure->goal > 0 ? g_strdup_printf ("%u", measure->goal) : g_strdup ("null");

      g_string_append_printf (json, "%s\n  \"%s\": {\"value\": %.1f, \"unit\": \"ms\", \"goal\": %s}", i > 0 ? "," : "",
                              measure->name, measure->milliseconds[measure->n_runs / 2], goal);
    }
  g_string_append (json, "\n}\n");

  return g_file_set_contents (json_file, json->str, json->len, error);
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

static gboolean
run_parts (Bench *bench)
{
  gboolean is_known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (part != NULL && !g_str_equal (part, parts[i].name))
        continue;
      parts[i].run (bench);
      is_known = TRUE;
    }

  for (guint i = 0; i < bench->results->len; i++)
    {
      BenchMeasure *measure = &g_array_index (bench->results, BenchMeasure, i);

      qsort (measure->milliseconds, measure->n_runs, sizeof (double), compare);
    }

  return is_known;
}

static gboolean
read_options (int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, options, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GRand) random = NULL;
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BenchMeasure));
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  gboolean done;

  if (!read_options (&argc, &argv, &error) || (folder = g_dir_make_tmp ("linkage-bench-XXXXXX", &error)) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  random = g_rand_new_with_seed (seed);
  bench.n_rows = n_rows;
  bench.random = random;
  bench.results = results;
  done = run_parts (&bench);
  remove_tree (folder);
  if (!done)
    {
      g_printerr ("There is no part %s\n", part);
      return 2;
    }

  print_results (&bench);
  if (json_file != NULL && !write_json (&bench, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  return 0;
}
