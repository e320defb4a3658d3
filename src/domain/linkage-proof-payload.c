/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-proof-payload.h"

#include <string.h>

#define BASE64_MAX 1000  /* octets, as the portal's contract says */
#define NUMBER_DIGITS 15 /* more than any proof has, fewer than overflow */

/* A reader of the one flat JSON object that a payload is; it never looks past the end. */
typedef struct
{
  const char *at;
  const char *end;
} Scanner;

static gboolean
scan_char (Scanner *scanner, char c)
{
  if (scanner->at == scanner->end || *scanner->at != c)
    return FALSE;

  scanner->at++;
  return TRUE;
}

static void
skip_white_space (Scanner *scanner)
{
  while (scanner->at < scanner->end && strchr (" \t\n\r", *scanner->at) != NULL && *scanner->at != '\0')
    scanner->at++;
}

static gboolean
scan_token (Scanner *scanner, char c)
{
  skip_white_space (scanner);
  return scan_char (scanner, c);
}

static gboolean
scan_hex4 (Scanner *scanner, gunichar *value)
{
  gunichar read = 0;

  if (scanner->end - scanner->at < 4)
    return FALSE;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*scanner->at++);

      if (digit < 0)
        return FALSE;
      read = read * 16 + (gunichar)digit;
    }

  *value = read;
  return TRUE;
}

