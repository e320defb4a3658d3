/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-reader.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "linkage-html-element.h"
#include "linkage-html-table.h"
#include "linkage-import-text.h"

/* No page that people made is deeper. */
#define DEEPEST 256

/* Where in a table the parser is. */
typedef enum
{
  OUTSIDE,
  IN_TABLE,
  IN_ROW,
  IN_CELL,
  BETWEEN, /* a cell without a row and the like: nothing there counts */
} Place;

/* An element that is open. */
typedef struct
{
  LinkageHtmlTable *table; /* (unowned) (nullable): the innermost one: of the element that began it */
  guint number;            /* of table, if the element began it */
  Place place;
  LinkageHtmlRole began;
  gboolean is_hidden;
  gboolean is_spoken;
  char *label; /* (owned) (nullable) */
  gsize said;  /* in the cell before the element */
} Open;

/* The parser tells of one element after the other: a large page as a tree would take its time and ten times its size.
 */
typedef struct
{
  htmlParserCtxt *parser; /* (unowned) */
  GPtrArray *tables;      /* (owned) (element-type LinkageImportTable) (nullable items): in document order */
  GArray *open;           /* (owned) (element-type Open) */
  gboolean asks_password;
  gboolean is_cut; /* the parser gave up at bytes that are none of the encoding; it says so nowhere else */
  char *encoding;  /* (owned) (nullable): what the page says of itself */
  GCancellable *cancellable;
  GError *error; /* (owned) (nullable) */
} Reader;

static void
free_table (gpointer table)
{
  if (table != NULL)
    linkage_import_table_unref (table);
}

static void
clear_open (gpointer data)
{
  Open *open = data;

  if (open->began == LINKAGE_HTML_ROLE_TABLE)
    linkage_import_table_unref (linkage_html_table_finish (open->table));
  g_free (open->label);
}

static Reader *
reader_new (GCancellable *cancellable)
{
  Reader *self = g_new0 (Reader, 1);

  self->tables = g_ptr_array_new_with_free_func (free_table);
  self->open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_array_set_clear_func (self->open, clear_open);
  self->cancellable = cancellable;

  return self;
}

