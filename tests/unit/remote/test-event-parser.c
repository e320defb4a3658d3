/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "linkage-event-parser.h"
#include "linkage-remote-error.h"

static void
write_event (const char *type, const char *data, const char *id, gpointer user_data)
{
  g_string_append_printf (user_data, "<%s|%s|%s>", type, data, id);
}

static char *
parse (const char *text, gsize chunk)
{
  GString *events = g_string_new (NULL);
  g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (write_event, events);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += chunk)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (linkage_event_parser_push (parser, text + i, MIN (chunk, length - i), &error));
      g_assert_no_error (error);
    }

  return g_string_free (events, FALSE);
}

/* The standard's rules, each with every cut that a network can make. */
static void
test_streams (void)
{
  static const struct
  {
    const char *text;
    const char *events;
  } cases[] = {
    { "data: a\n\n", "<message|a|>" },
    { "data:a\n\n", "<message|a|>" },
    { "data:  a\n\n", "<message| a|>" },
    { "data: a\r\n\r\n", "<message|a|>" },
    { "data: a\r\r", "<message|a|>" },
    { "data: a\r\n\rdata: b\n\n", "<message|a|><message|b|>" },
    { "data: a\n\rdata: b\r\n\n", "<message|a|><message|b|>" },
    { "\xef\xbb\xbf"
      "data: a\n\n",
      "<message|a|>" },
    { "data: a\n\n\xef\xbb\xbf"
      "data: b\n\n",
      "<message|a|>" },
    { "data: a\ndata: b\n\n", "<message|a\nb|>" },
    { "data\n\n", "<message||>" },
    { "data\ndata\n\n", "<message|\n|>" },
    { "data: a", "" },
    { "data: a\n", "" },
    { ": comment\n\n:\n\n", "" },
    { "event: state\ndata: a\nid: 7\n\n", "<state|a|7>" },
    { "event: state\n\ndata: a\n\n", "<message|a|>" },
    { "id: 7\n\ndata: a\n\n", "<message|a|7>" },
    { "id: 7\ndata: a\n\ndata: b\n\n", "<message|a|7><message|b|7>" },
    { "id: 7\ndata: a\n\nid\ndata: b\n\n", "<message|a|7><message|b|>" },
    { "event: a\nevent: b\ndata: c\n\n", "<b|c|>" },
    { "Data: a\nunknown: b\n data: c\n\n", "" },
    { "data: a:b\n\n", "<message|a:b|>" },
    { "data: \xff\n\n", "<message|\xef\xbf\xbd|>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize chunk = 1; chunk <= strlen (cases[i].text); chunk++)
        {
          g_autofree char *events = parse (cases[i].text, chunk);

          g_assert_cmpstr (events, ==, cases[i].events);
        }
    }
}

static void
test_nul (void)
{
  static const char text[] = "id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n";
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (write_event, events);

  g_assert_true (linkage_event_parser_push (parser, text, sizeof text - 1, NULL));
  g_assert_cmpstr (events->str, ==, "<message|a|7><message|b|7>");
}

static void
test_retry (void)
{
  static const struct
  {
    const char *text;
    gboolean has;
    guint retry;
  } cases[] = {
    { "retry: 5000\n", TRUE, 5000 },
    { "retry: 0\n", TRUE, 0 },
    { "retry: 5s\n", FALSE, 0 },
    { "retry: -5\n", FALSE, 0 },
    { "retry: +5\n", FALSE, 0 },
    { "retry:\n", FALSE, 0 },
    { "retry: 99999999999999\n", FALSE, 0 },
    { "retry: 7\nretry: no\n", TRUE, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) events = g_string_new (NULL);
      g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (write_event, events);
      guint retry = 0;

      g_assert_true (linkage_event_parser_push (parser, cases[i].text, strlen (cases[i].text), NULL));
      g_assert_cmpint (linkage_event_parser_get_retry (parser, &retry), ==, cases[i].has);
      g_assert_cmpuint (retry, ==, cases[i].retry);
    }
}

static void
test_reset (void)
{
  static const char cut_off[] = "id: 7\nretry: 9\ndata: a\n\nevent: lost\nid: 8\ndata: los";
  static const char next[] = "\xef\xbb\xbf"
                             "data: b\n\n";
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (write_event, events);
  guint retry;

  g_assert_true (linkage_event_parser_push (parser, cut_off, strlen (cut_off), NULL));
  linkage_event_parser_reset (parser);
  g_assert_true (linkage_event_parser_push (parser, next, strlen (next), NULL));
  g_assert_cmpstr (events->str, ==, "<message|a|7><message|b|7>");
  g_assert_cmpstr (linkage_event_parser_get_last_id (parser), ==, "7");
  g_assert_true (linkage_event_parser_get_retry (parser, &retry));
  g_assert_cmpuint (retry, ==, 9);
}

static gboolean
push_until_refused (const char *text, guint n_times, GError **error)
{
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (LinkageEventParser) parser = linkage_event_parser_new (write_event, events);

  for (guint i = 0; i < n_times; i++)
    {
      if (!linkage_event_parser_push (parser, text, strlen (text), error))
        return FALSE;
    }

  return TRUE;
}

static void
test_too_large (void)
{
  g_autoptr (GError) line_error = NULL;
  g_autoptr (GError) data_error = NULL;

  g_assert_false (push_until_refused ("0123456789", 10000, &line_error));
  g_assert_error (line_error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE);
  g_assert_false (push_until_refused ("data: 0123456789\n", 10000, &data_error));
  g_assert_error (data_error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE);
  g_assert_true (push_until_refused (": 0123456789\n", 10000, NULL));
  g_assert_true (push_until_refused ("data: 0123456789\n\n", 10000, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-parser/streams", test_streams);
  g_test_add_func ("/event-parser/nul", test_nul);
  g_test_add_func ("/event-parser/retry", test_retry);
  g_test_add_func ("/event-parser/reset", test_reset);
  g_test_add_func ("/event-parser/too-large", test_too_large);

  return g_test_run ();
}
