/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-text.h"

#include <gio/gio.h>
#include <string.h>

#define EMAIL_MAX 254      /* octets, RFC 5321 */
#define EMAIL_LOCAL_MAX 64 /* octets, RFC 5321 */
#define DOMAIN_LABEL_MAX 63
#define TIME_MAX 40                                /* octets, as the portal's contract says */
#define LAST_TIME G_GINT64_CONSTANT (253402300799) /* 9999-12-31T23:59:59Z */

/* Unicode's White_Space, of which g_unichar_isspace() leaves two out. */
static gboolean
is_white_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x0b || c == 0x85;
}

/* White space at both ends goes, runs of it become one space. */
static char *
collapse_white_space (const char *text)
{
  g_autoptr (GString) collapsed = g_string_sized_new (strlen (text));
  gboolean pending = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_white_space (c))
        {
          pending = TRUE;
          continue;
        }
      if (pending && collapsed->len > 0)
        g_string_append_c (collapsed, ' ');
      pending = FALSE;
      g_string_append_unichar (collapsed, c);
    }

  return g_string_free (g_steal_pointer (&collapsed), FALSE);
}

static char *
remove_marks (const char *text)
{
  g_autoptr (GString) bare = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (bare, c);
    }

  return g_string_free (g_steal_pointer (&bare), FALSE);
}

/* GLib swaps Cherokee's two cases where Unicode folds both to capitals: from small letters alone it comes out right. */
static char *
casefold (const char *text)
{
  g_autoptr (GString) lowered = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_CHEROKEE)
        c = g_unichar_tolower (c);
      g_string_append_unichar (lowered, c);
    }

  return g_utf8_casefold (lowered->str, (gssize)lowered->len);
}

/* Most names need none of Unicode: this is what all of it comes to for them, at a tenth of the time. */
static char *
fold_ascii (const char *text)
{
  char *folded = g_malloc (strlen (text) + 1);
  char *end = folded;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!is_white_space ((guchar)*p))
        *end++ = g_ascii_tolower (*p);
      else if (end > folded && end[-1] != ' ')
        *end++ = ' ';
    }
  if (end > folded && end[-1] == ' ')
    end--;
  *end = '\0';

  return folded;
}

/**
 * linkage_text_fold_name:
 * @name: a name as it was typed; bytes that are no UTF-8 become U+FFFD
 *
 * Folds a customer's name so that two spellings of it compare equal byte by byte: trimmed, NFKC, case folded, with
 * single spaces. Folding what is folded changes nothing. The result is for comparing, never for showing.
 *
 * Returns: (transfer full): the folded name
 */
char *
linkage_text_fold_name (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *recomposed = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_is_ascii (name))
    return fold_ascii (name);

  valid = g_utf8_make_valid (name, -1);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  folded = casefold (composed);
  /* Case folding may leave what is not composed. */
  recomposed = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);

  return collapse_white_space (recomposed);
}

/**
 * linkage_text_fold_filter:
 * @text: any text; bytes that are no UTF-8 become U+FFFD
 *
 * Folds a text for *Filter This List*: NFKD, marks removed, case folded, with single spaces. The full-text index holds
 * this and what the person types goes through it too, so that "cafe" finds "CAFÉ". Folding what is folded changes
 * nothing.
 *
 * Returns: (transfer full): the folded text
 */
char *
linkage_text_fold_filter (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *decomposed = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    return fold_ascii (text);

  valid = g_utf8_make_valid (text, -1);
  decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);
  bare = remove_marks (decomposed);
  folded = casefold (bare);

  return collapse_white_space (folded);
}

/* RFC 5321's Dot-string with RFC 6531's UTF8-non-ascii; quoted strings are left out on purpose: nobody types them. */
static gboolean
is_local_part (const char *local, gsize length)
{
  const char *end = local + length;
  gboolean after_dot = TRUE;

  if (length == 0 || length > EMAIL_LOCAL_MAX)
    return FALSE;

  for (const char *p = local; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.')
        {
          if (after_dot)
            return FALSE;
          after_dot = TRUE;
          continue;
        }
      if (c < 0x80 && !g_ascii_isalnum (c) && strchr ("!#$%&'*+-/=?^_`{|}~", c) == NULL)
        return FALSE;
      if (!g_unichar_isgraph (c) || is_white_space (c))
        return FALSE;
      after_dot = FALSE;
    }

  return !after_dot;
}

static gboolean
is_domain_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > DOMAIN_LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_domain (const char *domain)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  g_auto (GStrv) labels = NULL;
  guint n_labels = 0;

  if (ascii == NULL || g_hostname_is_ip_address (ascii))
    return FALSE;

  labels = g_strsplit (ascii, ".", -1);
  for (n_labels = 0; labels[n_labels] != NULL; n_labels++)
    {
      if (!is_domain_label (labels[n_labels]))
        return FALSE;
    }

  return n_labels >= 2;
}

/**
 * linkage_text_is_email:
 * @text: any bytes
 *
 * Whether a text can be an e-mail address: an addr-spec of RFC 5321 with RFC 6531's international characters, in the
 * form that people have: a dotted local part of at most 64 octets and a domain of at least two labels, 254 octets in
 * all. A display name, white space around it, a quoted local part and an address literal are none.
 *
 * Returns: whether @text is an e-mail address
 */
gboolean
linkage_text_is_email (const char *text)
{
  const char *at = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strlen (text) > EMAIL_MAX || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  at = strrchr (text, '@');
  if (at == NULL)
    return FALSE;

  return is_local_part (text, at - text) && is_domain (at + 1);
}

/**
 * linkage_text_parse_time:
 * @iso8601: any bytes
 *
 * Reads a point in time in ISO 8601 with its offset from UTC; fractions of a second are cut off.
 *
 * Returns: Unix seconds, UTC, from 1970 to 9999; -1 when @iso8601 is no such time, has no offset, or lies outside
 */
gint64
linkage_text_parse_time (const char *iso8601)
{
  g_autoptr (GDateTime) date_time = NULL;
  gint64 time;

  g_return_val_if_fail (iso8601 != NULL, -1);

  if (strlen (iso8601) > TIME_MAX)
    return -1;

  date_time = g_date_time_new_from_iso8601 (iso8601, NULL);
  if (date_time == NULL)
    return -1;

  time = g_date_time_to_unix (date_time);

  return time >= 0 && time <= LAST_TIME ? time : -1;
}

/**
 * linkage_text_format_time:
 * @time: Unix seconds, UTC, from 1970 to 9999
 *
 * Writes a point in time as linkage_text_parse_time() reads it, for storage and for the wire:
 * `2026-01-31T09:30:00+00:00`.
 *
 * Returns: (transfer full): the time in ISO 8601
 */
char *
linkage_text_format_time (gint64 time)
{
  g_autoptr (GDateTime) date_time = NULL;

  g_return_val_if_fail (time >= 0 && time <= LAST_TIME, NULL);

  date_time = g_date_time_new_from_unix_utc (time);
  return g_date_time_format (date_time, "%Y-%m-%dT%H:%M:%S+00:00");
}

/**
 * linkage_text_encode_base64url:
 * @bytes: (array length=length): bytes
 * @length: how many
 *
 * Returns: (transfer full): the bytes as text that goes into an address or a header as it is (RFC 4648, 5), without
 *   padding
 */
char *
linkage_text_encode_base64url (const guint8 *bytes, gsize length)
{
  char *text;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = g_base64_encode (bytes, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}
