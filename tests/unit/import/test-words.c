/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-date.h"
#include "linkage-import-field.h"

static void
test_headings (void)
{
  static const struct
  {
    const char *heading;
    LinkageImportField field;
  } cases[] = {
    { "Customer", LINKAGE_IMPORT_FIELD_CUSTOMER },
    { " KUNDEN ", LINKAGE_IMPORT_FIELD_CUSTOMER },
    { "顧客", LINKAGE_IMPORT_FIELD_CUSTOMER },
    { "Ações", LINKAGE_IMPORT_FIELD_ACTIONS },
    { "ステータス", LINKAGE_IMPORT_FIELD_STATUS },
    { "Eメール", LINKAGE_IMPORT_FIELD_EMAIL },
    { "E-mail", LINKAGE_IMPORT_FIELD_EMAIL },
    { "日付", LINKAGE_IMPORT_FIELD_DATE },
    { "Kommentare", LINKAGE_IMPORT_FIELD_COMMENTS },
    { "Invoice #", LINKAGE_IMPORT_FIELD_NONE },
    { "", LINKAGE_IMPORT_FIELD_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (linkage_import_field_from_heading (cases[i].heading), ==, cases[i].field);

  for (guint field = 0; field < LINKAGE_IMPORT_N_FIELDS; field++)
    g_assert_cmpint (linkage_import_field_from_string (linkage_import_field_to_string (field)), ==, field);
  g_assert_cmpint (linkage_import_field_from_string ("nonsense"), ==, LINKAGE_IMPORT_FIELD_NONE);
  g_assert_cmpint (linkage_import_field_from_string (NULL), ==, LINKAGE_IMPORT_FIELD_NONE);
}

static void
test_statuses (void)
{
  g_assert_cmpint (linkage_import_status_from_word ("Pending"), ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (linkage_import_status_from_word ("ABGELAUFEN"), ==, LINKAGE_STATUS_EXPIRED);
  g_assert_cmpint (linkage_import_status_from_word ("Approuvé"), ==, LINKAGE_STATUS_APPROVED);
  g_assert_cmpint (linkage_import_status_from_word ("却下"), ==, LINKAGE_STATUS_REJECTED);
  g_assert_cmpint (linkage_import_status_from_word ("Paid"), ==, LINKAGE_STATUS_UNKNOWN);
  g_assert_true (linkage_import_is_connect_word ("Verbinden"));
  g_assert_true (linkage_import_is_connect_word ("接続"));
  g_assert_false (linkage_import_is_connect_word ("Delete"));
  g_assert_true (linkage_import_is_system_initiated (" [system initiated] "));
  g_assert_true (linkage_import_is_system_initiated ("[システムによって開始された]"));
  g_assert_false (linkage_import_is_system_initiated ("buyer@customer.example"));
  g_assert_false (linkage_import_is_system_initiated ("["));
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    LinkageDateOrder order;
    const char *day; /* NULL: no date */
  } cases[] = {
    { "11/24/26", LINKAGE_DATE_ORDER_MDY, "2026-11-24" },
    { "11/24/26", LINKAGE_DATE_ORDER_DMY, NULL },
    { "24.11.2026", LINKAGE_DATE_ORDER_DMY, "2026-11-24" },
    { "3/4/2026 10:45 PM", LINKAGE_DATE_ORDER_DMY, "2026-04-03" },
    { "3/4/2026", LINKAGE_DATE_ORDER_MDY, "2026-03-04" },
    { "2026-11-24T06:00:00Z", LINKAGE_DATE_ORDER_DMY, "2026-11-24" },
    { "2026年11月24日", LINKAGE_DATE_ORDER_MDY, "2026-11-24" },
    { "24 Nov 2026", LINKAGE_DATE_ORDER_MDY, "2026-11-24" },
    { "Nov 24, 2026", LINKAGE_DATE_ORDER_DMY, "2026-11-24" },
    { "24. Dezember 2026", LINKAGE_DATE_ORDER_MDY, "2026-12-24" },
    { "1 de março de 2026", LINKAGE_DATE_ORDER_MDY, "2026-03-01" },
    { "12 août 2026", LINKAGE_DATE_ORDER_MDY, "2026-08-12" },
    { "26/11/24", LINKAGE_DATE_ORDER_YMD, "2026-11-24" },
    { "30/02/2026", LINKAGE_DATE_ORDER_DMY, NULL },
    { "24/11/1926", LINKAGE_DATE_ORDER_DMY, NULL },
    { "24/11", LINKAGE_DATE_ORDER_DMY, NULL },
    { "123456789", LINKAGE_DATE_ORDER_DMY, NULL },
    { "soon", LINKAGE_DATE_ORDER_DMY, NULL },
    { "", LINKAGE_DATE_ORDER_DMY, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date;
      char printed[16] = "";
      gboolean is_date = linkage_import_date_parse (cases[i].text, cases[i].order, &date);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (is_date, ==, cases[i].day != NULL);
      if (!is_date)
        continue;
      g_date_strftime (printed, sizeof printed, "%Y-%m-%d", &date);
      g_assert_cmpstr (printed, ==, cases[i].day);
    }
}

static void
test_order (void)
{
  const char *month_first[] = { "1/2/2026", "no date", "1/24/2026", "" };
  const char *day_first[] = { "1.2.2026", "24.1.2026" };
  const char *either[] = { "1/2/2026", "3/4/2026" };
  const char *short_years[] = { "19.11.26", "04.11.26" };
  const char *none[] = { "13/13/2026" };
  LinkageDateOrder order = LINKAGE_DATE_ORDER_YMD;

  g_assert_true (linkage_import_date_guess_order (month_first, G_N_ELEMENTS (month_first), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_MDY);
  g_assert_true (linkage_import_date_guess_order (day_first, G_N_ELEMENTS (day_first), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_DMY);

  order = LINKAGE_DATE_ORDER_MDY;
  g_assert_false (linkage_import_date_guess_order (either, G_N_ELEMENTS (either), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_MDY);
  g_assert_false (linkage_import_date_guess_order (none, G_N_ELEMENTS (none), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_MDY);

  /* 26 may be the year or the day, but nothing makes a month of 19. */
  g_assert_false (linkage_import_date_guess_order (short_years, G_N_ELEMENTS (short_years), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_DMY);
  order = LINKAGE_DATE_ORDER_YMD;
  g_assert_false (linkage_import_date_guess_order (short_years, G_N_ELEMENTS (short_years), &order));
  g_assert_cmpint (order, ==, LINKAGE_DATE_ORDER_YMD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/words/headings", test_headings);
  g_test_add_func ("/import/words/statuses", test_statuses);
  g_test_add_func ("/import/words/dates", test_dates);
  g_test_add_func ("/import/words/order", test_order);

  return g_test_run ();
}