static void
reader_free (Reader *self)
{
  g_array_unref (self->open);
  g_ptr_array_unref (self->tables);
  g_free (self->encoding);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

static Open *
get_innermost (Reader *self)
{
  return self->open->len > 0 ? &g_array_index (self->open, Open, self->open->len - 1) : NULL;
}

static void
begin_table (Reader *self, Open *open)
{
  open->table = linkage_html_table_new ();
  open->number = self->tables->len;
  open->place = IN_TABLE;
  open->began = LINKAGE_HTML_ROLE_TABLE;
  g_ptr_array_add (self->tables, NULL);
}

static void
begin_role (Reader *self, Open *open, const LinkageHtmlElement *element)
{
  LinkageHtmlRole role = linkage_html_element_get_role (element);

  if (role == LINKAGE_HTML_ROLE_TABLE)
    begin_table (self, open);
  else if (role == LINKAGE_HTML_ROLE_ROW && open->place == IN_TABLE)
    {
      linkage_html_table_begin_row (open->table);
      open->place = IN_ROW;
      open->began = role;
    }
  else if (role == LINKAGE_HTML_ROLE_CELL && open->place == IN_ROW)
    {
      linkage_html_table_begin_cell (open->table, linkage_html_element_get_span (element, "colspan"),
                                     linkage_html_element_get_span (element, "rowspan"));
      open->place = IN_CELL;
      open->began = role;
    }
  else if (role != LINKAGE_HTML_ROLE_NONE && (open->place == IN_TABLE || open->place == IN_ROW))
    open->place = BETWEEN;
}

static void
begin_in_cell (Open *open, const LinkageHtmlElement *element)
{
  open->is_spoken |= linkage_html_element_is_only_spoken (element);
  open->label = g_strdup (linkage_html_element_get_label (element));
  if (linkage_html_element_is_block (element))
    linkage_html_table_append_break (open->table);
  open->said = linkage_html_table_get_said (open->table);
}

static void
on_start_element (void *context, const xmlChar *name, const xmlChar **attributes)
{
  Reader *self = ((htmlParserCtxt *)context)->_private;
  const Open *parent = get_innermost (self);
  Open open = { .place = OUTSIDE };
  LinkageHtmlElement element;

  linkage_html_element_init (&element, (const char *)name, (const char *const *)attributes);
  if (parent != NULL)
    open = (Open){
      .table = parent->table, .place = parent->place, .is_hidden = parent->is_hidden, .is_spoken = parent->is_spoken
    };
  if (self->encoding == NULL)
    self->encoding = linkage_html_element_dup_encoding (&element);

  if (!open.is_hidden)
    {
      self->asks_password |= linkage_html_element_is_password (&element);
      open.is_hidden = linkage_html_element_is_hidden (&element);
    }
  if (!open.is_hidden)
    begin_role (self, &open, &element);
  if (!open.is_hidden && open.place == IN_CELL && open.began == LINKAGE_HTML_ROLE_NONE)
    begin_in_cell (&open, &element);

  g_array_append_val (self->open, open);
  if (self->open->len > DEEPEST || g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    xmlStopParser (context);
}

static void
end_table (Reader *self, Open *open)
{
  g_autoptr (LinkageImportTable) table = linkage_html_table_finish (open->table);

  open->began = LINKAGE_HTML_ROLE_NONE;
  if (linkage_import_table_get_n_rows (table) > 0)
    self->tables->pdata[open->number] = g_steal_pointer (&table);
}

static void
end_innermost (Reader *self)
{
  Open *open = get_innermost (self);

  if (open->began == LINKAGE_HTML_ROLE_TABLE)
    end_table (self, open);
  else if (open->began == LINKAGE_HTML_ROLE_CELL)
    linkage_html_table_end_cell (open->table);
  else if (open->began == LINKAGE_HTML_ROLE_ROW && self->error == NULL &&
           !linkage_html_table_end_row (open->table, &self->error))
    xmlStopParser (self->parser);

  if (open->label != NULL && linkage_html_table_get_said (open->table) == open->said)
    {
      linkage_html_table_append_text (open->table, " ", 1, TRUE);
      linkage_html_table_append_text (open->table, open->label, strlen (open->label), TRUE);
    }

  g_array_set_size (self->open, self->open->len - 1);
}

static void
on_end_element (void *context, const xmlChar *name)
{
  Reader *self = ((htmlParserCtxt *)context)->_private;

  if (self->open->len > 0)
    end_innermost (self);
}

static void
on_characters (void *context, const xmlChar *text, int length)
{
  Reader *self = ((htmlParserCtxt *)context)->_private;
  const Open *open = get_innermost (self);

  if (open != NULL && open->place == IN_CELL && !open->is_hidden)
    linkage_html_table_append_text (open->table, (const char *)text, length, open->is_spoken);
}

static void
on_error (gpointer user_data, xmlError *error)
{
  Reader *self = user_data;

  self->is_cut |= error->domain == XML_FROM_I18N;
}

typedef struct
{
  const char *at; /* (unowned) */
  gsize left;
} Input;

/* Piece by piece: all at once would be copied as a whole, and converted as a whole. */
static int
read_piece (gpointer context, char *buffer, int length)
{
  Input *input = context;
  gsize size = MIN ((gsize)length, input->left);

  memcpy (buffer, input->at, size);
  input->at += size;
  input->left -= size;

  return (int)size;
}

/* (transfer full) */
static Reader *
read_as (const char *data, gsize size, const char *encoding, GCancellable *cancellable)
{
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  Reader *self = reader_new (cancellable);
  Input input = { data, size };
  xmlSAXHandler handler = { .startElement = on_start_element,
                            .endElement = on_end_element,
                            .characters = on_characters };

  self->parser = htmlNewParserCtxt ();
  self->parser->_private = self;
  *self->parser->sax = handler;
  xmlSetStructuredErrorFunc (self, on_error);
  htmlCtxtReadIO (self->parser, read_piece, NULL, &input, NULL, encoding, options);
  xmlSetStructuredErrorFunc (NULL, NULL);
  /* What was open when the parser gave up is as good as the rest. */
  while (self->open->len > 0)
    end_innermost (self);
  g_clear_pointer (&self->parser, htmlFreeParserCtxt);

  return self;
}

/* Older pages say their encoding in a meta element, which the parser finds. */
static Reader *
read_old (const char *data, gsize size, GBytes *otherwise, GCancellable *cancellable)
{
  g_autoptr (Reader) reader = read_as (data, size, NULL, cancellable);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!reader->is_cut)
    return g_steal_pointer (&reader);

  if (reader->encoding != NULL)
    text = linkage_import_text_decode_as (data, size, reader->encoding, &length);
  if (text == NULL)
    return read_as (g_bytes_get_data (otherwise, NULL), g_bytes_get_size (otherwise), "UTF-8", cancellable);

  return read_as (text, length, "UTF-8", cancellable);
}

/* Text that says its encoding by its bytes is decoded here. */
static Reader *
read_page (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize size = 0, length = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean was_utf8 = FALSE;
  g_autoptr (GBytes) text = linkage_import_text_decode (bytes, &was_utf8, error);

  if (text == NULL)
    return NULL;
  if (!was_utf8 && size > 1 && data[0] != '\0' && data[1] != '\0')
    return read_old (data, size, text, cancellable);

  data = g_bytes_get_data (text, &length);

  return read_as (data, length, "UTF-8", cancellable);
}

/**
 * linkage_html_reader_read:
 * @bytes: an HTML page or fragment, at most LINKAGE_IMPORT_MAX_BYTES
 * @asks_password: (out): whether the page has a field for a password
 *
 * Reads all tables of a page that was saved or copied in a browser, nested ones too: table elements, and what says by
 * ARIA roles that it is a table. A cell's text is what a person sees of it; where that is nothing, what a screen reader
 * says. Merged cells say the same in each of their rows. Any thread.
 *
 * Returns: (transfer container) (element-type LinkageImportTable): the tables that have rows, in document order, or
 *   %NULL with LINKAGE_IMPORT_ERROR (_SIGN_IN when there is none but a field for a password, _NO_TABLE, see also
 *   linkage_import_text_decode()) or G_IO_ERROR_CANCELLED
 */
GPtrArray *
linkage_html_reader_read (GBytes *bytes, gboolean *asks_password, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_import_table_unref);
  g_autoptr (Reader) reader = NULL;

  *asks_password = FALSE;
  reader = read_page (bytes, cancellable, error);
  if (reader == NULL)
    return NULL;

  *asks_password = reader->asks_password;
  if (reader->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reader->error));
      return NULL;
    }

  for (guint i = 0; i < reader->tables->len; i++)
    {
      if (reader->tables->pdata[i] != NULL)
        g_ptr_array_add (tables, g_steal_pointer (&reader->tables->pdata[i]));
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
