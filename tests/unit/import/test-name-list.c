/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "linkage-name-list.h"

#define ISOLATE "\xe2\x81\xa7"
#define POP "\xe2\x81\xa9"
#define RIGHT_TO_LEFT_OVERRIDE "\xe2\x80\xae"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define ZERO_WIDTH_NON_JOINER "\xe2\x80\x8c"
#define NO_BREAK_SPACE "\xc2\xa0"

/* The names of the column that is guessed, joined. */
static char *
read_names (const char *text, guint *n_repeated)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table = linkage_name_list_read_text (text, &error);
  g_auto (GStrv) names = NULL;

  g_assert_no_error (error);
  names = linkage_name_list_collect (table, linkage_name_list_guess_column (table), n_repeated, &error);
  if (g_error_matches (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_EMPTY))
    return g_strdup ("");
  g_assert_no_error (error);

  return g_strjoinv ("|", names);
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *names;
    guint n_repeated;
  } cases[] = {
    { "Contoso\nFabrikam", "Contoso|Fabrikam", 0 },
    { "Contoso\r\nFabrikam\r\n", "Contoso|Fabrikam", 0 },
    { "Contoso\rFabrikam\r", "Contoso|Fabrikam", 0 },
    { "\n\n  \t \nContoso\n\n", "Contoso", 0 },
    { "", "", 0 },
    { "\r\n\r\n", "", 0 },
    { "Contoso, Inc.; Berlin", "Contoso, Inc.; Berlin", 0 },
    { "Contoso\nCONTOSO\n contoso \nContoso Ltd", "Contoso|Contoso Ltd", 2 },
    /* quotes */
    { "\"Contoso\nGermany\"\nFabrikam", "Contoso Germany|Fabrikam", 0 },
    { "\"The \"\"Best\"\" Ltd\"", "The \"Best\" Ltd", 0 },
    { "\"Best\" Ltd\nFabrikam", "\"Best\" Ltd|Fabrikam", 0 },
    { "\"Contoso\nFabrikam", "\"Contoso|Fabrikam", 0 },
    { "\"", "\"", 0 },
    { "\"\"\nContoso", "Contoso", 0 },
    /* columns */
    { "1001\tContoso\tDE\n1002\tFabrikam\tAT", "Contoso|Fabrikam", 0 },
    { "Country\tCustomer Name\nDE\tContoso\nAT\tFabrikam", "Contoso|Fabrikam", 0 },
    { "Contoso\tDE\nFabrikam\tAT", "Contoso|Fabrikam", 0 },
    { "1001\n1002", "1001|1002", 0 },
    { "Contoso\tDE\n\tAT\nFabrikam", "Contoso|Fabrikam", 0 },
    /* what cannot be seen */
    { BYTE_ORDER_MARK "Contoso", "Contoso", 0 },
    { ISOLATE "Contoso" POP "\n" RIGHT_TO_LEFT_OVERRIDE "Fabrikam", "Contoso|Fabrikam", 0 },
    { RIGHT_TO_LEFT_OVERRIDE "\nContoso", "Contoso", 0 },
    { NO_BREAK_SPACE "Contoso" NO_BREAK_SPACE " Ltd\v", "Contoso Ltd", 0 },
    { "شرکت" ZERO_WIDTH_NON_JOINER "ها", "شرکت" ZERO_WIDTH_NON_JOINER "ها", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_repeated = 0;
      g_autofree char *names = read_names (cases[i].text, &n_repeated);

      g_assert_cmpstr (names, ==, cases[i].names);
      g_assert_cmpuint (n_repeated, ==, cases[i].n_repeated);
    }
}

static void
test_wide (void)
{
  g_autoptr (GString) text = g_string_new ("Contoso");
  g_autofree char *names = NULL;

  for (guint i = 0; i < 3 * LINKAGE_IMPORT_MAX_COLUMNS; i++)
    g_string_append (text, "\tx");
  g_string_append (text, "\nFabrikam");

  names = read_names (text->str, NULL);
  g_assert_cmpstr (names, ==, "Contoso|Fabrikam");
}

