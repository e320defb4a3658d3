/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench.h"

#include "../unit/test-store.h"
#include "linkage-companion-account.h"

/* "100,000 rows import in under two seconds, with the window alive": what a person waits for from the paste to the rows
 * in the table, and the longest turn of the main loop in which a window could not have drawn. */
#define GOAL 2000
#define COPIED_AT G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */

enum
{
  READ,
  PREVIEW,
  APPLY,
  TOTAL,
  LONGEST_TURN,
  N_MEASURES,
};

/* GPollFunc has no user data. */
static gint64 turn_began_at;
static gint64 longest_turn;

static int
poll_between_turns (GPollFD *fds, guint n_fds, int timeout)
{
  int n_ready;

  longest_turn = MAX (longest_turn, g_get_monotonic_time () - turn_began_at);
  n_ready = g_poll (fds, n_fds, timeout);
  turn_began_at = g_get_monotonic_time ();

  return n_ready;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  gint64 deadline = test_deadline ();

  while (*result == NULL)
    test_turn (deadline);

  return *result;
}

/* A row as a browser copies it: with the style that a style sheet gave to each of its cells. */
static void
append_html (GString *text, const char *customer, const char *status, const char *email, const char *date)
{
  static const char cell[] = "<td style=\"border-bottom: 1px solid rgb(204, 204, 204); padding: 6px;\">";

  if (text->len == 0)
    g_string_append (text, "<meta charset='utf-8'><table><thead><tr><th>Customers</th><th>Actions</th><th>Status</th>"
                           "<th>Email</th><th>Date</th><th>Comments</th></tr></thead><tbody>");
  g_string_append_printf (text,
                          "<tr>%s<div><a href=\"#customer\">%s</a></div></td>%s</td>%s<span>%s</span></td>"
                          "%s%s</td>%s%s</td>%s</td></tr>\n",
                          cell, customer, cell, cell, status, cell, email, cell, date, cell);
}

static void
append_csv (GString *text, const char *customer, const char *status, const char *email, const char *date)
{
  if (text->len == 0)
    g_string_append (text, "Customers;Actions;Status;Email;Date;Comments\r\n");
  g_string_append_printf (text, "\"%s\";;%s;%s;%s;\r\n", customer, status, email, date);
}

typedef void (
  *AppendFunc) (GString *text, const char *customer, const char *status, const char *email, const char *date);

static GBytes *
make_table (Bench *bench, AppendFunc append)
{
  static const char *const statuses[] = { "Pending", "Approved", "Expired", "Rejected" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < bench->n_rows; i++)
    {
      const char *status = statuses[g_rand_int_range (bench->random, 0, G_N_ELEMENTS (statuses))];
      g_autofree char *customer = g_strdup_printf ("%c%08x Trading %u", 'A' + g_rand_int_range (bench->random, 0, 26),
                                                   g_rand_int (bench->random), i);
      g_autofree char *email = g_strdup_printf ("contact-%u@customer.example", i);
      g_autofree char *date = g_strdup_printf ("%02d/%02d/2026", g_rand_int_range (bench->random, 1, 11),
                                               g_rand_int_range (bench->random, 1, 29));

      append (text, customer, status, email, date);
    }

  return g_string_free_to_bytes (text);
}

static LinkageAccount *
open_account (guint number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_strdup_printf ("%s/account-%u", g_get_user_data_dir (), number);
  LinkageAccount *account = NULL;

  linkage_companion_account_open_async ("bench", folder, "Bench", "https://supplier.example", NULL, on_result, &result);
  account = linkage_companion_account_open_finish (wait_for (&result), &error);
  g_assert_no_error (error);

  return account;
}

static void
close_account (LinkageAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_close_async (account, on_result, &result);
  linkage_account_close_finish (account, wait_for (&result), &error);
  g_assert_no_error (error);
}

static LinkageImportTable *
read_table (LinkageCompanionAccount *account, GBytes *bytes, const char *hint, LinkageImportMapping *mapping)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportTable *table = NULL;

  linkage_companion_account_read_async (account, bytes, hint, NULL, on_result, &result);
  table = linkage_companion_account_read_finish (account, wait_for (&result), mapping, &error);
  g_assert_no_error (error);

  return table;
}

static LinkageImportPlan *
preview (LinkageCompanionAccount *account, LinkageImportTable *table, const LinkageImportMapping *mapping)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportPlan *plan = NULL;

  linkage_companion_account_preview_async (account, table, mapping, COPIED_AT, NULL, on_result, &result);
  plan = linkage_companion_account_preview_finish (account, wait_for (&result), &error);
  g_assert_no_error (error);

  return plan;
}

static void
apply (LinkageCompanionAccount *account, LinkageImportPlan *plan)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_companion_account_apply_async (account, plan, FALSE, NULL, on_result, &result);
  linkage_companion_account_finish (account, wait_for (&result), &error);
  g_assert_no_error (error);
}

/* The table of a window shows the list meanwhile. */
static void
wait_shown (GListModel *list, guint n_rows)
{
  gint64 deadline = test_deadline ();

  while (g_list_model_get_n_items (list) < n_rows)
    test_turn (deadline);
  g_object_unref (g_list_model_get_item (list, 0));
}

static void
import (LinkageAccount *account, GBytes *bytes, const char *hint, guint n_rows, BenchMeasure *measures)
{
  LinkageCompanionAccount *companion = LINKAGE_COMPANION_ACCOUNT (account);
  g_autoptr (LinkageConnectionList) list = linkage_account_create_list (account);
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  LinkageImportMapping mapping;
  gint64 begun = g_get_monotonic_time (), since = begun;

  longest_turn = 0;
  turn_began_at = begun;
  table = read_table (companion, bytes, hint, &mapping);
  bench_measure_add_since (&measures[READ], since);

  since = g_get_monotonic_time ();
  plan = preview (companion, table, &mapping);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_NEW), ==, n_rows);
  bench_measure_add_since (&measures[PREVIEW], since);

  since = g_get_monotonic_time ();
  apply (companion, plan);
  wait_shown (G_LIST_MODEL (list), n_rows);
  bench_measure_add_since (&measures[APPLY], since);

  bench_measure_add_since (&measures[TOTAL], begun);
  bench_measure_add (&measures[LONGEST_TURN], longest_turn / 1000.0);
}

static void
measure_import (Bench *bench, GBytes *bytes, const char *hint, BenchMeasure *measures)
{
  static guint n_accounts = 0;

  for (guint run = 0; run < BENCH_RUNS; run++)
    {
      LinkageAccount *account = open_account (n_accounts++);

      import (account, bytes, hint, bench->n_rows, measures);
      close_account (account);
      g_object_unref (account);
    }

  bench_take_results (bench, measures, N_MEASURES);
}

void
bench_import (Bench *bench)
{
  BenchMeasure html[N_MEASURES] = {
    { "import-html-read" },        { "import-html-preview" },      { "import-html-apply" },
    { "import-html-total", GOAL }, { "import-html-longest-turn" },
  };
  BenchMeasure csv[N_MEASURES] = {
    { "import-csv-read" },        { "import-csv-preview" },      { "import-csv-apply" },
    { "import-csv-total", GOAL }, { "import-csv-longest-turn" },
  };
  g_autoptr (GBytes) page = make_table (bench, append_html);
  g_autoptr (GBytes) sheet = make_table (bench, append_csv);

  g_main_context_set_poll_func (NULL, poll_between_turns);
  measure_import (bench, page, "text/html", html);
  measure_import (bench, sheet, "text/csv", csv);
  g_main_context_set_poll_func (NULL, NULL);
}
