/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-reader.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "linkage-html-node.h"
#include "linkage-import-text.h"

/* A cell that reaches into the rows below it. */
typedef struct
{
  char *text; /* (owned) (nullable) */
  guint rows_left;
} Spanned;

typedef struct
{
  LinkageImportTable *table; /* (owned) */
  Spanned spanned[LINKAGE_IMPORT_MAX_COLUMNS];
  guint column;
} TableReader;

static void
free_document (xmlDoc *document)
{
  xmlFreeDoc (document);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, free_document)

static void
table_reader_clear (TableReader *reader)
{
  for (guint i = 0; i < LINKAGE_IMPORT_MAX_COLUMNS; i++)
    g_free (reader->spanned[i].text);
  linkage_import_table_unref (reader->table);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TableReader, table_reader_clear)

static gboolean
add_cell (TableReader *reader, const char *text, GError **error)
{
  if (!linkage_import_table_add_cell (reader->table, text, -1, error))
    return FALSE;

  reader->column++;

  return TRUE;
}

/* Says again what a cell above says for this place, if one reaches down here. */
static gboolean
add_spanned (TableReader *reader, GError **error)
{
  while (reader->column < LINKAGE_IMPORT_MAX_COLUMNS && reader->spanned[reader->column].rows_left > 0)
    {
      Spanned *spanned = &reader->spanned[reader->column];

      spanned->rows_left--;
      if (!add_cell (reader, spanned->text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_cell (TableReader *reader, const xmlNode *cell, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint columns = linkage_html_node_get_span (cell, "colspan");
  guint rows = linkage_html_node_get_span (cell, "rowspan");

  if (!add_spanned (reader, error))
    return FALSE;

  linkage_html_node_append_text (cell, text);
  for (guint i = 0; i < columns; i++)
    {
      const char *said = i == 0 ? text->str : "";

      if (rows > 1 && reader->column < LINKAGE_IMPORT_MAX_COLUMNS)
        {
          Spanned *spanned = &reader->spanned[reader->column];

          g_free (spanned->text);
          spanned->text = g_strdup (said);
          spanned->rows_left = rows - 1;
        }
      if (!add_cell (reader, said, error))
        return FALSE;
    }

  return TRUE;
}

static xmlNode *
next_cell (xmlNode *at, const xmlNode *row)
{
  while (at != NULL)
    {
      LinkageHtmlRole role = linkage_html_node_get_role (at);
      gboolean hidden = linkage_html_node_is_hidden (at);

      if (role == LINKAGE_HTML_ROLE_CELL && !hidden)
        return at;
      at = linkage_html_node_next (at, row, role == LINKAGE_HTML_ROLE_NONE && !hidden);
    }

  return NULL;
}

/* The pages of a long table, "Show more", a title: one cell that goes across says nothing of a request. */
static gboolean
is_one_across (xmlNode *row)
{
  xmlNode *first = next_cell (linkage_html_node_next (row, row, TRUE), row);

  return first != NULL && linkage_html_node_get_span (first, "colspan") > 1 &&
         next_cell (linkage_html_node_next (first, row, FALSE), row) == NULL;
}

static gboolean
read_row (TableReader *reader, xmlNode *row, GError **error)
{
  xmlNode *cell = next_cell (linkage_html_node_next (row, row, TRUE), row);

  if (is_one_across (row))
    return TRUE;
  if (!linkage_import_table_begin_row (reader->table, error))
    return FALSE;

  reader->column = 0;
  for (; cell != NULL; cell = next_cell (linkage_html_node_next (cell, row, FALSE), row))
    {
      if (!read_cell (reader, cell, error))
        return FALSE;
    }

  return add_spanned (reader, error);
}

/* Rows that belong to a table inside this one are that one's. */
static LinkageImportTable *
read_table (xmlNode *table, GCancellable *cancellable, GError **error)
{
  g_auto (TableReader) reader = { .table = linkage_import_table_new () };
  xmlNode *at = linkage_html_node_next (table, table, TRUE);

  while (at != NULL)
    {
      LinkageHtmlRole role = linkage_html_node_get_role (at);
      gboolean hidden = linkage_html_node_is_hidden (at);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (role == LINKAGE_HTML_ROLE_ROW && !hidden && !read_row (&reader, at, error))
        return NULL;
      at = linkage_html_node_next (at, table, role == LINKAGE_HTML_ROLE_NONE && !hidden);
    }

  return linkage_import_table_ref (reader.table);
}

static void
note_error (gpointer user_data, xmlError *error)
{
  gboolean *is_cut = user_data;

  *is_cut |= error->domain == XML_FROM_I18N;
}

/* is_cut: whether the parser gave up at bytes that are none of the encoding; it says so nowhere else. */
static xmlDoc *
parse_as (const char *data, gsize size, const char *encoding, gboolean *is_cut)
{
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  xmlDoc *document = NULL;

  *is_cut = FALSE;
  xmlSetStructuredErrorFunc (is_cut, note_error);
  document = htmlReadMemory (data, (int)size, NULL, encoding, options);
  xmlSetStructuredErrorFunc (NULL, NULL);

  return document;
}

/* Older pages say their encoding in a meta element, which the parser finds. */
static xmlDoc *
parse_old (const char *data, gsize size, const char *otherwise)
{
  gboolean is_cut = FALSE;
  g_autoptr (xmlDoc) document = parse_as (data, size, NULL, &is_cut);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (document == NULL || !is_cut)
    return g_steal_pointer (&document);

  if (document->encoding != NULL)
    text = linkage_import_text_decode_as (data, size, (const char *)document->encoding, &length);
  if (text == NULL)
    return parse_as (otherwise, strlen (otherwise), "UTF-8", &is_cut);

  return parse_as (text, length, "UTF-8", &is_cut);
}

/* Text that says its encoding by its bytes is decoded here. */
static xmlDoc *
parse (GBytes *bytes, GError **error)
{
  gsize size = 0, length = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = linkage_import_text_decode (bytes, &length, error);
  gboolean is_cut = FALSE;

  if (text == NULL)
    return NULL;
  if (!g_utf8_validate_len (data, size, NULL) && size > 1 && data[0] != '\0' && data[1] != '\0')
    return parse_old (data, size, text);

  return parse_as (text, length, "UTF-8", &is_cut);
}

/**
 * linkage_html_reader_read:
 * @bytes: an HTML page or fragment, at most LINKAGE_IMPORT_MAX_BYTES
 * @asks_password: (out): whether the page has a field for a password
 *
 * Reads all tables of a page that was saved or copied in a browser, nested ones too: table elements, and what says by
 * ARIA roles that it is a table. Merged cells say the same in each of their rows. Any thread.
 *
 * Returns: (transfer container) (element-type LinkageImportTable): the tables that have rows, in document order, or
 *   %NULL with LINKAGE_IMPORT_ERROR (_SIGN_IN when there is none but a field for a password, _NO_TABLE, see also
 *   linkage_import_text_decode()) or G_IO_ERROR_CANCELLED
 */
GPtrArray *
linkage_html_reader_read (GBytes *bytes, gboolean *asks_password, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_import_table_unref);
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (GError) local_error = NULL;
  xmlNode *root = NULL;

  *asks_password = FALSE;
  document = parse (bytes, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  for (xmlNode *at = root; at != NULL; at = linkage_html_node_next (at, root, !linkage_html_node_is_hidden (at)))
    {
      g_autoptr (LinkageImportTable) table = NULL;

      *asks_password |= linkage_html_node_is_password (at);
      if (linkage_html_node_get_role (at) != LINKAGE_HTML_ROLE_TABLE || linkage_html_node_is_hidden (at))
        continue;
      table = read_table (at, cancellable, error);
      if (table == NULL)
        return NULL;
      if (linkage_import_table_get_n_rows (table) > 0)
        g_ptr_array_add (tables, g_steal_pointer (&table));
    }

  if (tables->len == 0)
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR,
                           *asks_password ? LINKAGE_IMPORT_ERROR_SIGN_IN : LINKAGE_IMPORT_ERROR_NO_TABLE,
                           "no table in the page");
      return NULL;
    }

  return g_steal_pointer (&tables);
}
