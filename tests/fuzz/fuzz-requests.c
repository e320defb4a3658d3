/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fuzz.h"
#include "portal-fields.h"
#include "portal-idempotency.h"
#include "portal-router.h"
#include "portal-searches.h"

#define MAX_NAME 200
#define MAX_KEY 64

/* A key that was read can be written as RFC 8941 has it, and read again. */
static void
check_key (const char *header)
{
  g_autofree char *key = portal_idempotency_parse_key (header);
  g_autofree char *again = NULL;
  g_autoptr (GString) written = g_string_new ("\"");

  if (key == NULL)
    return;

  g_assert_cmpuint (strlen (key), <=, MAX_KEY);
  for (const char *at = key; *at != '\0'; at++)
    {
      g_assert_true (g_ascii_isprint (*at));
      if (*at == '"' || *at == '\\')
        g_string_append_c (written, '\\');
      g_string_append_c (written, *at);
    }
  g_string_append_c (written, '"');

  again = portal_idempotency_parse_key (written->str);
  g_assert_cmpstr (again, ==, key);
}

static void
check_path (const char *path)
{
  static const char *const templates[] = { "/api/v1/accounts", "/api/v1/accounts/{account}/searches/{search}" };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_auto (GStrv) parameters = portal_router_match_path (templates[i], path);

      if (parameters == NULL)
        continue;
      g_assert_cmpuint (g_strv_length (parameters), ==, i * 2);
      for (guint j = 0; parameters[j] != NULL; j++)
        g_assert_true (*parameters[j] != '\0' && g_utf8_validate (parameters[j], -1, NULL));
    }
}

static void
check_query (const char *query)
{
  g_autoptr (GHashTable) members = soup_form_decode (query);
  PortalRequest request = { .query = members };
  gint64 value = 0;

  if (portal_request_get_query_int (&request, "offset", 0, G_MAXINT32, 0, &value))
    g_assert_true (value >= 0 && value <= G_MAXINT32);
  if (portal_request_get_query_int (&request, "limit", 1, PORTAL_SEARCHES_LIMIT, PORTAL_SEARCHES_LIMIT, &value))
    g_assert_true (value >= 1 && value <= PORTAL_SEARCHES_LIMIT);
}

static void
check_body (const char *body, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, length);
  g_autoptr (PortalFields) fields = portal_fields_new (bytes);
  const char *name = portal_fields_get_string (fields, "name", MAX_NAME);
  gboolean flag = portal_fields_get_boolean (fields, "acknowledged");
  gint64 number = portal_fields_get_int (fields, "number", 0, G_MAXINT32);
  g_autoptr (PortalReply) problem = portal_fields_get_problem (fields);
  g_autofree char *folded = NULL;

  g_assert_true (flag == TRUE || flag == FALSE);
  g_assert_true (number >= 0 && number <= G_MAXINT32);
  g_assert_true (name != NULL || problem != NULL);
  if (name == NULL)
    return;

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (name, -1), <=, MAX_NAME);
  folded = portal_searches_fold (name);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
}

/* A request to the portal: the value of Idempotency-Key, the path and the query, line by line; then the body. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *at = (const char *)data;
  const char *end = at + size;
  void (*const checks[]) (const char *) = { check_key, check_path, check_query };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const char *line_end = at < end ? memchr (at, '\n', end - at) : NULL;
      g_autofree char *line = NULL;

      if (line_end == NULL)
        return 0;
      line = g_strndup (at, line_end - at);
      checks[i](line);
      at = line_end + 1;
    }
  check_body (at, end - at);

  return 0;
}
