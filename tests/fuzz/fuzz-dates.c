/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "linkage-import-date.h"
#include "linkage-text.h"

#define N_ORDERS 3

/* A date that is read can be written with its year in front, and means the same in any order. */
static gboolean
check_date (const char *text, LinkageDateOrder order)
{
  GDate date, again;
  g_autofree char *written = NULL;

  if (!linkage_import_date_parse (text, order, &date))
    return FALSE;

  g_assert_true (g_date_valid (&date));
  written =
    g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
  for (guint i = 0; i < N_ORDERS; i++)
    {
      g_assert_true (linkage_import_date_parse (written, i, &again));
      g_assert_cmpint (g_date_compare (&date, &again), ==, 0);
    }

  return TRUE;
}

static void
check_order (const char *const *texts)
{
  LinkageDateOrder order;

  if (!linkage_import_date_guess_order (texts, g_strv_length ((GStrv)texts), &order))
    return;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      gboolean is_date = FALSE;

      for (guint j = 0; j < N_ORDERS; j++)
        is_date |= check_date (texts[i], j);
      g_assert_true (!is_date || check_date (texts[i], order));
    }
}

static void
check_time (const char *text)
{
  gint64 time = linkage_text_parse_time (text);
  g_autofree char *written = NULL;

  g_assert_cmpint (time, >=, -1);
  if (time < 0)
    return;

  written = linkage_text_format_time (time);
  g_assert_cmpint (linkage_text_parse_time (written), ==, time);
}

/* Line by line a date as people write it, or one of ISO 8601. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      for (guint order = 0; order < N_ORDERS; order++)
        check_date (lines[i], order);
      check_time (lines[i]);
    }
  check_order ((const char *const *)lines);

  return 0;
}
