/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "linkage-json-limits.h"
#include "linkage-json-reader.h"
#include "linkage-remote-error.h"

static void
test_limits_accept (void)
{
  static const char *const texts[] = {
    "{}",
    " [ ] \r\n\t",
    "null",
    "-0",
    "12.5e-3",
    "0.0E+1",
    "999999999999999999",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
    "\"\\ud83d\\ude00\"",
    "{\"a\": [1, {\"b\": null}, true, false], \"\": \"\xc3\xa9\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *copy = g_memdup2 (texts[i], strlen (texts[i]));

      g_assert_true (linkage_json_limits_check (copy, strlen (texts[i]), &error));
      g_assert_no_error (error);
    }
}

static void
test_limits_refuse (void)
{
  static const char *const texts[] = {
    "",
    "  ",
    "{",
    "[",
    "]",
    "[}",
    "{]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{} {}",
    "1 1",
    "01",
    "+1",
    "-",
    ".5",
    "1.",
    "1e",
    "1000000000000000000",
    "NaN",
    "tru",
    "nul",
    "True",
    "\"",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800\\ud800\"",
    "\"\\udc00\"",
    "\"a\nb\"",
    "/* */ {}",
    "// a\n{}",
    "var a = {}",
    "<!DOCTYPE html>",
    "\xef\xbb\xbf{}",
    "\"\xff\"",
    "\"\xc3\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *copy = g_memdup2 (texts[i], strlen (texts[i]));

      if (linkage_json_limits_check (copy, strlen (texts[i]), &error))
        g_error ("%s is no JSON", texts[i]);
      g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
    }
}

/* Every text that is cut off anywhere is refused, and never read beyond its end. */
static void
test_limits_cut_off (void)
{
  static const char text[] = "{\"a\": [1, -2.5e3, \"\\ud83d\\ude00 \xc3\xa9\"], \"b\": {\"c\": true, \"d\": null}}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *copy = g_memdup2 (text, length);

      g_assert_false (linkage_json_limits_check (copy, length, NULL));
    }
  g_assert_true (linkage_json_limits_check (text, strlen (text), NULL));
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append (text, i % 2 == 1 ? "]" : "}");

  return g_string_free (text, FALSE);
}

static void
test_limits_depth (void)
{
  g_autofree char *deepest = nest (LINKAGE_JSON_MAX_DEPTH);
  g_autofree char *deeper = nest (LINKAGE_JSON_MAX_DEPTH + 1);
  g_autofree char *abyss = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_true (linkage_json_limits_check (deepest, strlen (deepest), NULL));
  g_assert_false (linkage_json_limits_check (deeper, strlen (deeper), &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
  g_assert_false (linkage_json_limits_check (abyss, strlen (abyss), NULL));
}

static void
test_limits_size (void)
{
  g_autofree char *text = g_strnfill (LINKAGE_JSON_MAX_SIZE + 1, ' ');
  g_autoptr (GError) error = NULL;

  text[0] = '1';
  g_assert_true (linkage_json_limits_check (text, LINKAGE_JSON_MAX_SIZE, NULL));
  g_assert_false (linkage_json_limits_check (text, LINKAGE_JSON_MAX_SIZE + 1, &error));
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE);
}

typedef gpointer (*Step) (const LinkageJsonReader *reader, GError **error);

static gpointer
parse (const char *text, Step step, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return linkage_json_reader_parse (bytes, "reply", step, error);
}

static gpointer
read_all_kinds (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *nothing = g_strdup ("before");
  gboolean flag;
  gint64 number;
  gint64 time;
  gint64 no_time;
  guint count;

  if (!linkage_json_reader_read_text (reader, "text", 3, &text, error) ||
      !linkage_json_reader_read_nullable_text (reader, "nothing", 3, &nothing, error) ||
      !linkage_json_reader_read_flag (reader, "flag", &flag, error) ||
      !linkage_json_reader_read_integer (reader, "number", -5, 5, &number, error) ||
      !linkage_json_reader_read_count (reader, "count", 1, 3, &count, error) ||
      !linkage_json_reader_read_time (reader, "time", &time, error) ||
      !linkage_json_reader_read_nullable_time (reader, "no-time", &no_time, error))
    return NULL;

  g_assert_cmpstr (text, ==, "\xc3\xa9\xc3\xa9\xc3\xa9");
  g_assert_null (nothing);
  g_assert_true (flag);
  g_assert_cmpint (number, ==, -5);
  g_assert_cmpuint (count, ==, 3);
  g_assert_cmpint (time, ==, 1767225600);
  g_assert_cmpint (no_time, ==, 0);

  return g_strdup ("read");
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value =
    parse ("{\"text\": \"\\u00e9\\u00e9\\u00e9\", \"nothing\": null, \"flag\": true, \"number\": -5, \"count\": 3,"
           " \"time\": \"2026-01-01T01:00:00+01:00\", \"no-time\": null, \"unknown\": {\"member\": []}}",
           read_all_kinds, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, "read");
}

static gpointer
read_name (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *name = NULL;

  if (!linkage_json_reader_read_text (reader, "name", 10, &name, error))
    return NULL;

  return g_steal_pointer (&name);
}

static gpointer
read_customer (const LinkageJsonReader *reader, GError **error)
{
  return linkage_json_reader_read_value (reader, "customer", read_name, error);
}

static gpointer
read_customers (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!linkage_json_reader_read_list (reader, "changed", 3, read_customer, names, error))
    return NULL;

  return g_strdup (g_ptr_array_index (names, names->len - 1));
}

