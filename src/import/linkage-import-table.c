/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-table.h"

#include <string.h>

struct _LinkageImportTable
{
  GStringChunk *texts; /* (owned): what the cells point into */
  GPtrArray *cells;    /* (owned) (element-type utf8): row after row */
  GArray *starts;      /* (owned) (element-type guint): each row's first cell */
  guint n_columns;     /* of the widest row */
};

G_DEFINE_BOXED_TYPE (LinkageImportTable, linkage_import_table, linkage_import_table_ref, linkage_import_table_unref)

/**
 * linkage_import_table_new:
 *
 * Returns: (transfer full): a table without rows
 */
LinkageImportTable *
linkage_import_table_new (void)
{
  LinkageImportTable *self = g_atomic_rc_box_new0 (LinkageImportTable);

  self->texts = g_string_chunk_new (16 * 1024);
  self->cells = g_ptr_array_new ();
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

static void
linkage_import_table_clear (gpointer data)
{
  LinkageImportTable *self = data;

  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->starts);
}

/**
 * linkage_import_table_ref:
 *
 * Returns: (transfer full): the table
 */
LinkageImportTable *
linkage_import_table_ref (LinkageImportTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_import_table_unref:
 * @self: (transfer full): a table
 */
void
linkage_import_table_unref (LinkageImportTable *self)
{
  g_atomic_rc_box_release_full (self, linkage_import_table_clear);
}

/**
 * linkage_import_table_begin_row:
 *
 * The cells that follow belong to a new row.
 *
 * Returns: %FALSE with LINKAGE_IMPORT_ERROR_TOO_LARGE beyond LINKAGE_IMPORT_MAX_ROWS
 */
gboolean
linkage_import_table_begin_row (LinkageImportTable *self, GError **error)
{
  guint start = self->cells->len;

  if (self->starts->len == LINKAGE_IMPORT_MAX_ROWS)
    {
      g_set_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE, "more than %d rows",
                   LINKAGE_IMPORT_MAX_ROWS);
      return FALSE;
    }

  g_array_append_val (self->starts, start);

  return TRUE;
}

/**
 * linkage_import_table_add_cell:
 * @text: valid UTF-8
 * @length: bytes of @text, -1: up to its NUL
 *
 * Adds a cell to the latest row; white space around the text is dropped.
 *
 * Returns: %FALSE with LINKAGE_IMPORT_ERROR_TOO_LARGE beyond LINKAGE_IMPORT_MAX_COLUMNS
 */
gboolean
linkage_import_table_add_cell (LinkageImportTable *self, const char *text, gssize length, GError **error)
{
  const char *end;
  guint n_cells;

  g_return_val_if_fail (self->starts->len > 0, FALSE);

  n_cells = linkage_import_table_get_n_cells (self, self->starts->len - 1);
  if (n_cells == LINKAGE_IMPORT_MAX_COLUMNS)
    {
      g_set_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE, "more than %d columns",
                   LINKAGE_IMPORT_MAX_COLUMNS);
      return FALSE;
    }

  end = text + (length < 0 ? strlen (text) : strnlen (text, length));
  while (text < end && g_ascii_isspace (*text))
    text++;
  while (text < end && g_ascii_isspace (end[-1]))
    end--;
  g_ptr_array_add (self->cells, g_string_chunk_insert_len (self->texts, text, end - text));
  self->n_columns = MAX (self->n_columns, n_cells + 1);

  return TRUE;
}

/**
 * linkage_import_table_get_n_rows:
 *
 * Returns: how many rows there are
 */
guint
linkage_import_table_get_n_rows (const LinkageImportTable *self)
{
  return self->starts->len;
}

/**
 * linkage_import_table_get_n_cells:
 *
 * Returns: how many cells a row has; rows differ
 */
guint
linkage_import_table_get_n_cells (const LinkageImportTable *self, guint row)
{
  guint end;

  g_return_val_if_fail (row < self->starts->len, 0);

  end = row + 1 < self->starts->len ? g_array_index (self->starts, guint, row + 1) : self->cells->len;

  return end - g_array_index (self->starts, guint, row);
}

/**
 * linkage_import_table_get_n_columns:
 *
 * Returns: the cells of the widest row
 */
guint
linkage_import_table_get_n_columns (const LinkageImportTable *self)
{
  return self->n_columns;
}

/**
 * linkage_import_table_get_cell:
 *
 * Returns: (transfer none): a cell's text, empty where the row is shorter
 */
const char *
linkage_import_table_get_cell (const LinkageImportTable *self, guint row, guint column)
{
  if (row >= self->starts->len || column >= linkage_import_table_get_n_cells (self, row))
    return "";

  return g_ptr_array_index (self->cells, g_array_index (self->starts, guint, row) + column);
}

/**
 * linkage_import_table_is_row_empty:
 *
 * Returns: whether no cell of the row has text
 */
gboolean
linkage_import_table_is_row_empty (const LinkageImportTable *self, guint row)
{
  guint n_cells = linkage_import_table_get_n_cells (self, row);

  for (guint i = 0; i < n_cells; i++)
    {
      if (*linkage_import_table_get_cell (self, row, i) != '\0')
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/**
 * linkage_import_table_may_hold_names:
 *
 * Returns: whether most texts of the column have letters, as names have and customer numbers have not
 */
gboolean
linkage_import_table_may_hold_names (const LinkageImportTable *self, guint column)
{
  guint n_rows = MIN (linkage_import_table_get_n_rows (self), LINKAGE_IMPORT_SAMPLE_ROWS);
  guint n_filled = 0;
  guint n_with_letters = 0;

  for (guint row = 0; row < n_rows; row++)
    {
      const char *cell = linkage_import_table_get_cell (self, row, column);

      n_filled += *cell != '\0';
      n_with_letters += has_letter (cell);
    }

  return n_with_letters > n_filled / 2;
}
