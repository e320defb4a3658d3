/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "check-table.h"
#include "fuzz.h"
#include "linkage-html-reader.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  gboolean asks_password = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = linkage_html_reader_read (bytes, &asks_password, NULL, &error);

  g_assert_true ((tables == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == LINKAGE_IMPORT_ERROR);
  if (tables == NULL)
    return 0;

  g_assert_cmpuint (tables->len, >, 0);
  for (guint i = 0; i < tables->len; i++)
    {
      LinkageImportTable *table = g_ptr_array_index (tables, i);

      g_assert_cmpuint (linkage_import_table_get_n_rows (table), >, 0);
      check_table (table);
    }

  return 0;
}
