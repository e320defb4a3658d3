/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-reader.h"

#include <string.h>

static char *
print_tables (GPtrArray *tables)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      const LinkageImportTable *table = g_ptr_array_index (tables, i);

      g_string_append (text, i > 0 ? "---\n" : "");
      for (guint row = 0; row < linkage_import_table_get_n_rows (table); row++)
        {
          for (guint column = 0; column < linkage_import_table_get_n_cells (table, row); column++)
            g_string_append_printf (text, "%s%s", column > 0 ? "|" : "",
                                    linkage_import_table_get_cell (table, row, column));
          g_string_append_c (text, '\n');
        }
    }

  return g_string_free (text, FALSE);
}

static GPtrArray *
read_text (const char *html, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (html, strlen (html));
  gboolean asks_password;

  return linkage_html_reader_read (bytes, &asks_password, NULL, error);
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
    { "a table", "<table><thead><tr><th>A<th>B</thead><tbody><tr><td>c<td>d</table>", "A|B\nc|d\n" },
    { "a fragment of the clipboard",
      "<meta charset='utf-8'><!--StartFragment--><table><tr><td>Grüße</td><td>b</td></tr></table><!--EndFragment-->",
      "Grüße|b\n" },
    { "rows cut out of a table", "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>", "a\nb\n" },
    { "nested markup and white space",
      "<table><tr><td><div> <a href='#'>A &amp;\n B</a></div><p>c</p><td>d<br>e</table>", "A & B\nc|d\ne\n" },
    { "a table in a cell is a table of its own", "<table><tr><td>a<table><tr><td>x</table><td>b</table>",
      "a|b\n---\nx\n" },
    { "merged columns", "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", "a||b\nc|d|e\n" },
    { "merged rows", "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "a|b\na|c\n" },
    { "hidden columns",
      "<table><tr><td>a<td style='color: red; display : none;'>x<td hidden>y<td "
      "style='visibility:hidden'>z<td>b</table>",
      "a|b\n" },
    { "icons by their labels",
      "<table><tr><td><img alt='Connect'><td><a class='icon' title='Connect'></a><td><svg "
      "aria-label='Go'></svg></table>",
      "Connect|Connect|Go\n" },
    { "icons beside a text", "<table><tr><td>Status <img alt='Sort'><td><img alt='Logo'> <a>Contoso</a></table>",
      "Status|Contoso\n" },
    { "what is only for screen readers",
      "<table><tr><td><span style='position: absolute; width: 1px; height: 1px; overflow: hidden'>Status:</span>"
      "<b>Pending</b><td><a><span style='width:1px;height:1px;overflow:hidden'>Connect</span></a></table>",
      "Pending|Connect\n" },
    { "a row that is one cell across", "<table><tr><td>a<td>b<tfoot><tr><td colspan=2>1 | 2</tfoot></table>", "a|b\n" },
    { "scripts say nothing", "<table><tr><td>a<script>b()</script><style>c{}</style></table>", "a\n" },
    { "a grid without table elements",
      "<div role=table><div role=row><span role=columnheader>A</span></div><div role=row><span "
      "role=cell>b</span></div></div>",
      "A\nb\n" },
    { "open elements", "<table><tr><td>a<td>b<tr><td>c", "a|b\nc\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tables = read_text (cases[i].input, &error);
      g_autofree char *printed = NULL;

      g_test_message ("%s", cases[i].what);
      g_assert_no_error (error);
      printed = print_tables (tables);
      g_assert_cmpstr (printed, ==, cases[i].output);
    }
}

static void
test_charsets (void)
{
  static const char page[] =
    "<html><head><meta charset='iso-8859-15'></head><body><table><tr><td>M\xfcller \xa4</table>";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = read_text (page, &error);
  g_autoptr (GPtrArray) wide_tables = NULL;
  gboolean asks_password = TRUE;
  gsize size = 0;
  g_autofree char *wide =
    g_convert ("\xef\xbb\xbf<table><tr><td>接続</table>", -1, "UTF-16LE", "UTF-8", NULL, &size, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (wide, size);

  g_assert_no_error (error);
  g_assert_cmpstr (linkage_import_table_get_cell (g_ptr_array_index (tables, 0), 0, 0), ==, "Müller €");

  wide_tables = linkage_html_reader_read (bytes, &asks_password, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (linkage_import_table_get_cell (g_ptr_array_index (wide_tables, 0), 0, 0), ==, "接続");
  g_assert_false (asks_password);
}

/* The parser gives up at such a byte: what follows it must not be lost. */
static void
test_undefined_bytes (void)
{
  static const struct
  {
    const char *page;
    const char *output;
  } cases[] = {
    { "<meta charset=windows-1252><table><tr><td>M\xfcller<tr><td>B\x81z<tr><td>c</table>",
      "Müller\nB\xef\xbf\xbdz\nc\n" },
    { "<meta charset=shift_jis><table><tr><td>\x8c\xda\x8bq<tr><td>B\x81\xff<tr><td>c</table>",
      "顧客\nB\xef\xbf\xbd\xef\xbf\xbd\nc\n" },
    { "<meta charset=utf-8><table><tr><td>a &\xff\xffz<tr><td>c</table>", "a &\xef\xbf\xbd\xc3\xbfz\nc\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tables = read_text (cases[i].page, &error);
      g_autofree char *printed = NULL;

      g_assert_no_error (error);
      printed = print_tables (tables);
      g_assert_cmpstr (printed, ==, cases[i].output);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *html;
    LinkageImportError code;
  } cases[] = {
    { "", LINKAGE_IMPORT_ERROR_EMPTY },
    { "<p>nothing", LINKAGE_IMPORT_ERROR_NO_TABLE },
    { "<table></table>", LINKAGE_IMPORT_ERROR_NO_TABLE },
    { "<form><input name=user><input type=PASSWORD></form>", LINKAGE_IMPORT_ERROR_SIGN_IN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (cases[i].html, &error));
      g_assert_error (error, LINKAGE_IMPORT_ERROR, (int)cases[i].code);
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "<table><tr><td>a</table>");

  tables = read_text (html->str, &error);
  g_assert_true (tables != NULL || error != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/html/forms", test_forms);
  g_test_add_func ("/import/html/charsets", test_charsets);
  g_test_add_func ("/import/html/undefined-bytes", test_undefined_bytes);
  g_test_add_func ("/import/html/refusals", test_refusals);
  g_test_add_func ("/import/html/depth", test_depth);

  return g_test_run ();
}
