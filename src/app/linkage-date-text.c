/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-date-text.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)

static GDateTime *
get_local (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);

  if (utc == NULL)
    return NULL;

  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
}

static char *
format (GDateTime *date, const char *pattern)
{
  g_autofree char *text = NULL;

  if (date != NULL)
    text = g_date_time_format (date, pattern);

  return text != NULL ? g_steal_pointer (&text) : g_strdup ("");
}

/* The person's locale says whether the day has twelve hours or twenty-four. */
static const char *
get_clock_pattern (void)
{
  const char *pattern = nl_langinfo (T_FMT);

  if (strstr (pattern, "%p") != NULL || strstr (pattern, "%r") != NULL || strstr (pattern, "%I") != NULL)
    /* Translators: A time of day of twelve hours, for g_date_time_format(): "3:05 PM". */
    return C_ ("time of day", "%-l:%M %p");

  /* Translators: A time of day of twenty-four hours, for g_date_time_format(): "15:05". */
  return C_ ("time of day", "%H:%M");
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/**
 * linkage_date_text_format_date:
 * @time: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Formats a day as the person's locale writes it.
 *
 * Returns: (transfer full): the day, empty for a time that no calendar has
 */
char *
linkage_date_text_format_date (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = get_local (time, zone);

  return format (date, "%x");
}

/**
 * linkage_date_text_format_exact:
 * @time: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Formats a time with its day, its time of day and its zone.
 *
 * Returns: (transfer full): the time, empty for one that no calendar has
 */
char *
linkage_date_text_format_exact (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = get_local (time, zone);
  g_autofree char *day = format (date, "%x");
  g_autofree char *clock = format (date, get_clock_pattern ());
  g_autofree char *name = format (date, "%Z");

  if (date == NULL)
    return g_strdup ("");

  /* Translators: The day, the time of day and the name of its time zone: "24/11/2026, 15:05 (CET)". */
  return g_strdup_printf (_ ("%1$s, %2$s (%3$s)"), day, clock, name);
}

/**
 * linkage_date_text_format_since:
 * @time: Unix seconds
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Formats when something began, to be read today: the time of day, with the day where that was not today.
 *
 * Returns: (transfer full): the time, empty for one that no calendar has
 */
char *
linkage_date_text_format_since (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = get_local (time, zone);
  g_autoptr (GDateTime) today = get_local (now, zone);
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (date == NULL || today == NULL)
    return g_strdup ("");

  clock = format (date, get_clock_pattern ());
  if (is_same_day (date, today))
    return g_steal_pointer (&clock);

  day = format (date, "%x");
  /* Translators: A day and a time of day: "24/11/2026, 15:05". */
  return g_strdup_printf (C_ ("day and time", "%1$s, %2$s"), day, clock);
}

/**
 * linkage_date_text_format_updated:
 * @time: Unix seconds; 0: never
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says how long ago a list was read from the portal.
 *
 * Returns: (transfer full): a sentence
 */
char *
linkage_date_text_format_updated (gint64 time, gint64 now, GTimeZone *zone)
{
  gint64 seconds = now - time;
  g_autofree char *since = NULL;

  if (time == 0)
    return g_strdup (_ ("Not updated yet"));
  if (seconds < MINUTE)
    return g_strdup (_ ("Updated just now"));

  if (seconds < HOUR)
    {
      guint minutes = (guint)(seconds / MINUTE);

      /* Translators: %u is a number of minutes. */
      return g_strdup_printf (ngettext ("Updated %u minute ago", "Updated %u minutes ago", minutes), minutes);
    }

  since = linkage_date_text_format_since (time, now, zone);
  /* Translators: %s is a time of day, with the day in front where that was not today. */
  return g_strdup_printf (_ ("Updated at %s"), since);
}

/**
 * linkage_date_text_format_day:
 * @time: Unix seconds
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Formats a day as briefly as can be understood today: without its year where that is this one.
 *
 * Returns: (transfer full): the day, empty for a time that no calendar has
 */
char *
linkage_date_text_format_day (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = get_local (time, zone);
  g_autoptr (GDateTime) today = get_local (now, zone);

  if (date == NULL || today == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    /* Translators: A day of this year, for g_date_time_format(): "12 Nov". */
    return format (date, C_ ("day of this year", "%-d %b"));

  /* Translators: A day of another year, for g_date_time_format(): "12 Nov 2025". */
  return format (date, C_ ("day of another year", "%-d %b %Y"));
}

static gint
get_julian_day (GDateTime *date)
{
  int year;
  int month;
  int day;
  GDate calendar;

  g_date_clear (&calendar, 1);
  g_date_time_get_ymd (date, &year, &month, &day);
  g_date_set_dmy (&calendar, (GDateDay)day, (GDateMonth)month, (GDateYear)year);

  return (gint)g_date_get_julian (&calendar);
}

/**
 * linkage_date_text_count_days:
 * @time: Unix seconds
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Counts how many days ago something was as people do: midnights, and not hours.
 *
 * Returns: the days; less than 0 for what is still to come, 0 for a time that no calendar has
 */
gint
linkage_date_text_count_days (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = get_local (time, zone);
  g_autoptr (GDateTime) today = get_local (now, zone);

  if (date == NULL || today == NULL)
    return 0;

  return get_julian_day (today) - get_julian_day (date);
}

/**
 * linkage_date_text_format_copied:
 * @time: Unix seconds; 0: never
 * @now: Unix seconds
 * @zone: (nullable): a time zone; %NULL for the person's own
 *
 * Says from when the latest copy of a list is.
 *
 * Returns: (transfer full): a sentence
 */
char *
linkage_date_text_format_copied (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autofree char *day = NULL;

  if (time == 0)
    return g_strdup (_ ("Nothing copied yet"));

  day = linkage_date_text_format_day (time, now, zone);
  /* Translators: %s is a day: "Copy of 12 Nov". */
  return g_strdup_printf (_ ("Copy of %s"), day);
}
