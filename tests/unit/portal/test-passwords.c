/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "portal-error.h"
#include "portal-passwords.h"

static void
test_only_the_password_is_right (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *chosen = portal_passwords_hash ("correct horse", PORTAL_PASSWORD_CHOSEN, &error);
  g_autofree char *random = portal_passwords_hash ("correct horse", PORTAL_PASSWORD_RANDOM, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (chosen, "$y$"));
  g_assert_true (g_str_has_prefix (random, "$y$"));
  g_assert_cmpstr (chosen, !=, random);
  g_assert_true (portal_passwords_check ("correct horse", chosen));
  g_assert_true (portal_passwords_check ("correct horse", random));
  g_assert_false (portal_passwords_check ("correct horsf", random));
  g_assert_false (portal_passwords_check ("correct horse ", random));
  g_assert_false (portal_passwords_check ("", random));
}

static void
test_each_hash_has_a_salt (void)
{
  g_autofree char *one = portal_passwords_hash ("correct horse", PORTAL_PASSWORD_RANDOM, NULL);
  g_autofree char *other = portal_passwords_hash ("correct horse", PORTAL_PASSWORD_RANDOM, NULL);

  g_assert_cmpstr (one, !=, other);
}

static void
test_accents_may_be_composed (void)
{
  g_autofree char *hash = portal_passwords_hash ("caf\u00e9 cr\u00e8me", PORTAL_PASSWORD_RANDOM, NULL);

  g_assert_true (portal_passwords_check ("cafe\u0301 cre\u0300me", hash));
}

static void
test_without_a_hash_nothing_is_right (void)
{
  g_assert_false (portal_passwords_check ("correct horse", NULL));
  g_assert_false (portal_passwords_check ("correct horse", ""));
  g_assert_false (portal_passwords_check ("correct horse", "*"));
  g_assert_false (portal_passwords_check ("correct horse", "correct horse"));
}

static void
test_what_cannot_be_a_password (void)
{
  g_autofree char *long_one = g_strnfill (PORTAL_PASSWORDS_MAXIMUM + 1, 'x');
  const char *bad[] = { "", "seven77", long_one, "invalid \xff utf-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (portal_passwords_hash (bad[i], PORTAL_PASSWORD_CHOSEN, &error));
      g_assert_error (error, PORTAL_ERROR, PORTAL_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/passwords/check", test_only_the_password_is_right);
  g_test_add_func ("/passwords/salt", test_each_hash_has_a_salt);
  g_test_add_func ("/passwords/composed", test_accents_may_be_composed);
  g_test_add_func ("/passwords/nobody", test_without_a_hash_nothing_is_right);
  g_test_add_func ("/passwords/invalid", test_what_cannot_be_a_password);

  return g_test_run ();
}
