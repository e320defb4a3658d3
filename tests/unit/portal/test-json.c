/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-json.h"

#include <string.h>

#include "portal-fields.h"

/* Nested deep enough for json-glib, which descends by recursion, to run out of stack. */
#define TOO_DEEP 200000

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return portal_json_parse (bytes, NULL);
}

/* json-glib takes more than JSON; what looks like text to it only must not hide how deep a body is. */
static void
test_depth (void)
{
  static const char *const hidden_by[] = { "", "/*\"*/", "//\"\n", "'\"'", "{\"a\": \"\\\"\", \"b\": ", "#\"\n" };
  g_autofree char *brackets = g_strnfill (TOO_DEEP, '[');

  for (gsize i = 0; i < G_N_ELEMENTS (hidden_by); i++)
    {
      g_autofree char *text = g_strconcat (hidden_by[i], brackets, NULL);

      g_assert_null (parse (text));
    }
}

static void
test_forms (void)
{
  static const char *const refused[] = {
    "",         "[]",     "1",    "{", "{\"a\": 1} x", "{\"a\": \"\\u0000\"}", "{\"a\": \"\\0\"}", "{\"a\": \"\\377\"}",
    "{'a': 1}", "/**/{}", "\xff",
  };
  g_autoptr (JsonObject) object = parse (" {\"a\": [\"/*'\\\"\\\\\\u00e9\", -1.5e3, true, null]} ");

  g_assert_nonnull (object);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "a"), 0), ==, "/*'\"\\é");

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (parse (refused[i]));
    }
}

/* Half a surrogate pair is no text, though json-glib would make three bytes of it. */
static void
test_surrogates (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"name\": \"x\\ud800y\"}", 20);
  g_autoptr (PortalFields) fields = portal_fields_new (body);
  g_autoptr (PortalReply) problem = NULL;

  g_assert_null (portal_fields_get_string (fields, "name", 200));
  problem = portal_fields_get_problem (fields);
  g_assert_nonnull (problem);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/json/depth", test_depth);
  g_test_add_func ("/portal/json/forms", test_forms);
  g_test_add_func ("/portal/json/surrogates", test_surrogates);

  return g_test_run ();
}
