/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-plan.h"
#include "linkage-import-read.h"
#include "linkage-text.h"

#define DEADLINE 100 /* seconds */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static LinkageImportTable *
read_bytes (GBytes *bytes,
            const char *hint,
            GHashTable *remembered,
            GCancellable *cancellable,
            LinkageImportMapping *mapping,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;

  linkage_import_read_async (bytes, hint, remembered, cancellable, on_read, &result);
  while (result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }

  return linkage_import_read_finish (result, mapping, error);
}

static LinkageImportTable *
read_text (const char *text, const char *hint, LinkageImportMapping *mapping, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return read_bytes (bytes, hint, NULL, NULL, mapping, error);
}

static void
assert_refused (const char *text, const char *hint, LinkageImportError code)
{
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  g_assert_null (read_text (text, hint, &mapping, &error));
  g_assert_error (error, LINKAGE_IMPORT_ERROR, (int)code);
}

static void
test_page (void)
{
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (
    "<html><body><table><tr><td>Menu</td><td>Setup</td></tr><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
    "</table><table><tr><th>顧客</th><th>ステータス</th><th>日付</th></tr>"
    "<tr><td>山田商事</td><td>保留中</td><td>2026/11/20</td></tr></table></body></html>",
    NULL, &mapping, &error);

  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_is_usable (&mapping));
  g_assert_cmpuint (linkage_import_table_get_n_rows (table), ==, 2);
  g_assert_cmpuint (mapping.first_row, ==, 1);
  g_assert_cmpstr (linkage_import_table_get_cell (table, 1, 0), ==, "山田商事");
}

static void
test_kinds (void)
{
  const char *csv = "Kunde\tStatus\nContoso <buyer>\tGenehmigt\n";
  const char *page = "  <table><tr><th>Client</th><th>Statut</th></tr><tr><td>A</td><td>Expiré</td></tr></table>";
  const char *const csv_hints[] = { "text/plain", "text/csv", "requests.csv", NULL };
  const char *const page_hints[] = { "text/html", "Saved page.HTM", "export.xls", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (csv_hints); i++)
    {
      g_autoptr (GError) error = NULL;
      LinkageImportMapping mapping;
      g_autoptr (LinkageImportTable) of_csv = read_text (csv, csv_hints[i], &mapping, &error);
      g_autoptr (LinkageImportTable) of_page = NULL;

      g_assert_no_error (error);
      g_assert_true (linkage_import_mapping_is_usable (&mapping));
      of_page = read_text (page, page_hints[i], &mapping, &error);
      g_assert_no_error (error);
      g_assert_true (linkage_import_mapping_is_usable (&mapping));
    }
}

static void
test_refused (void)
{
  assert_refused ("", NULL, LINKAGE_IMPORT_ERROR_EMPTY);
  assert_refused ("just a sentence", "text/plain", LINKAGE_IMPORT_ERROR_NO_TABLE);
  assert_refused ("<p>Nothing here</p>", "text/html", LINKAGE_IMPORT_ERROR_NO_TABLE);
  assert_refused ("<form><input type='password'></form>", "text/html", LINKAGE_IMPORT_ERROR_SIGN_IN);
  assert_refused ("<form><table><tr><td>Email</td><td><input></td></tr><tr><td>Password</td>"
                  "<td><input type='password'></td></tr></table></form>",
                  "text/html", LINKAGE_IMPORT_ERROR_SIGN_IN);
  assert_refused ("<table><tr><td>one cell</td></tr></table>", "text/html", LINKAGE_IMPORT_ERROR_NO_REQUESTS);
  assert_refused ("PK\x03\x04 and so on", "table.xlsx", LINKAGE_IMPORT_ERROR_SPREADSHEET);
}

static void
test_something_else (void)
{
  const char *invoices = "Rechnung;Betrag\n4711;12,50\n4712;13,50\n";
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (invoices, "invoices.csv", &mapping, &error);

  /* Headings that nobody knows are for the person to map. */
  g_assert_no_error (error);
  g_assert_false (linkage_import_mapping_is_usable (&mapping));
  g_assert_cmpuint (mapping.n_columns, ==, 2);
}

static void
test_remembered (void)
{
  g_autoptr (GHashTable) remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *text = "Abnehmer;Stand\nContoso;Pending\n";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  g_hash_table_insert (remembered, linkage_text_fold_filter ("Abnehmer"),
                       GINT_TO_POINTER (LINKAGE_IMPORT_FIELD_CUSTOMER));
  g_hash_table_insert (remembered, linkage_text_fold_filter ("Stand"), GINT_TO_POINTER (LINKAGE_IMPORT_FIELD_STATUS));
  table = read_bytes (bytes, "a.csv", remembered, NULL, &mapping, &error);
  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_is_usable (&mapping));
  g_assert_cmpuint (mapping.first_row, ==, 1);
}

