/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-csv-reader.h"

#include <string.h>

/* A table as text: cells between bars, a line each row. */
static char *
print_table (const LinkageImportTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < linkage_import_table_get_n_rows (table); row++)
    {
      for (guint column = 0; column < linkage_import_table_get_n_cells (table, row); column++)
        g_string_append_printf (text, "%s%s", column > 0 ? "|" : "",
                                linkage_import_table_get_cell (table, row, column));
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static LinkageImportTable *
read_bytes (const char *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return linkage_csv_reader_read (bytes, NULL, error);
}

static void
test_forms (void)
{
  static const struct
  {
    const char *what;
    const char *input;
    const char *output;
  } cases[] = {
    { "RFC 4180", "a,b\r\nc,d\r\n", "a|b\nc|d\n" },
    { "no end of the last line", "a,b\nc,d", "a|b\nc|d\n" },
    { "old Macintosh lines", "a,b\rc,d\r", "a|b\nc|d\n" },
    { "quotes", "\"a,1\",\"say \"\"b\"\"\"\nc,d\n", "a,1|say \"b\"\nc|d\n" },
    { "a line break in quotes", "a,\"b\nc\"\nd,e\n", "a|b\nc\nd|e\n" },
    { "semicolons", "a;b,b;c\nd;e;f\n", "a|b,b|c\nd|e|f\n" },
    { "tabs of the clipboard", "a\tb, c; d\ne\tf\n", "a|b, c; d\ne|f\n" },
    { "a line that names the delimiter", "sep=;\r\na;b,c\r\n", "a|b,c\n" },
    { "byte order mark",
      "\xef\xbb\xbf"
      "a,b\n",
      "a|b\n" },
    { "white space around cells", " a , b\n", "a|b\n" },
    { "rows of different length", "a,b,c\nd\n\ne,f\n", "a|b|c\nd\n\ne|f\n" },
    { "formulas are text", "=1+1,@SUM(A1)\n", "=1+1|@SUM(A1)\n" },
    { "a quote that is never closed", "a,b\nc,\"d\ne\n", "a|b\nc|d\ne\n" },
    { "text behind a closing quote", "\"a\"b,c\n", "ab|c\n" },
    { "empty cells", ",,\n,\n", "||\n|\n" },
    { "Windows-1252",
      "M\xfcller,\x93"
      "A\x94\n",
      "Müller|“A”\n" },
    { "a byte that Windows-1252 leaves undefined",
      "B\x81"
      "d,\xfc\nc,d\n",
      "B\xef\xbf\xbd"
      "d|ü\nc|d\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LinkageImportTable) table = read_bytes (cases[i].input, strlen (cases[i].input), &error);
      g_autofree char *printed = NULL;

      g_test_message ("%s", cases[i].what);
      g_assert_no_error (error);
      printed = print_table (table);
      g_assert_cmpstr (printed, ==, cases[i].output);
    }
}

static void
test_utf16 (void)
{
  static const char *const charsets[] = { "UTF-16LE", "UTF-16BE" };

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      for (guint with_mark = 0; with_mark < 2; with_mark++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (LinkageImportTable) table = NULL;
          gsize size = 0;
          g_autofree char *data =
            g_convert (with_mark ? "\xef\xbb\xbfKunden\tStatus\n接続\tOffen\n" : "Kunden\tStatus\n接続\tOffen\n", -1,
                       charsets[i], "UTF-8", NULL, &size, NULL);
          g_autofree char *printed = NULL;

          table = read_bytes (data, size, &error);
          g_assert_no_error (error);
          printed = print_table (table);
          g_assert_cmpstr (printed, ==, "Kunden|Status\n接続|Offen\n");
        }
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *data;
    gsize size;
    LinkageImportError code;
  } cases[] = {
    { "", 0, LINKAGE_IMPORT_ERROR_EMPTY },
    { "PK\x03\x04rest", 8, LINKAGE_IMPORT_ERROR_SPREADSHEET },
    { "\xd0\xcf\x11\xe0rest", 8, LINKAGE_IMPORT_ERROR_SPREADSHEET },
    { "a,b\0c,d", 7, LINKAGE_IMPORT_ERROR_NOT_TEXT },
    { "one column\nonly\n", 16, LINKAGE_IMPORT_ERROR_NO_TABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LinkageImportTable) table = read_bytes (cases[i].data, cases[i].size, &error);

      g_assert_null (table);
      g_assert_error (error, LINKAGE_IMPORT_ERROR, (int)cases[i].code);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) wide = g_string_new ("a");
  g_autoptr (GString) tall = g_string_new (NULL);
  g_autoptr (GError) wide_error = NULL;
  g_autoptr (GError) tall_error = NULL;

  for (guint i = 0; i < LINKAGE_IMPORT_MAX_COLUMNS; i++)
    g_string_append (wide, ",a");
  g_assert_null (read_bytes (wide->str, wide->len, &wide_error));
  g_assert_error (wide_error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE);

  for (guint i = 0; i <= LINKAGE_IMPORT_MAX_ROWS; i++)
    g_string_append (tall, "a,b\n");
  g_assert_null (read_bytes (tall->str, tall->len, &tall_error));
  g_assert_error (tall_error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\n", 4);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (linkage_csv_reader_read (bytes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/csv/forms", test_forms);
  g_test_add_func ("/import/csv/utf-16", test_utf16);
  g_test_add_func ("/import/csv/refusals", test_refusals);
  g_test_add_func ("/import/csv/limits", test_limits);
  g_test_add_func ("/import/csv/cancelled", test_cancelled);

  return g_test_run ();
}
