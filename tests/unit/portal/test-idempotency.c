/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-idempotency.h"

static void
test_keys (void)
{
  static const struct
  {
    const char *header;
    const char *key;
  } cases[] = {
    { "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "8e03978e-40d5-43e8-bc93-6894a57f9324" },
    { "\"a\"", "a" },
    { "\" a b \"", " a b " },
    { "\"a\\\"b\\\\c\"", "a\"b\\c" },
    { NULL, NULL },
    { "", NULL },
    { "\"", NULL },
    { "\"\"", NULL },
    { "a", NULL },
    { "\"a", NULL },
    { "a\"", NULL },
    { "\"a\";x=1", NULL },
    { "\"a\", \"b\"", NULL },
    { "\"a\\b\"", NULL },
    { "\"a\\\"", NULL },
    { "\"a\tb\"", NULL },
    { "\"\303\244\"", NULL },
    { "'a'", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = portal_idempotency_parse_key (cases[i].header);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

static void
test_longest_key (void)
{
  g_autofree char *text = g_strnfill (64, 'k');
  g_autofree char *header = g_strdup_printf ("\"%s\"", text);
  g_autofree char *longer = g_strdup_printf ("\"%sk\"", text);
  g_autofree char *key = portal_idempotency_parse_key (header);
  g_autofree char *none = portal_idempotency_parse_key (longer);

  g_assert_cmpstr (key, ==, text);
  g_assert_null (none);
}

static char *
fingerprint (const char *method, const char *path, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));

  return portal_idempotency_get_fingerprint (method, path, bytes);
}

static void
test_fingerprints (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } requests[] = {
    { "PUT", "/a", "" },    { "PUT", "/a", "{}" },   { "PUT", "/a", "{ }" }, { "PUT", "/a{}", "" },
    { "POST", "/a", "{}" }, { "PUT", "/b", "{}" },   { "PUT", "/A", "{}" },  { "PUT/", "a", "{}" },
    { "PU", "T/a", "{}" },  { "PUT", "/%61", "{}" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *again = fingerprint (requests[i].method, requests[i].path, requests[i].body);

      g_assert_true (g_hash_table_add (seen, fingerprint (requests[i].method, requests[i].path, requests[i].body)));
      g_assert_true (g_hash_table_contains (seen, again));
    }
}

static void
test_final_replies (void)
{
  static const struct
  {
    PortalProblemType problem;
    gboolean is_final;
  } cases[] = {
    { PORTAL_PROBLEM_INVALID_REQUEST, TRUE },     { PORTAL_PROBLEM_AUTHENTICATION_REQUIRED, FALSE },
    { PORTAL_PROBLEM_NOT_FOUND, TRUE },           { PORTAL_PROBLEM_INVALID_FIELDS, TRUE },
    { PORTAL_PROBLEM_ALREADY_PENDING, TRUE },     { PORTAL_PROBLEM_NO_SEARCHES_LEFT, TRUE },
    { PORTAL_PROBLEM_CHALLENGE_REQUIRED, FALSE }, { PORTAL_PROBLEM_CHALLENGE_EXPIRED, FALSE },
    { PORTAL_PROBLEM_CHALLENGE_MISMATCH, FALSE }, { PORTAL_PROBLEM_CHALLENGE_FAILED, FALSE },
    { PORTAL_PROBLEM_UNAVAILABLE, FALSE },        { PORTAL_PROBLEM_INTERNAL_ERROR, FALSE },
  };
  g_autoptr (PortalReply) success = portal_reply_new (201, PORTAL_REPLY_JSON, "{}");

  g_assert_true (portal_reply_is_final (success));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PortalReply) reply = portal_reply_new_problem (cases[i].problem, NULL);

      g_assert_cmpint (portal_reply_is_final (reply), ==, cases[i].is_final);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/idempotency/keys", test_keys);
  g_test_add_func ("/portal/idempotency/longest-key", test_longest_key);
  g_test_add_func ("/portal/idempotency/fingerprints", test_fingerprints);
  g_test_add_func ("/portal/idempotency/final-replies", test_final_replies);

  return g_test_run ();
}
