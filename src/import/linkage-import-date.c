/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-date.h"

#include <langinfo.h>
#include <string.h>

#include "linkage-text.h"

/* A date as its numbers, in the order in which they stand; a month that is a word is a number here too. */
typedef struct
{
  guint numbers[3];
  guint digits[3]; /* 0: the month's name */
  guint n_numbers;
} Parts;

typedef struct
{
  const char *name; /* in the form of linkage_text_fold_filter (), at least three letters of it */
  guint month;
} MonthName;

/* The names that begin alike in English, German, French, Spanish, Portuguese and Italian are here once. */
static const MonthName month_names[] = {
  { "jan", 1 },  { "ene", 1 },  { "gen", 1 },  { "feb", 2 },  { "fev", 2 },  { "mar", 3 },  { "apr", 4 },
  { "abr", 4 },  { "avr", 4 },  { "may", 5 },  { "mai", 5 },  { "mag", 5 },  { "jun", 6 },  { "juin", 6 },
  { "giu", 6 },  { "jul", 7 },  { "juil", 7 }, { "lug", 7 },  { "aug", 8 },  { "ago", 8 },  { "aou", 8 },
  { "sep", 9 },  { "set", 9 },  { "oct", 10 }, { "okt", 10 }, { "out", 10 }, { "ott", 10 }, { "nov", 11 },
  { "dec", 12 }, { "dez", 12 }, { "dic", 12 },
};

static guint
month_from_word (const char *word, gsize length)
{
  guint month = 0;
  gsize longest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (month_names); i++)
    {
      gsize name_length = strlen (month_names[i].name);

      if (name_length <= length && name_length > longest && strncmp (word, month_names[i].name, name_length) == 0)
        {
          month = month_names[i].month;
          longest = name_length;
        }
    }

  return month;
}

static const char *
take_number (const char *at, Parts *parts)
{
  guint digits = 0, number = 0;

  for (; g_ascii_isdigit (*at) && digits < 5; at++, digits++)
    number = number * 10 + (guint)(*at - '0');

  parts->numbers[parts->n_numbers] = number;
  parts->digits[parts->n_numbers] = digits;
  parts->n_numbers++;

  return at;
}

