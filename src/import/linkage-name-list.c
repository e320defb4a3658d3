/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-name-list.h"

#include "linkage-csv-reader.h"
#include "linkage-import-field.h"
#include "linkage-import-read.h"
#include "linkage-import-text.h"
#include "linkage-text.h"

/* Bytes that a quoted cell may have: a quote that does not close within them is a letter like another. */
#define MAX_QUOTED 4096
/* Rows by which a column is told to hold names. */

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

typedef struct
{
  GBytes *bytes;   /* (owned) */
  char *file_name; /* (owned) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_bytes_unref (request->bytes);
  g_free (request->file_name);
  g_free (request);
}

static gboolean
ends_line (char c)
{
  return c == '\0' || c == '\r' || c == '\n';
}

static gboolean
ends_cell (char c)
{
  return c == '\t' || ends_line (c);
}

/* Spreadsheets copy a cell with a line break in quotes. In a typed name a quote is a letter like another: it closes
 * nothing. */
static const char *
find_closing_quote (const char *opening)
{
  for (const char *at = opening + 1; *at != '\0' && at - opening < MAX_QUOTED; at++)
    {
      if (*at != '"')
        continue;
      if (at[1] != '"')
        return ends_cell (at[1]) ? at : NULL;
      at++;
    }

  return NULL;
}

/* What a cell holds, and in @end where it ends. */
static char *
read_cell (const char *at, const char **end)
{
  const char *closing = *at == '"' ? find_closing_quote (at) : NULL;
  g_autoptr (GString) cell = NULL;

  if (closing == NULL)
    {
      for (*end = at; !ends_cell (**end);)
        (*end)++;
      return g_strndup (at, *end - at);
    }

  cell = g_string_new_len (at + 1, closing - at - 1);
  g_string_replace (cell, "\"\"", "\"", 0);
  *end = closing + 1;

  return g_string_free (g_steal_pointer (&cell), FALSE);
}

static gboolean
read_line (const char **at, LinkageImportTable *table, GError **error)
{
  gboolean ended = FALSE;

  if (!linkage_import_table_begin_row (table, error))
    return FALSE;

  for (guint column = 0; !ended; column++)
    {
      g_autofree char *cell = read_cell (*at, at);

      ended = ends_line (**at);
      if (column < LINKAGE_IMPORT_MAX_COLUMNS && !linkage_import_table_add_cell (table, cell, -1, error))
        return FALSE;
      if (!ended)
        (*at)++;
    }

  if (**at == '\r')
    (*at)++;
  if (**at == '\n')
    (*at)++;

  return TRUE;
}

/**
 * linkage_name_list_read_text:
 * @text: what was typed or pasted
 * @error: (out) (optional): where an error goes
 *
 * Reads a text line by line; tabs separate the columns of what was copied out of a spreadsheet, commas are part of a
 * name. Any thread.
 *
 * Returns: (transfer full): the cells, or %NULL with %LINKAGE_IMPORT_ERROR_TOO_LARGE
 */
LinkageImportTable *
linkage_name_list_read_text (const char *text, GError **error)
{
  g_autoptr (LinkageImportTable) table = linkage_import_table_new ();

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0';)
    {
      if (!read_line (&at, table, error))
        return NULL;
    }

  return g_steal_pointer (&table);
}

static LinkageImportTable *
read_lines (GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) decoded = linkage_import_text_decode (bytes, NULL, error);
  g_autofree char *text = NULL;

  if (decoded == NULL)
    return NULL;

  text = g_strndup (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded));

  return linkage_name_list_read_text (text, error);
}

static LinkageImportTable *
read_file (const Request *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) below = NULL;
  g_autoptr (LinkageImportTable) table = NULL;

  if (linkage_import_read_is_html (request->bytes, request->file_name))
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_NOT_TEXT, "a page");
      return NULL;
    }

  table = linkage_csv_reader_read (request->bytes, cancellable, &below);
  if (g_error_matches (below, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_NO_TABLE))
    return read_lines (request->bytes, error);
  if (table == NULL)
    g_propagate_error (error, g_steal_pointer (&below));

  return g_steal_pointer (&table);
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  LinkageImportTable *table = read_file (task_data, cancellable, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify)linkage_import_table_unref);
  else
    g_task_return_error (task, error);
}

