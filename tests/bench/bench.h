/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENCH_RUNS 3

/* Something that is measured, in each of the runs. */
typedef struct
{
  const char *name;
  guint goal; /* milliseconds that the median is to stay below, 0: none was set */
  double milliseconds[BENCH_RUNS];
  guint n_runs;
} BenchMeasure;

typedef struct
{
  guint n_rows;
  GRand *random;   /* (owned) */
  GArray *results; /* (owned) (element-type BenchMeasure) */
} Bench;

/* The milliseconds since then, by g_get_monotonic_time(). */
void bench_measure_add_since (BenchMeasure *measure, gint64 since);
void bench_measure_add (BenchMeasure *measure, double milliseconds);
void bench_take_results (Bench *bench, const BenchMeasure *measures, guint n_measures);

/* The parts. */
void bench_store (Bench *bench);
void bench_import (Bench *bench);

G_END_DECLS