/* After "\u": a character, or the two halves of one beyond the basic plane. NUL is refused: no C string holds it. */
static gboolean
scan_unicode_escape (Scanner *scanner, GString *string)
{
  gunichar high = 0;
  gunichar low = 0;

  if (!scan_hex4 (scanner, &high) || high == 0)
    return FALSE;

  if (high >= 0xd800 && high <= 0xdbff)
    {
      if (!scan_char (scanner, '\\') || !scan_char (scanner, 'u') || !scan_hex4 (scanner, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return FALSE;
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  if (!g_unichar_validate (high))
    return FALSE;

  g_string_append_unichar (string, high);
  return TRUE;
}

static gboolean
scan_escape (Scanner *scanner, GString *string)
{
  static const char escaped[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found = NULL;

  if (scan_char (scanner, 'u'))
    return scan_unicode_escape (scanner, string);
  if (scanner->at == scanner->end || *scanner->at == '\0')
    return FALSE;

  found = strchr (escaped, *scanner->at);
  if (found == NULL)
    return FALSE;

  scanner->at++;
  g_string_append_c (string, meant[found - escaped]);
  return TRUE;
}

static char *
scan_string (Scanner *scanner)
{
  g_autoptr (GString) string = g_string_new (NULL);

  if (!scan_token (scanner, '"'))
    return NULL;

  while (!scan_char (scanner, '"'))
    {
      if (scan_char (scanner, '\\'))
        {
          if (!scan_escape (scanner, string))
            return NULL;
          continue;
        }
      if (scanner->at == scanner->end || (guchar)*scanner->at < 0x20)
        return NULL;
      g_string_append_c (string, *scanner->at++);
    }
  if (!g_utf8_validate (string->str, (gssize)string->len, NULL))
    return NULL;

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* A whole number that is not negative, in decimal, without leading zeros, as JSON has it. */
static gboolean
scan_number (Scanner *scanner, gint64 *number)
{
  const char *start = NULL;
  gint64 read = 0;

  skip_white_space (scanner);
  start = scanner->at;
  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    {
      if (scanner->at - start == NUMBER_DIGITS)
        return FALSE;
      read = read * 10 + g_ascii_digit_value (*scanner->at++);
    }
  if (scanner->at == start || (*start == '0' && scanner->at - start > 1))
    return FALSE;

  *number = read;
  return TRUE;
}

static char **
get_string_member (LinkageProofPayload *payload, const char *name)
{
  if (g_strcmp0 (name, "algorithm") == 0)
    return &payload->algorithm;
  if (g_strcmp0 (name, "challenge") == 0)
    return &payload->challenge;
  if (g_strcmp0 (name, "salt") == 0)
    return &payload->salt;
  if (g_strcmp0 (name, "signature") == 0)
    return &payload->signature;

  return NULL;
}

/* ALTCHA's own solver adds "took", the milliseconds that it needed: read and not used. */
static gboolean
scan_member (Scanner *scanner, LinkageProofPayload *payload)
{
  g_autofree char *name = scan_string (scanner);
  char **member = get_string_member (payload, name);
  gint64 took = 0;

  if (name == NULL || !scan_token (scanner, ':'))
    return FALSE;
  if (strcmp (name, "took") == 0)
    return scan_number (scanner, &took);
  if (strcmp (name, "number") == 0)
    return payload->number < 0 && scan_number (scanner, &payload->number);
  if (member == NULL || *member != NULL)
    return FALSE;

  *member = scan_string (scanner);
  return *member != NULL;
}

static gboolean
scan_object (Scanner *scanner, LinkageProofPayload *payload)
{
  if (!scan_token (scanner, '{'))
    return FALSE;

  do
    {
      if (!scan_member (scanner, payload))
        return FALSE;
    }
  while (scan_token (scanner, ','));

  if (!scan_token (scanner, '}'))
    return FALSE;

  skip_white_space (scanner);
  return scanner->at == scanner->end;
}

static gboolean
is_complete (const LinkageProofPayload *payload)
{
  return payload->algorithm != NULL && payload->challenge != NULL && payload->number >= 0 && payload->salt != NULL &&
         payload->signature != NULL;
}

/**
 * linkage_proof_payload_decode:
 * @base64: any bytes
 *
 * Reads a payload. Every member has to be there once; nothing but ALTCHA's `took` may be there besides. What the
 * members say is not looked at.
 *
 * Returns: (transfer full) (nullable): the payload; %NULL when @base64 holds none
 */
LinkageProofPayload *
linkage_proof_payload_decode (const char *base64)
{
  g_autoptr (LinkageProofPayload) payload = NULL;
  g_autofree guchar *json = NULL;
  Scanner scanner = { NULL, NULL };
  gsize length = 0;

  g_return_val_if_fail (base64 != NULL, NULL);

  if (*base64 == '\0' || strlen (base64) > BASE64_MAX)
    return NULL;

  json = g_base64_decode (base64, &length);
  scanner.at = (const char *)json;
  scanner.end = scanner.at + length;
  payload = g_new0 (LinkageProofPayload, 1);
  payload->number = -1;
  if (!scan_object (&scanner, payload) || !is_complete (payload))
    return NULL;

  return g_steal_pointer (&payload);
}

static void
append_member (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, "\"%s\":\"", name);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (json, "\\%c", *p);
      else if ((guchar)*p < 0x20)
        g_string_append_printf (json, "\\u%04x", (guint)*p);
      else
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

/**
 * linkage_proof_payload_encode:
 * @payload: a complete payload
 *
 * Writes a payload as linkage_proof_payload_decode() reads it.
 *
 * Returns: (transfer full): base64 of the payload's JSON
 */
char *
linkage_proof_payload_encode (const LinkageProofPayload *payload)
{
  g_autoptr (GString) json = NULL;

  g_return_val_if_fail (payload != NULL && is_complete (payload), NULL);

  json = g_string_new ("{");
  append_member (json, "algorithm", payload->algorithm);
  g_string_append_c (json, ',');
  append_member (json, "challenge", payload->challenge);
  g_string_append_printf (json, ",\"number\":%" G_GINT64_FORMAT ",", payload->number);
  append_member (json, "salt", payload->salt);
  g_string_append_c (json, ',');
  append_member (json, "signature", payload->signature);
  g_string_append_c (json, '}');

  return g_base64_encode ((const guchar *)json->str, json->len);
}

/**
 * linkage_proof_payload_free:
 * @payload: (transfer full): a payload
 */
void
linkage_proof_payload_free (LinkageProofPayload *payload)
{
  g_return_if_fail (payload != NULL);

  g_free (payload->algorithm);
  g_free (payload->challenge);
  g_free (payload->salt);
  g_free (payload->signature);
  g_free (payload);
}
