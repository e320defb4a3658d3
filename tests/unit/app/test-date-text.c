/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-date-text.h"

#include <locale.h>

#define NEW_YEAR G_GINT64_CONSTANT (1767225600) /* 2026-01-01T00:00:00Z */
#define MINUTE 60
#define HOUR (60 * MINUTE)

static void
test_date_is_in_the_zone (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-5 * HOUR);
  g_autofree char *in_utc = linkage_date_text_format_date (NEW_YEAR, utc);
  g_autofree char *in_west = linkage_date_text_format_date (NEW_YEAR, west);

  g_assert_cmpstr (in_utc, ==, "01/01/26");
  g_assert_cmpstr (in_west, ==, "12/31/25");
}

static void
test_exact_names_day_time_and_zone (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = linkage_date_text_format_exact (NEW_YEAR + 15 * HOUR + 5 * MINUTE, utc);

  g_assert_cmpstr (text, ==, "01/01/26, 15:05 (UTC)");
}

static void
test_impossible_time_is_empty (void)
{
  g_autofree char *date = linkage_date_text_format_date (G_MAXINT64, NULL);
  g_autofree char *exact = linkage_date_text_format_exact (G_MAXINT64, NULL);
  g_autofree char *since = linkage_date_text_format_since (G_MAXINT64, NEW_YEAR, NULL);

  g_assert_cmpstr (date, ==, "");
  g_assert_cmpstr (exact, ==, "");
  g_assert_cmpstr (since, ==, "");
}

static void
test_since_has_the_day_unless_today (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *today = linkage_date_text_format_since (NEW_YEAR, NEW_YEAR + 23 * HOUR, utc);
  g_autofree char *yesterday = linkage_date_text_format_since (NEW_YEAR - MINUTE, NEW_YEAR, utc);

  g_assert_cmpstr (today, ==, "00:00");
  g_assert_cmpstr (yesterday, ==, "12/31/25, 23:59");
}

static void
test_updated (void)
{
  static const struct
  {
    gint64 time;
    gint64 now;
    const char *text;
  } cases[] = {
    { 0, NEW_YEAR, "Not updated yet" },
    { NEW_YEAR, NEW_YEAR, "Updated just now" },
    { NEW_YEAR, NEW_YEAR + 59, "Updated just now" },
    { NEW_YEAR, NEW_YEAR - 30, "Updated just now" },
    { NEW_YEAR, NEW_YEAR + MINUTE, "Updated 1 minute ago" },
    { NEW_YEAR, NEW_YEAR + HOUR - 1, "Updated 59 minutes ago" },
    { NEW_YEAR, NEW_YEAR + HOUR, "Updated at 00:00" },
    { NEW_YEAR, NEW_YEAR + 24 * HOUR, "Updated at 01/01/26, 00:00" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = linkage_date_text_format_updated (cases[i].time, cases[i].now, utc);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_day_has_its_year_unless_this_one (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *this_year = linkage_date_text_format_day (NEW_YEAR, NEW_YEAR + 300 * 24 * HOUR, utc);
  g_autofree char *last_year = linkage_date_text_format_day (NEW_YEAR - MINUTE, NEW_YEAR, utc);
  g_autofree char *impossible = linkage_date_text_format_day (G_MAXINT64, NEW_YEAR, utc);

  g_assert_cmpstr (this_year, ==, "1 Jan");
  g_assert_cmpstr (last_year, ==, "31 Dec 2025");
  g_assert_cmpstr (impossible, ==, "");
}

static void
test_days_are_counted_by_midnights (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) west = g_time_zone_new_offset (-5 * HOUR);

  g_assert_cmpint (linkage_date_text_count_days (NEW_YEAR, NEW_YEAR + 24 * HOUR - 1, utc), ==, 0);
  g_assert_cmpint (linkage_date_text_count_days (NEW_YEAR - 1, NEW_YEAR, utc), ==, 1);
  g_assert_cmpint (linkage_date_text_count_days (NEW_YEAR - 1, NEW_YEAR, west), ==, 0);
  g_assert_cmpint (linkage_date_text_count_days (NEW_YEAR, NEW_YEAR + 365 * 24 * HOUR, utc), ==, 365);
  g_assert_cmpint (linkage_date_text_count_days (NEW_YEAR, NEW_YEAR - 1, utc), ==, -1);
  g_assert_cmpint (linkage_date_text_count_days (G_MAXINT64, NEW_YEAR, utc), ==, 0);
}

static void
test_copied (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *never = linkage_date_text_format_copied (0, NEW_YEAR, utc);
  g_autofree char *once = linkage_date_text_format_copied (NEW_YEAR, NEW_YEAR + HOUR, utc);

  g_assert_cmpstr (never, ==, "Nothing copied yet");
  g_assert_cmpstr (once, ==, "Copy of 1 Jan");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-text/date-is-in-the-zone", test_date_is_in_the_zone);
  g_test_add_func ("/date-text/exact-names-day-time-and-zone", test_exact_names_day_time_and_zone);
  g_test_add_func ("/date-text/impossible-time-is-empty", test_impossible_time_is_empty);
  g_test_add_func ("/date-text/since-has-the-day-unless-today", test_since_has_the_day_unless_today);
  g_test_add_func ("/date-text/updated", test_updated);
  g_test_add_func ("/date-text/day-has-its-year-unless-this-one", test_day_has_its_year_unless_this_one);
  g_test_add_func ("/date-text/days-are-counted-by-midnights", test_days_are_counted_by_midnights);
  g_test_add_func ("/date-text/copied", test_copied);

  return g_test_run ();
}