static const char *
take_word (const char *at, Parts *parts)
{
  const char *start = at;
  guint month;

  while (*at != '\0' && !g_ascii_isdigit (*at) && g_unichar_isalpha (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  month = month_from_word (start, at - start);
  if (month > 0)
    {
      parts->numbers[parts->n_numbers] = month;
      parts->digits[parts->n_numbers] = 0;
      parts->n_numbers++;
    }

  return at;
}

/* The first three numbers; a time of day may follow and is not looked at. */
static gboolean
split (const char *text, Parts *parts)
{
  g_autofree char *folded = linkage_text_fold_filter (text);
  const char *at = folded;

  memset (parts, 0, sizeof *parts);
  while (*at != '\0' && parts->n_numbers < 3)
    {
      if (g_ascii_isdigit (*at))
        at = take_number (at, parts);
      else if (g_unichar_isalpha (g_utf8_get_char (at)))
        at = take_word (at, parts);
      else
        at = g_utf8_next_char (at);
    }

  return parts->n_numbers == 3 && !g_ascii_isdigit (*at);
}

static guint
get_year (const Parts *parts, guint place)
{
  if (parts->digits[place] == 4)
    return parts->numbers[place];

  return parts->digits[place] == 2 ? 2000 + parts->numbers[place] : 0;
}

static gboolean
make_date (const Parts *parts, guint day, guint month, guint year, GDate *date)
{
  guint full_year = get_year (parts, year);

  if (parts->digits[day] == 0 || parts->digits[day] > 2 || parts->digits[month] > 2)
    return FALSE;
  if (full_year < 2000 || full_year > 2199 ||
      !g_date_valid_dmy (parts->numbers[day], (GDateMonth)parts->numbers[month], full_year))
    return FALSE;

  g_date_set_dmy (date, parts->numbers[day], (GDateMonth)parts->numbers[month], full_year);

  return TRUE;
}

/**
 * linkage_import_date_parse:
 * @text: a date as a portal's page or a spreadsheet shows it, with a time of day or without
 * @order: how day and month stand where the text itself does not tell
 * @date: (out caller-allocates): the day, in whatever time zone the page was shown in
 *
 * Reads 11/24/26, 24.11.2026, 2026-11-24, 2026年11月24日, 24 Nov 2026, Nov 24, 2026 and the like. A year in front and a
 * month's name tell the order by themselves.
 *
 * Returns: whether the text is a day that exists, from 2000 to 2199
 */
gboolean
linkage_import_date_parse (const char *text, LinkageDateOrder order, GDate *date)
{
  Parts parts;

  if (!split (text, &parts))
    return FALSE;
  if (parts.digits[0] == 4)
    return make_date (&parts, 2, 1, 0, date);
  if (parts.digits[0] == 0)
    return make_date (&parts, 1, 0, 2, date);
  if (parts.digits[1] == 0)
    return make_date (&parts, 0, 1, 2, date);

  switch (order)
    {
    case LINKAGE_DATE_ORDER_MDY:
      return make_date (&parts, 1, 0, 2, date);
    case LINKAGE_DATE_ORDER_YMD:
      return make_date (&parts, 2, 1, 0, date);
    case LINKAGE_DATE_ORDER_DMY:
    default:
      return make_date (&parts, 0, 1, 2, date);
    }
}

/**
 * linkage_import_date_guess_order:
 * @texts: (array length=n_texts): the dates of a column
 * @order: (inout): the order that is likely; the one in which each of the texts is a day, where it is another
 *
 * Two digits of a year may be those of a day, so that more than one order makes sense now and then: the likely one is
 * taken then if it does, and else the first of day, month, year and its like.
 *
 * Returns: whether just one order makes sense of all texts that are dates at all
 */
gboolean
linkage_import_date_guess_order (const char *const *texts, gsize n_texts, LinkageDateOrder *order)
{
  static const LinkageDateOrder orders[] = { LINKAGE_DATE_ORDER_DMY, LINKAGE_DATE_ORDER_MDY, LINKAGE_DATE_ORDER_YMD };
  gboolean is_possible[G_N_ELEMENTS (orders)] = { TRUE, TRUE, TRUE };
  gboolean is_likely = FALSE;
  LinkageDateOrder first = *order;
  guint n_possible = 0;

  for (gsize i = 0; i < n_texts; i++)
    {
      gboolean fits[G_N_ELEMENTS (orders)];
      gboolean is_date = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (orders); j++)
        {
          GDate date;

          fits[j] = linkage_import_date_parse (texts[i], orders[j], &date);
          is_date |= fits[j];
        }
      for (gsize j = 0; is_date && j < G_N_ELEMENTS (orders); j++)
        is_possible[j] &= fits[j];
    }

  for (gsize j = 0; j < G_N_ELEMENTS (orders); j++)
    {
      if (!is_possible[j])
        continue;
      if (n_possible++ == 0)
        first = orders[j];
      is_likely |= orders[j] == *order;
    }
  if (!is_likely)
    *order = first;

  return n_possible == 1;
}

/**
 * linkage_import_date_get_locale_order:
 *
 * Returns: the order of the person's own dates, for where a column does not tell
 */
LinkageDateOrder
linkage_import_date_get_locale_order (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *day = strpbrk (format, "de");
  const char *month = strpbrk (format, "mbBh");
  const char *year = strpbrk (format, "yY");

  if (strstr (format, "%D") != NULL || day == NULL || month == NULL || year == NULL)
    return strstr (format, "%F") != NULL ? LINKAGE_DATE_ORDER_YMD : LINKAGE_DATE_ORDER_MDY;
  if (year < month)
    return LINKAGE_DATE_ORDER_YMD;

  return month < day ? LINKAGE_DATE_ORDER_MDY : LINKAGE_DATE_ORDER_DMY;
}
