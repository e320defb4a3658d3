/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-table.h"

#include <string.h>

/* A cell that reaches into the rows below it. */
typedef struct
{
  char *text; /* (owned) (nullable) */
  guint rows_left;
} Spanned;

/* A cell of the row that is being read. */
typedef struct
{
  gsize start; /* of its text in texts, which ends with a NUL */
  guint columns;
  guint rows;
} Cell;

struct _LinkageHtmlTable
{
  LinkageImportTable *table; /* (owned) */
  Spanned spanned[LINKAGE_IMPORT_MAX_COLUMNS];
  guint column;

  GArray *cells;  /* (owned) (element-type Cell) */
  GString *texts; /* (owned): of the cells before this one */
  GString *seen;  /* (owned): what this cell shows */
  GString *heard; /* (owned): what a screen reader says of it as long as it shows nothing */
};

/*
 * linkage_html_table_new:
 *
 * Returns: (transfer full): a table without rows; to be given to linkage_html_table_finish()
 */
LinkageHtmlTable *
linkage_html_table_new (void)
{
  LinkageHtmlTable *self = g_new0 (LinkageHtmlTable, 1);

  self->table = linkage_import_table_new ();
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->texts = g_string_new (NULL);
  self->seen = g_string_new (NULL);
  self->heard = g_string_new (NULL);

  return self;
}

/*
 * linkage_html_table_finish:
 * @self: (transfer full): a table
 *
 * Returns: (transfer full): the rows that were ended
 */
LinkageImportTable *
linkage_html_table_finish (LinkageHtmlTable *self)
{
  LinkageImportTable *table = self->table;

  for (guint i = 0; i < LINKAGE_IMPORT_MAX_COLUMNS; i++)
    g_free (self->spanned[i].text);
  g_array_unref (self->cells);
  g_string_free (self->texts, TRUE);
  g_string_free (self->seen, TRUE);
  g_string_free (self->heard, TRUE);
  g_free (self);

  return table;
}

void
linkage_html_table_begin_row (LinkageHtmlTable *self)
{
  g_array_set_size (self->cells, 0);
  g_string_truncate (self->texts, 0);
}

static gboolean
add_text (LinkageHtmlTable *self, const char *text, GError **error)
{
  if (!linkage_import_table_add_cell (self->table, text, -1, error))
    return FALSE;

  self->column++;

  return TRUE;
}

/* Says again what a cell above says for this place, if one reaches down here. */
static gboolean
add_spanned (LinkageHtmlTable *self, GError **error)
{
  while (self->column < LINKAGE_IMPORT_MAX_COLUMNS && self->spanned[self->column].rows_left > 0)
    {
      Spanned *spanned = &self->spanned[self->column];

      spanned->rows_left--;
      if (!add_text (self, spanned->text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_cell (LinkageHtmlTable *self, const Cell *cell, GError **error)
{
  if (!add_spanned (self, error))
    return FALSE;

  for (guint i = 0; i < cell->columns; i++)
    {
      const char *said = i == 0 ? self->texts->str + cell->start : "";

      if (cell->rows > 1 && self->column < LINKAGE_IMPORT_MAX_COLUMNS)
        {
          Spanned *spanned = &self->spanned[self->column];

          g_free (spanned->text);
          spanned->text = g_strdup (said);
          spanned->rows_left = cell->rows - 1;
        }
      if (!add_text (self, said, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * linkage_html_table_end_row:
 *
 * Takes the row in, unless it is one cell that goes across: the pages of a long table, "Show more" or a title say
 * nothing of a request.
 *
 * Returns: %FALSE with LINKAGE_IMPORT_ERROR_TOO_LARGE
 */
gboolean
linkage_html_table_end_row (LinkageHtmlTable *self, GError **error)
{
  if (self->cells->len == 1 && g_array_index (self->cells, Cell, 0).columns > 1)
    return TRUE;
  if (!linkage_import_table_begin_row (self->table, error))
    return FALSE;

  self->column = 0;
  for (guint i = 0; i < self->cells->len; i++)
    {
      if (!add_cell (self, &g_array_index (self->cells, Cell, i), error))
        return FALSE;
    }

  return add_spanned (self, error);
}

void
linkage_html_table_begin_cell (LinkageHtmlTable *self, guint columns, guint rows)
{
  Cell cell = { self->texts->len, columns, rows };

  g_array_append_val (self->cells, cell);
  g_string_truncate (self->seen, 0);
  g_string_truncate (self->heard, 0);
}

void
linkage_html_table_end_cell (LinkageHtmlTable *self)
{
  const GString *said = self->seen->len > 0 ? self->seen : self->heard;

  g_string_append_len (self->texts, said->str, said->len);
  g_string_append_c (self->texts, '\0');
}

static void
append_space (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ' ');
}

/* Most texts are runs of ASCII between single spaces. */
static void
append_collapsed (GString *to, const char *text, const char *end)
{
  while (text < end)
    {
      const char *start = text;

      while (text < end && g_ascii_isgraph (*text))
        text++;
      g_string_append_len (to, start, text - start);

      for (; text < end && !g_ascii_isgraph (*text); text = g_utf8_next_char (text))
        {
          if (g_unichar_isspace (g_utf8_get_char (text)))
            append_space (to);
          else
            g_string_append_len (to, text, g_utf8_next_char (text) - text);
        }
    }
}

/*
 * linkage_html_table_append_text:
 *
 * Adds to a cell's text as a person sees it: white space collapsed. What is only spoken counts where there is nothing
 * else.
 */
void
linkage_html_table_append_text (LinkageHtmlTable *self, const char *text, gsize length, gboolean spoken)
{
  GString *to = spoken ? self->heard : self->seen;
  g_autofree char *valid = NULL;

  if (g_utf8_validate_len (text, length, NULL))
    {
      append_collapsed (to, text, text + length);
      return;
    }

  /* The parser leaves bytes as they are that are none of the encoding that the page claims. */
  valid = g_utf8_make_valid (text, length);
  append_collapsed (to, valid, valid + strlen (valid));
}

static void
break_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

void
linkage_html_table_append_break (LinkageHtmlTable *self)
{
  break_line (self->seen);
  break_line (self->heard);
}

gsize
linkage_html_table_get_said (const LinkageHtmlTable *self)
{
  return self->seen->len + self->heard->len;
}