static void
test_without_headings (void)
{
  const char *rows = "Contoso\tPending\tbuyer@contoso.example\t2026-11-20\nFabrikam\tApproved\t\t2026-10-20\n";
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (rows, "text/plain", &mapping, &error);

  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_is_usable (&mapping));
  g_assert_cmpuint (mapping.first_row, ==, 0);
  g_assert_cmpint (mapping.fields[0], ==, LINKAGE_IMPORT_FIELD_CUSTOMER);
  g_assert_cmpint (mapping.fields[1], ==, LINKAGE_IMPORT_FIELD_STATUS);
  g_assert_cmpint (mapping.fields[2], ==, LINKAGE_IMPORT_FIELD_EMAIL);
  g_assert_cmpint (mapping.fields[3], ==, LINKAGE_IMPORT_FIELD_DATE);
}

/* Whatever stands first, a number is not a customer's name. */
static void
test_numbers_first (void)
{
  const char *rows = "1\t40017\tContoso\tPending\n2\t40018\tFabrikam\tApproved\n";
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (rows, "text/plain", &mapping, &error);

  g_assert_no_error (error);
  g_assert_true (linkage_import_mapping_is_usable (&mapping));
  g_assert_cmpint (linkage_import_mapping_find (&mapping, LINKAGE_IMPORT_FIELD_CUSTOMER), ==, 2);
  g_assert_cmpint (mapping.fields[0], ==, LINKAGE_IMPORT_FIELD_NONE);
  g_assert_cmpint (mapping.fields[1], ==, LINKAGE_IMPORT_FIELD_NONE);
}

static void
test_numbers_only (void)
{
  const char *rows = "40017\tPending\n40018\tApproved\n";
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  g_autoptr (LinkageImportTable) table = read_text (rows, "text/plain", &mapping, &error);

  g_assert_no_error (error);
  g_assert_false (linkage_import_mapping_is_usable (&mapping));
}

static const LinkageImportRow *
get_row (LinkageImportPlan *plan, guint position)
{
  return linkage_import_plan_get_change (plan, position)->row;
}

/* What Chromium put on the clipboard when the table of tests/ui/portal_pages.py was copied, in German. */
static void
test_copied_in_chromium (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "unit", "import", "copied-in-chromium.html", NULL);
  g_autoptr (GTimeZone) time_zone = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (LinkageImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  gsize size;
  char *page = NULL;

  g_assert_true (g_file_get_contents (path, &page, &size, &error));
  bytes = g_bytes_new_take (page, size);
  table = read_bytes (bytes, "text/html", NULL, NULL, &mapping, &error);
  g_assert_no_error (error);
  plan = linkage_import_plan_new (table, &mapping, known, time_zone, 1795600000, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (linkage_import_plan_get_n_changes (plan), ==, 7);
  g_assert_cmpuint (linkage_import_plan_count (plan, LINKAGE_IMPORT_NEW), ==, 7);
  g_assert_cmpint (get_row (plan, 0)->status, ==, LINKAGE_STATUS_SUGGESTED);
  g_assert_cmpstr (get_row (plan, 1)->customer, ==, "Fenwick & Söhne GmbH");
  g_assert_cmpint (get_row (plan, 1)->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpstr (get_row (plan, 1)->contact_email, ==, "anna.fenwick@fenwick-soehne.example");
  g_assert_cmpint (get_row (plan, 2)->origin, ==, LINKAGE_ORIGIN_SUGGESTION);
  /* 2026-11-04, 23:59:59 */
  g_assert_cmpint (get_row (plan, 2)->requested_at, ==, 1793836799);
  g_assert_cmpstr (get_row (plan, 5)->comment, ==, "Our list is closed.\nPlease apply in spring.");
}

static void
test_too_large (void)
{
  const gsize size = 200 * 1024 * 1024;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  g_assert_null (read_bytes (bytes, "text/html", NULL, NULL, &mapping, &error));
  g_assert_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a;b\nc;d\n", 8);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  g_cancellable_cancel (cancellable);
  g_assert_null (read_bytes (bytes, NULL, NULL, cancellable, &mapping, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/read/page", test_page);
  g_test_add_func ("/import/read/kinds", test_kinds);
  g_test_add_func ("/import/read/refused", test_refused);
  g_test_add_func ("/import/read/something-else", test_something_else);
  g_test_add_func ("/import/read/remembered", test_remembered);
  g_test_add_func ("/import/read/without-headings", test_without_headings);
  g_test_add_func ("/import/read/numbers-first", test_numbers_first);
  g_test_add_func ("/import/read/numbers-only", test_numbers_only);
  g_test_add_func ("/import/read/copied-in-chromium", test_copied_in_chromium);
  g_test_add_func ("/import/read/too-large", test_too_large);
  g_test_add_func ("/import/read/cancelled", test_cancelled);

  return g_test_run ();
}
