/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-pkce.h"

/* RFC 7636, appendix B. */
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

static void
test_example_of_the_standard (void)
{
  g_autofree char *challenge = linkage_pkce_make_challenge (VERIFIER);

  g_assert_cmpstr (challenge, ==, CHALLENGE);
  g_assert_true (linkage_pkce_verify (CHALLENGE, VERIFIER));
}

static void
test_a_new_verifier (void)
{
  g_autofree char *one = linkage_pkce_new_verifier ();
  g_autofree char *other = linkage_pkce_new_verifier ();
  g_autofree char *challenge = linkage_pkce_make_challenge (one);

  g_assert_cmpstr (one, !=, other);
  g_assert_true (linkage_pkce_is_challenge (challenge));
  g_assert_true (linkage_pkce_verify (challenge, one));
  g_assert_false (linkage_pkce_verify (challenge, other));
}

static void
test_what_does_not_go_together (void)
{
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');
  g_autofree char *of_longest = linkage_pkce_make_challenge (longest);
  g_autofree char *of_too_long = linkage_pkce_make_challenge (too_long);
  g_autofree char *of_empty = linkage_pkce_make_challenge ("");

  g_assert_true (linkage_pkce_verify (of_longest, longest));
  g_assert_false (linkage_pkce_verify (of_too_long, too_long));
  g_assert_false (linkage_pkce_verify (of_empty, ""));
  g_assert_false (linkage_pkce_verify (CHALLENGE, longest));
  g_assert_false (linkage_pkce_verify (CHALLENGE, VERIFIER " "));
}

static void
test_what_can_be_a_challenge (void)
{
  g_assert_true (linkage_pkce_is_challenge (CHALLENGE));
  g_assert_false (linkage_pkce_is_challenge (""));
  g_assert_false (linkage_pkce_is_challenge (CHALLENGE "="));
  g_assert_false (linkage_pkce_is_challenge ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pkce/example", test_example_of_the_standard);
  g_test_add_func ("/pkce/new", test_a_new_verifier);
  g_test_add_func ("/pkce/mismatch", test_what_does_not_go_together);
  g_test_add_func ("/pkce/challenge", test_what_can_be_a_challenge);

  return g_test_run ();
}
