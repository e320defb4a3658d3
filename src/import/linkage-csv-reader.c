/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-csv-reader.h"

#include <string.h>

#include "linkage-import-text.h"

/* Comma separated values as spreadsheets write them: RFC 4180, and what they do besides. */

#define SAMPLE_RECORDS 20

static const char delimiters[] = { '\t', ';', ',' };

typedef struct
{
  const char *at;  /* the next byte to read */
  const char *end; /* (unowned): behind the last one */
  char delimiter;
} Reader;

typedef enum
{
  FIELD_FOLLOWS,
  RECORD_ENDS,
} AfterField;

/* Excel's first line that names the delimiter: sep=; */
static char
take_sep_line (Reader *reader)
{
  char delimiter;

  if (reader->end - reader->at < 5 || strncmp (reader->at, "sep=", 4) != 0)
    return '\0';

  delimiter = reader->at[4];
  if (memchr (delimiters, delimiter, sizeof delimiters) == NULL)
    return '\0';

  reader->at += 5;
  if (reader->at < reader->end && *reader->at == '\r')
    reader->at++;
  if (reader->at < reader->end && *reader->at == '\n')
    reader->at++;

  return delimiter;
}

static AfterField
after_field (Reader *reader)
{
  if (reader->at == reader->end)
    return RECORD_ENDS;
  if (*reader->at == reader->delimiter)
    {
      reader->at++;
      return FIELD_FOLLOWS;
    }
  if (*reader->at == '\r')
    reader->at++;
  if (reader->at < reader->end && *reader->at == '\n')
    reader->at++;

  return RECORD_ENDS;
}

static gboolean
is_end_of_field (const Reader *reader)
{
  return reader->at == reader->end || *reader->at == reader->delimiter || *reader->at == '\r' || *reader->at == '\n';
}

/* A quoted field: two quotes are one. What follows the closing quote up to the delimiter belongs to the field, as
 * spreadsheets read it; a quote that is never closed takes the rest. */
static void
read_quoted (Reader *reader, GString *field)
{
  reader->at++;
  while (reader->at < reader->end)
    {
      const char *quote = memchr (reader->at, '"', reader->end - reader->at);

      if (quote == NULL)
        quote = reader->end;
      g_string_append_len (field, reader->at, quote - reader->at);
      reader->at = quote == reader->end ? quote : quote + 1;
      if (reader->at == reader->end || *reader->at != '"')
        break;
      g_string_append_c (field, '"');
      reader->at++;
    }
}

static AfterField
read_field (Reader *reader, GString *field)
{
  const char *start = NULL;

  g_string_truncate (field, 0);
  if (reader->at < reader->end && *reader->at == '"')
    read_quoted (reader, field);

  start = reader->at;
  while (!is_end_of_field (reader))
    reader->at++;
  g_string_append_len (field, start, reader->at - start);

  return after_field (reader);
}

/* How many fields each of the first records has with this delimiter: the product of being many and being equal. */
static guint
rate_delimiter (const char *text, gsize length, char delimiter)
{
  Reader reader = { .at = text, .end = text + length, .delimiter = delimiter };
  g_autoptr (GString) field = g_string_new (NULL);
  guint n_first = 0, n_alike = 0;

  for (guint record = 0; record < SAMPLE_RECORDS && reader.at < reader.end; record++)
    {
      guint n_fields = 1;

      while (read_field (&reader, field) == FIELD_FOLLOWS)
        n_fields++;
      if (record == 0)
        n_first = n_fields;
      n_alike += n_fields == n_first;
    }

  return n_first > 1 ? n_first * n_alike : 0;
}

static char
find_delimiter (const char *text, gsize length)
{
  char best = ',';
  guint best_rating = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      guint rating = rate_delimiter (text, length, delimiters[i]);

      if (rating > best_rating)
        {
          best_rating = rating;
          best = delimiters[i];
        }
    }

  return best;
}

static gboolean
read_record (Reader *reader, LinkageImportTable *table, GString *field, GError **error)
{
  AfterField after;

  if (!linkage_import_table_begin_row (table, error))
    return FALSE;

  do
    {
      after = read_field (reader, field);
      if (!linkage_import_table_add_cell (table, field->str, field->len, error))
        return FALSE;
    }
  while (after == FIELD_FOLLOWS);

  return TRUE;
}

/**
 * linkage_csv_reader_read:
 * @bytes: a CSV file, or text with tabs from the clipboard
 *
 * Reads comma, semicolon or tab separated values (RFC 4180) in any encoding that linkage_import_text_decode() knows.
 * The delimiter is the one that cuts the first records into the most equal fields, unless a line "sep=" names it.
 * Formulas are text like any other. Any thread.
 *
 * Returns: (transfer full): the cells, or %NULL with LINKAGE_IMPORT_ERROR (see there; _NO_TABLE when nothing separates)
 *   or G_IO_ERROR_CANCELLED
 */
LinkageImportTable *
linkage_csv_reader_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize length = 0;
  const char *text = NULL;
  g_autoptr (GBytes) decoded = linkage_import_text_decode (bytes, NULL, error);
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (GString) field = NULL;
  Reader reader;

  if (decoded == NULL)
    return NULL;

  text = g_bytes_get_data (decoded, &length);
  reader = (Reader){ .at = text, .end = text + length };
  reader.delimiter = take_sep_line (&reader);
  if (reader.delimiter == '\0')
    reader.delimiter = find_delimiter (text, length);

  table = linkage_import_table_new ();
  field = g_string_new (NULL);
  while (reader.at < reader.end)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!read_record (&reader, table, field, error))
        return NULL;
    }

  if (linkage_import_table_get_n_columns (table) < 2)
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_NO_TABLE, "no columns");
      return NULL;
    }

  return g_steal_pointer (&table);
}