static void
test_place (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "reply is not an object" },
    { "1", "reply is not an object" },
    { "{}", "reply.changed is missing" },
    { "{\"changed\": {}}", "reply.changed is not an array" },
    { "{\"changed\": [1, 2, 3, 4]}", "reply.changed has too many items" },
    { "{\"changed\": [null]}", "reply.changed[0] is not an object" },
    { "{\"changed\": [{\"customer\": {\"name\": \"a\"}}, {}]}", "reply.changed[1].customer is missing" },
    { "{\"changed\": [{\"customer\": []}]}", "reply.changed[0].customer is not an object" },
    { "{\"changed\": [{\"customer\": {}}]}", "reply.changed[0].customer.name is missing" },
    { "{\"changed\": [{\"customer\": {\"name\": null}}]}", "reply.changed[0].customer.name is not a string" },
    { "{\"changed\": [{\"customer\": {\"name\": \"12345678901\"}}]}", "reply.changed[0].customer.name is too long" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, read_customers, &error));
      g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static gpointer
read_id (const LinkageJsonReader *reader, GError **error)
{
  g_autofree char *id = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error))
    return NULL;

  return g_steal_pointer (&id);
}

static void
test_id (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *good = g_strdup_printf ("{\"id\": \"%s\"}", longest);
  g_autofree char *bad = g_strdup_printf ("{\"id\": \"%sx\"}", longest);
  g_autofree char *id = parse (good, read_id, NULL);

  g_assert_cmpstr (id, ==, longest);
  g_assert_null (parse (bad, read_id, NULL));
  g_assert_null (parse ("{\"id\": \"a\\r\\nHost: b\"}", read_id, NULL));
  g_assert_null (parse ("{\"id\": \"\"}", read_id, &error));
  g_assert_cmpstr (error->message, ==, "reply.id is empty");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-limits/accept", test_limits_accept);
  g_test_add_func ("/json-limits/refuse", test_limits_refuse);
  g_test_add_func ("/json-limits/cut-off", test_limits_cut_off);
  g_test_add_func ("/json-limits/depth", test_limits_depth);
  g_test_add_func ("/json-limits/size", test_limits_size);
  g_test_add_func ("/json-reader/values", test_values);
  g_test_add_func ("/json-reader/place", test_place);
  g_test_add_func ("/json-reader/id", test_id);

  return g_test_run ();
}