/**
 * linkage_name_list_read_async:
 * @bytes: what is in a file
 * @file_name: what it is called
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is read
 * @user_data: data for @callback
 *
 * Reads a file in a thread: separated values as linkage_csv_reader_read() does; one without columns line by line.
 */
void
linkage_name_list_read_async (GBytes *bytes,
                              const char *file_name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request = NULL;

  g_return_if_fail (bytes != NULL);
  g_return_if_fail (file_name != NULL);

  request = g_new0 (Request, 1);
  request->bytes = g_bytes_ref (bytes);
  request->file_name = g_strdup (file_name);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_name_list_read_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * linkage_name_list_read_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_name_list_read_async() began.
 *
 * Returns: (transfer full): the cells, or %NULL with %LINKAGE_IMPORT_ERROR (_EMPTY, _TOO_LARGE, _SPREADSHEET,
 *   _NOT_TEXT) or %G_IO_ERROR_CANCELLED
 */
LinkageImportTable *
linkage_name_list_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_heading (const LinkageImportTable *table, guint column)
{
  return linkage_import_field_from_heading (linkage_import_table_get_cell (table, 0, column)) ==
         LINKAGE_IMPORT_FIELD_CUSTOMER;
}

/**
 * linkage_name_list_guess_column:
 * @table: a table that is no table of requests
 *
 * Finds the column with the names: by its heading, else the first one with more letters than numbers. Any thread.
 *
 * Returns: a column, 0 when none looks like it
 */
guint
linkage_name_list_guess_column (const LinkageImportTable *table)
{
  guint n_columns;

  g_return_val_if_fail (table != NULL, 0);

  n_columns = linkage_import_table_get_n_columns (table);
  for (guint column = 0; column < n_columns; column++)
    {
      if (is_heading (table, column))
        return column;
    }
  for (guint column = 0; column < n_columns; column++)
    {
      if (linkage_import_table_may_hold_names (table, column))
        return column;
    }

  return 0;
}

/* Marks that steer the direction of text, byte order marks, soft hyphens; joiners are part of how some scripts write.
 */
static gboolean
is_invisible (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT && c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
}

/* One line without what cannot be seen, perhaps empty. */
static char *
clean_name (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean space = FALSE;
  guint n_characters = 0;

  for (const char *p = text; *p != '\0' && n_characters < LINKAGE_NAME_LIST_MAX_LENGTH; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        space = name->len > 0;
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c) || is_invisible (c))
        continue;
      if (space)
        g_string_append_c (name, ' ');
      space = FALSE;
      g_string_append_unichar (name, c);
      n_characters++;
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * linkage_name_list_collect:
 * @table: a table
 * @column: the one with the names
 * @n_repeated: (out) (optional): how many were left out because they stand further above
 * @error: (out) (optional): where an error goes
 *
 * Lists the names of a column, each once, without the heading and without what cannot be seen; what is longer than
 * LINKAGE_NAME_LIST_MAX_LENGTH is cut off there. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the names in their order, or %NULL with
 *   %LINKAGE_IMPORT_ERROR: _EMPTY, or _TOO_LARGE for more than LINKAGE_NAME_LIST_MAX_NAMES
 */
GStrv
linkage_name_list_collect (const LinkageImportTable *table, guint column, guint *n_repeated, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_doubles = 0;

  g_return_val_if_fail (table != NULL, NULL);

  for (guint row = is_heading (table, column) ? 1 : 0; row < linkage_import_table_get_n_rows (table); row++)
    {
      g_autofree char *name = clean_name (linkage_import_table_get_cell (table, row, column));
      g_autofree char *folded = linkage_text_fold_name (name);

      if (*folded == '\0')
        continue;
      if (g_hash_table_add (seen, g_steal_pointer (&folded)))
        g_ptr_array_add (names, g_steal_pointer (&name));
      else
        n_doubles++;
    }

  if (names->len == 0 || names->len > LINKAGE_NAME_LIST_MAX_NAMES)
    {
      g_set_error (error, LINKAGE_IMPORT_ERROR,
                   names->len == 0 ? LINKAGE_IMPORT_ERROR_EMPTY : LINKAGE_IMPORT_ERROR_TOO_LARGE, "%u names",
                   names->len);
      return NULL;
    }

  if (n_repeated != NULL)
    *n_repeated = n_doubles;
  g_ptr_array_add (names, NULL);

  return (GStrv)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
