/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-entry-list.h"

#include <string.h>

/* Entries between slashes, their values between bars; a minus before one that is greyed out. */
static char *
print_entries (GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const LinkageCustomerEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s%s%s|%s|%s", i > 0 ? "/" : "", entry->active ? "" : "-", entry->name,
                              entry->reference != NULL ? entry->reference : "",
                              entry->country != NULL ? entry->country : "");
    }

  return g_string_free (text, FALSE);
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
    { "nothing", "", "" },
    { "only blanks", " \n\t\n ; ;\n", "" },
    { "names alone", "Contoso GmbH\nContoso, Inc.\n", "Contoso GmbH||/Contoso, Inc.||" },
    { "all three", "Contoso GmbH; DE-01; DE\nContoso KK;JP-07;JP", "Contoso GmbH|DE-01|DE/Contoso KK|JP-07|JP" },
    { "a country without a reference", "Contoso;;DE\nContoso KK; jp", "Contoso||DE/Contoso KK||JP" },
    { "a reference without a country", "Contoso; 0815", "Contoso|0815|" },
    { "a country in words", "Contoso; 1; Germany", "Contoso|1|Germany" },
    { "columns of a spreadsheet", "Name\tReference\tCountry\r\nContoso; the first\tDE-01\tDE\r\n",
      "Contoso; the first|DE-01|DE" },
    { "greyed out", "Contoso; DE-01; DE; Inactive\nFabrikam; INAKTIV\nLitware; 7; inactif",
      "-Contoso|DE-01|DE/-Fabrikam||/-Litware|7|" },
    { "a column that says what is active", "Contoso\tDE-01\tActive\tDE\n", "Contoso|DE-01|DE" },
    { "a name like a heading", "Client\n", "Client||" },
    { "a name like a word", "Inactive\n", "Inactive||" },
    { "old lines", "Contoso\r\nFabrikam\r\n", "Contoso||/Fabrikam||" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LinkageEntryListFault fault;
      guint line;
      g_autoptr (GPtrArray) entries = linkage_entry_list_parse (cases[i].input, &fault, &line);
      g_autofree char *printed = print_entries (entries);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (printed, ==, cases[i].output);
      g_assert_cmpint (fault, ==, LINKAGE_ENTRY_LIST_FAULT_NONE);
      g_assert_cmpuint (line, ==, 0);
    }
}

static void
assert_fault (const char *text, LinkageEntryListFault expected, guint expected_line, guint n_entries)
{
  LinkageEntryListFault fault;
  guint line;
  g_autoptr (GPtrArray) entries = linkage_entry_list_parse (text, &fault, &line);

  g_assert_cmpint (fault, ==, expected);
  g_assert_cmpuint (line, ==, expected_line);
  g_assert_cmpuint (entries->len, ==, n_entries);
}

static void
test_faults (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *long_name = g_strnfill (201, 'x');

  assert_fault ("Contoso\n\n; DE-01; DE\nFabrikam\n;;DE\n", LINKAGE_ENTRY_LIST_FAULT_NO_NAME, 3, 2);
  assert_fault (long_name, LINKAGE_ENTRY_LIST_FAULT_TOO_LONG, 1, 0);
  assert_fault (long_name + 1, LINKAGE_ENTRY_LIST_FAULT_NONE, 0, 1);

  for (guint i = 0; i < LINKAGE_ENTRY_LIST_MAX; i++)
    g_string_append (many, "Contoso\n");
  assert_fault (many->str, LINKAGE_ENTRY_LIST_FAULT_NONE, 0, LINKAGE_ENTRY_LIST_MAX);
  g_string_append (many, "Contoso\nContoso\n");
  assert_fault (many->str, LINKAGE_ENTRY_LIST_FAULT_TOO_MANY, LINKAGE_ENTRY_LIST_MAX + 1, LINKAGE_ENTRY_LIST_MAX);
}

static void
test_round_trip (void)
{
  static const char text[] = "Contoso GmbH; DE-01; DE\nContoso, Inc.\nContoso KK; ; JP; inactive\nLitware; 7\n";
  LinkageEntryListFault fault;
  guint line;
  g_autoptr (GPtrArray) entries = linkage_entry_list_parse (text, &fault, &line);
  g_autofree char *formatted = linkage_entry_list_format (entries);

  g_assert_cmpuint (entries->len, ==, 4);
  g_assert_cmpstr (formatted, ==, text);

  g_ptr_array_set_size (entries, 0);
  g_ptr_array_add (entries, linkage_customer_entry_new ("A;B\nC", "1\t2", NULL, TRUE));
  g_free (formatted);
  formatted = linkage_entry_list_format (entries);
  g_assert_cmpstr (formatted, ==, "A B C; 1 2\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/entry-list/forms", test_forms);
  g_test_add_func ("/import/entry-list/faults", test_faults);
  g_test_add_func ("/import/entry-list/round-trip", test_round_trip);

  return g_test_run ();
}