static void
test_long_name (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *names = NULL;

  for (guint i = 0; i < 10 * LINKAGE_NAME_LIST_MAX_LENGTH; i++)
    g_string_append (text, "ä");

  names = read_names (text->str, NULL);
  g_assert_cmpint (g_utf8_strlen (names, -1), ==, LINKAGE_NAME_LIST_MAX_LENGTH);
}

static char *
make_names (guint n_names, const char *before, const char *after)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_names; i++)
    g_string_append_printf (text, "%sCustomer %u%s\n", before, i, after);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_many (void)
{
  /* A quote at the beginning of each line must not have each read to the end. */
  static const struct
  {
    const char *before;
    const char *after;
  } cases[] = { { "", " GmbH\r" }, { "\"", "" }, { "\"\"\"", "\"\"" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = make_names (LINKAGE_NAME_LIST_MAX_NAMES, cases[i].before, cases[i].after);
      g_autoptr (LinkageImportTable) table = linkage_name_list_read_text (text, NULL);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) names = linkage_name_list_collect (table, 0, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (names), ==, LINKAGE_NAME_LIST_MAX_NAMES);
    }
}

static void
test_too_many (void)
{
  g_autofree char *text = make_names (LINKAGE_NAME_LIST_MAX_NAMES + 1, "", "");
  g_autofree char *far_too_long = make_names (LINKAGE_IMPORT_MAX_ROWS + 1, "", "");
  g_autoptr (LinkageImportTable) table = linkage_name_list_read_text (text, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (linkage_name_list_collect (table, 0, NULL, &error));
  g_assert_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (linkage_name_list_read_text (far_too_long, &error));
  g_assert_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static LinkageImportTable *
read_file (const char *content, gsize size, const char *file_name, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, size);
  g_autoptr (GAsyncResult) result = NULL;

  linkage_name_list_read_async (bytes, file_name, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return linkage_name_list_read_finish (result, error);
}

static void
test_file (void)
{
  static const struct
  {
    const char *content;
    const char *file_name;
    const char *names;
  } cases[] = {
    { "No;Name\n1;Contoso, Inc.\n2;Fabrikam\n", "customers.csv", "Contoso, Inc.|Fabrikam" },
    { "Kunde,Land\n\"Contoso, Inc.\",DE\n", "customers.csv", "Contoso, Inc." },
    { "Contoso\nFabrikam\n", "customers.csv", "Contoso|Fabrikam" },
    { "\"Contoso, Inc.\"\n\"Fabrikam\"\n", "customers.csv", "Contoso, Inc.|Fabrikam" },
    { "Contoso\tDE\nFabrikam\tAT\n", "customers.txt", "Contoso|Fabrikam" },
    { "Caf\xe9 AG\n", "customers.txt", "Café AG" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LinkageImportTable) table =
        read_file (cases[i].content, strlen (cases[i].content), cases[i].file_name, &error);
      g_auto (GStrv) names = NULL;
      g_autofree char *joined = NULL;

      g_assert_no_error (error);
      names = linkage_name_list_collect (table, linkage_name_list_guess_column (table), NULL, &error);
      g_assert_no_error (error);
      joined = g_strjoinv ("|", names);
      g_assert_cmpstr (joined, ==, cases[i].names);
    }
}

static void
test_bad_file (void)
{
  static const struct
  {
    const char *content;
    gsize size;
    LinkageImportError code;
  } cases[] = {
    { "", 0, LINKAGE_IMPORT_ERROR_EMPTY },
    { "Contoso\0Fabrikam\n", 17, LINKAGE_IMPORT_ERROR_NOT_TEXT },
    { "PK\x03\x04....", 8, LINKAGE_IMPORT_ERROR_SPREADSHEET },
    { "<!doctype html><title>Sign in</title>", 37, LINKAGE_IMPORT_ERROR_NOT_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_file (cases[i].content, cases[i].size, "list", &error));
      g_assert_error (error, LINKAGE_IMPORT_ERROR, (int)cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/name-list/text", test_text);
  g_test_add_func ("/import/name-list/wide", test_wide);
  g_test_add_func ("/import/name-list/long-name", test_long_name);
  g_test_add_func ("/import/name-list/many", test_many);
  g_test_add_func ("/import/name-list/too-many", test_too_many);
  g_test_add_func ("/import/name-list/file", test_file);
  g_test_add_func ("/import/name-list/bad-file", test_bad_file);

  return g_test_run ();
}
