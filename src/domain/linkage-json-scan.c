/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-json-scan.h"

#include <string.h>

/* json-glib takes more than RFC 8259 (comments, assignments, lone surrogates) and descends by recursion without an
 * end. So the bytes are held against the RFC first, with a stack of our own; json-glib then only builds the tree. Of
 * what is no JSON it also leaks some. */

/* Longer ones do not fit into 64 bits. */
#define MAX_INTEGER_DIGITS 18

typedef enum
{
  EXPECT_VALUE,
  EXPECT_ELEMENT_OR_END,
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COLON,
  EXPECT_SEPARATOR,
  EXPECT_NOTHING,
} Expectation;

typedef struct
{
  const char *at;  /* (unowned) */
  const char *end; /* (unowned) */
  Expectation expectation;
  char closers[LINKAGE_JSON_MAX_DEPTH];
  guint depth;
} Scan;

static gboolean
take (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;

  scan->at++;
  return TRUE;
}

static guint
take_digits (Scan *scan)
{
  guint n = 0;

  for (; scan->at < scan->end && g_ascii_isdigit (*scan->at); scan->at++)
    n++;

  return n;
}

static gboolean
take_code_unit (Scan *scan, guint *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return FALSE;
      *unit = *unit << 4 | (guint)g_ascii_xdigit_value (*scan->at);
    }

  return TRUE;
}

/* NUL is refused as well: no text of the interface has one, and it would cut a C string short. */
static gboolean
take_escaped_character (Scan *scan)
{
  guint unit;
  guint second;

  if (!take_code_unit (scan, &unit) || unit == 0)
    return FALSE;
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  if (unit > 0xdbff || !take (scan, '\\') || !take (scan, 'u') || !take_code_unit (scan, &second))
    return FALSE;

  return second >= 0xdc00 && second <= 0xdfff;
}

static gboolean
take_string (Scan *scan)
{
  if (!take (scan, '"'))
    return FALSE;

  while (scan->at < scan->end)
    {
      unsigned char c = *scan->at++;

      if (c == '"')
        return TRUE;
      if (c < 0x20)
        return FALSE;
      if (c != '\\')
        continue;
      if (take (scan, 'u'))
        {
          if (!take_escaped_character (scan))
            return FALSE;
        }
      else if (scan->at == scan->end || strchr ("\"\\/bfnrt", *scan->at++) == NULL)
        return FALSE;
    }

  return FALSE;
}

static gboolean
take_number (Scan *scan)
{
  take (scan, '-');
  if (!take (scan, '0'))
    {
      guint n_digits = take_digits (scan);

      if (n_digits == 0 || n_digits > MAX_INTEGER_DIGITS)
        return FALSE;
    }
  if (take (scan, '.') && take_digits (scan) == 0)
    return FALSE;
  if (take (scan, 'e') || take (scan, 'E'))
    {
      if (!take (scan, '+'))
        take (scan, '-');
      if (take_digits (scan) == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return FALSE;

  scan->at += length;
  return TRUE;
}

static void
end_value (Scan *scan)
{
  scan->expectation = scan->depth > 0 ? EXPECT_SEPARATOR : EXPECT_NOTHING;
}

static gboolean
open_container (Scan *scan, char closer, Expectation expectation)
{
  if (scan->depth == LINKAGE_JSON_MAX_DEPTH)
    return FALSE;

  scan->at++;
  scan->closers[scan->depth++] = closer;
  scan->expectation = expectation;

  return TRUE;
}

static gboolean
close_container (Scan *scan)
{
  if (scan->depth == 0 || !take (scan, scan->closers[scan->depth - 1]))
    return FALSE;

  scan->depth--;
  end_value (scan);

  return TRUE;
}

static gboolean
take_value (Scan *scan)
{
  gboolean taken;

  switch (*scan->at)
    {
    case '{':
      return open_container (scan, '}', EXPECT_NAME_OR_END);
    case '[':
      return open_container (scan, ']', EXPECT_ELEMENT_OR_END);
    case '"':
      taken = take_string (scan);
      break;
    case 't':
      taken = take_word (scan, "true");
      break;
    case 'f':
      taken = take_word (scan, "false");
      break;
    case 'n':
      taken = take_word (scan, "null");
      break;
    default:
      taken = take_number (scan);
      break;
    }
  end_value (scan);

  return taken;
}

static gboolean
take_name (Scan *scan)
{
  scan->expectation = EXPECT_COLON;

  return take_string (scan);
}

static gboolean
take_separator (Scan *scan)
{
  if (!take (scan, ','))
    return close_container (scan);

  scan->expectation = scan->closers[scan->depth - 1] == '}' ? EXPECT_NAME : EXPECT_VALUE;

  return TRUE;
}

static gboolean
take_token (Scan *scan)
{
  switch (scan->expectation)
    {
    case EXPECT_VALUE:
      return take_value (scan);
    case EXPECT_ELEMENT_OR_END:
      return close_container (scan) || take_value (scan);
    case EXPECT_NAME:
      return take_name (scan);
    case EXPECT_NAME_OR_END:
      return close_container (scan) || take_name (scan);
    case EXPECT_COLON:
      scan->expectation = EXPECT_VALUE;
      return take (scan, ':');
    case EXPECT_SEPARATOR:
      return take_separator (scan);
    case EXPECT_NOTHING:
    default:
      return FALSE;
    }
}

static void
skip_white_space (Scan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
    scan->at++;
}

/**
 * linkage_json_scan:
 * @text: (array length=length): UTF-8 from outside; it needs no NUL at the end
 * @length: how many bytes
 * @offset: (out): the byte where it stops to be JSON; @length where the text ends too early
 *
 * Checks that a text is one JSON text as RFC 8259 has it, nested at most LINKAGE_JSON_MAX_DEPTH deep, before a parser
 * sees it. Any thread.
 *
 * Returns: whether it is
 */
gboolean
linkage_json_scan (const char *text, gsize length, gsize *offset)
{
  const char *start = length > 0 ? text : "";
  Scan scan = { .at = start, .end = start + length, .expectation = EXPECT_VALUE };

  for (skip_white_space (&scan); scan.at < scan.end; skip_white_space (&scan))
    {
      if (!take_token (&scan))
        {
          *offset = scan.at - start;
          return FALSE;
        }
    }
  *offset = length;

  return scan.expectation == EXPECT_NOTHING;
}
