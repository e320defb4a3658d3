/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "check-table.h"
#include "fuzz.h"
#include "linkage-csv-reader.h"

static void
append_quoted (GString *csv, const char *text)
{
  g_string_append_c (csv, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

static GBytes *
write_csv (LinkageImportTable *table)
{
  GString *csv = g_string_new ("sep=,\r\n");

  for (guint row = 0; row < linkage_import_table_get_n_rows (table); row++)
    {
      for (guint column = 0; column < linkage_import_table_get_n_cells (table, row); column++)
        {
          if (column > 0)
            g_string_append_c (csv, ',');
          append_quoted (csv, linkage_import_table_get_cell (table, row, column));
        }
      g_string_append (csv, "\r\n");
    }

  return g_string_free_to_bytes (csv);
}

/* What was read is a table that can be written, and read again. */
static void
check_round_trip (LinkageImportTable *table)
{
  g_autoptr (GBytes) csv = write_csv (table);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) again = linkage_csv_reader_read (csv, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (linkage_import_table_get_n_rows (again), ==, linkage_import_table_get_n_rows (table));
  for (guint row = 0; row < linkage_import_table_get_n_rows (table); row++)
    {
      guint n_cells = linkage_import_table_get_n_cells (table, row);

      g_assert_cmpuint (linkage_import_table_get_n_cells (again, row), ==, n_cells);
      for (guint column = 0; column < n_cells; column++)
        g_assert_cmpstr (linkage_import_table_get_cell (again, row, column), ==,
                         linkage_import_table_get_cell (table, row, column));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table = linkage_csv_reader_read (bytes, NULL, &error);

  g_assert_true ((table == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == LINKAGE_IMPORT_ERROR);
  if (table == NULL)
    return 0;

  g_assert_cmpuint (linkage_import_table_get_n_columns (table), >=, 2);
  check_table (table);
  check_round_trip (table);

  return 0;
}
