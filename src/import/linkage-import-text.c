/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-text.h"

#include <errno.h>
#include <string.h>

#include "linkage-import-table.h"

#define REPLACEMENT "\357\277\275" /* U+FFFD */

/* Where the Latin letters of a text without a byte order mark have their zero bytes. */
#define UTF16_SAMPLE 512

static gboolean
starts_with (const guint8 *data, gsize size, const char *mark, gsize mark_size)
{
  return size >= mark_size && memcmp (data, mark, mark_size) == 0;
}

/* Spreadsheets without a byte order mark betray UTF-16 by a zero in every other byte of their Latin letters. */
static const char *
guess_utf16 (const guint8 *data, gsize size)
{
  gsize sample = MIN (size, UTF16_SAMPLE) & ~(gsize)1;
  gsize even = 0, odd = 0;

  for (gsize i = 0; i < sample; i += 2)
    {
      even += data[i] == 0;
      odd += data[i + 1] == 0;
    }

  if (odd > sample / 5 && even == 0)
    return "UTF-16LE";
  if (even > sample / 5 && odd == 0)
    return "UTF-16BE";

  return NULL;
}

static const char *
guess_charset (const guint8 *data, gsize size, gsize *skip)
{
  const char *utf16 = NULL;

  *skip = 0;
  if (starts_with (data, size, "\xef\xbb\xbf", 3))
    {
      *skip = 3;
      return "UTF-8";
    }
  if (starts_with (data, size, "\xff\xfe", 2) || starts_with (data, size, "\xfe\xff", 2))
    {
      *skip = 2;
      return data[0] == 0xff ? "UTF-16LE" : "UTF-16BE";
    }

  utf16 = guess_utf16 (data, size);
  if (utf16 != NULL)
    return utf16;

  return g_utf8_validate_len ((const char *)data, size, NULL) ? "UTF-8" : "WINDOWS-1252";
}

static gboolean
check_kind (const guint8 *data, gsize size, GError **error)
{
  if (size == 0)
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_EMPTY, "no bytes");
      return FALSE;
    }
  if (size > LINKAGE_IMPORT_MAX_BYTES)
    {
      g_set_error (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE, "%" G_GSIZE_FORMAT " bytes", size);
      return FALSE;
    }
  /* ZIP: Office Open XML and OpenDocument; OLE: the older .xls */
  if (starts_with (data, size, "PK\x03\x04", 4) || starts_with (data, size, "\xd0\xcf\x11\xe0", 4))
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_SPREADSHEET, "a spreadsheet file");
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_import_text_decode_as:
 * @data: (array length=size): a text
 * @charset: its encoding
 * @length: (out): bytes of the result without its NUL
 *
 * What the encoding leaves undefined becomes U+FFFD rather than an error: a name with such a byte is still a name, and
 * rows follow it. Any thread.
 *
 * Returns: (transfer full) (nullable): the text in UTF-8, %NULL when the encoding is not known
 */
char *
linkage_import_text_decode_as (const char *data, gsize size, const char *charset, gsize *length)
{
  GIConv converter = g_iconv_open ("UTF-8", charset);
  gsize unit = g_ascii_strncasecmp (charset, "UTF-16", 6) == 0 ? 2 : 1;
  GString *text = NULL;
  char *at = (char *)data;

  if (converter == (GIConv)-1)
    return NULL;

  text = g_string_sized_new (size);
  while (size > 0)
    {
      char piece[4096];
      char *end = piece;
      gsize room = sizeof piece;
      gboolean failed = g_iconv (converter, &at, &size, &end, &room) == (gsize)-1 && errno != E2BIG;

      g_string_append_len (text, piece, end - piece);
      if (!failed)
        continue;
      g_string_append (text, REPLACEMENT);
      at += MIN (unit, size);
      size -= MIN (unit, size);
    }
  g_iconv_close (converter);
  *length = text->len;

  return g_string_free (text, FALSE);
}

static GBytes *
decode_to_bytes (const char *data, gsize size, const char *charset)
{
  gsize length = 0;
  char *text = linkage_import_text_decode_as (data, size, charset, &length);

  return text != NULL ? g_bytes_new_take (text, length) : NULL;
}

/**
 * linkage_import_text_decode:
 * @bytes: what was brought
 * @was_utf8: (out) (optional): whether the text is what was brought, without a byte order mark
 *
 * The text of a file or of the clipboard in UTF-8, from UTF-8, UTF-16 or Windows-1252, with or without a byte order
 * mark. It is no copy where it need not be one, and does not end with a NUL. Any thread.
 *
 * Returns: (transfer full): the text, or %NULL with LINKAGE_IMPORT_ERROR: _EMPTY, _TOO_LARGE, _SPREADSHEET, _NOT_TEXT
 */
GBytes *
linkage_import_text_decode (GBytes *bytes, gboolean *was_utf8, GError **error)
{
  gsize size = 0, skip = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const char *charset = NULL;
  g_autoptr (GBytes) text = NULL;
  gboolean is_utf8, is_valid;

  if (!check_kind (data, size, error))
    return NULL;

  charset = guess_charset (data, size, &skip);
  is_utf8 = g_str_equal (charset, "UTF-8");
  if (is_utf8)
    text = g_bytes_new_from_bytes (bytes, skip, size - skip);
  else
    text = decode_to_bytes ((const char *)data + skip, size - skip, charset);

  /* What has no mark was taken for UTF-8 because it is. */
  is_valid = is_utf8 && skip == 0;
  if (!is_valid && text != NULL)
    is_valid = g_utf8_validate_len (g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL);
  if (!is_valid)
    {
      g_set_error_literal (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_NOT_TEXT, "not a text");
      return NULL;
    }

  if (was_utf8 != NULL)
    *was_utf8 = is_utf8;

  return g_steal_pointer (&text);
}
