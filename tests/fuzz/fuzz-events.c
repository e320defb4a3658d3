/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fuzz.h"
#include "linkage-event-parser.h"

static void
note_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  g_assert_true (g_utf8_validate (type, -1, NULL));
  g_assert_true (g_utf8_validate (data, -1, NULL));
  g_assert_null (strpbrk (type, "\r\n"));
  g_assert_null (strpbrk (id, "\r\n"));

  g_string_append_printf (user_data, "%s\n%s\n%s\n\n", type, data, id);
}

/* What a stream says when it comes in pieces of these sizes, one after the other and again from the first. */
static char *
read_in_pieces (const char *bytes, gsize length, const guint8 *sizes, gsize n_sizes)
{
  GString *said = g_string_new (NULL);
  g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (note_event, said);
  guint retry = 0;

  for (gsize at = 0, i = 0; at < length; i = (i + 1) % n_sizes)
    {
      gsize size = MIN (length - at, (gsize)sizes[i] + 1);
      g_autofree char *piece = g_memdup2 (bytes + at, size);
      g_autoptr (GError) error = NULL;

      linkage_event_parser_push (parser, piece, size, &error);
      g_assert_no_error (error);
      at += size;
    }

  if (linkage_event_parser_get_retry (parser, &retry))
    g_string_append_printf (said, "retry %u\n", retry);
  g_string_append_printf (said, "last %s\n", linkage_event_parser_get_last_id (parser));

  return g_string_free (said, FALSE);
}

/* The first byte is how many sizes of pieces follow it; then comes the stream. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const guint8 single = 0;
  gsize n_sizes = size > 0 ? MIN (data[0] % 8, size - 1) : 0;
  const guint8 *sizes = n_sizes > 0 ? data + 1 : &single;
  const char *stream = (const char *)data + MIN (size, n_sizes + 1);
  gsize length = size - MIN (size, n_sizes + 1);
  g_autofree char *bytewise = read_in_pieces (stream, length, &single, 1);
  g_autofree char *in_pieces = read_in_pieces (stream, length, sizes, MAX (n_sizes, 1));

  g_assert_cmpstr (bytewise, ==, in_pieces);

  return 0;
}
