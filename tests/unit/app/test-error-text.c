/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-error-text.h"

#include <locale.h>

#include "linkage-account-error-private.h"

static LinkageErrorText *
make_text (LinkageAccountError code, const char *refusal, const char *detail)
{
  g_autoptr (GError) error = linkage_account_error_new (code, refusal, detail, "for the log");

  return linkage_error_text_new (error);
}

static void
assert_is_sentence (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 20);
  g_assert_true (g_str_has_suffix (text, "."));
}

/* Every code of the enumeration, and which of them it makes sense to try again. */
static void
test_codes (void)
{
  static const struct
  {
    LinkageAccountError code;
    gboolean can_retry;
  } table[] = {
    { LINKAGE_ACCOUNT_ERROR_FAILED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_OFFLINE, TRUE },
    { LINKAGE_ACCOUNT_ERROR_UNREACHABLE, TRUE },
    { LINKAGE_ACCOUNT_ERROR_CERTIFICATE, TRUE },
    { LINKAGE_ACCOUNT_ERROR_INSECURE, FALSE },
    { LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS, FALSE },
    { LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL, FALSE },
    { LINKAGE_ACCOUNT_ERROR_INVALID_REPLY, TRUE },
    { LINKAGE_ACCOUNT_ERROR_TOO_LARGE, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED, FALSE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER, FALSE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_REFUSED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT, TRUE },
    { LINKAGE_ACCOUNT_ERROR_OTHER_USER, TRUE },
    { LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT, FALSE },
    { LINKAGE_ACCOUNT_ERROR_REFUSED, FALSE },
    { LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS, FALSE },
    { LINKAGE_ACCOUNT_ERROR_VERIFICATION, TRUE },
    { LINKAGE_ACCOUNT_ERROR_TRY_LATER, TRUE },
    { LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING, FALSE },
    { LINKAGE_ACCOUNT_ERROR_TOO_LATE, FALSE },
    { LINKAGE_ACCOUNT_ERROR_STORE_NEWER, FALSE },
    { LINKAGE_ACCOUNT_ERROR_STORE_CORRUPT, FALSE },
    { LINKAGE_ACCOUNT_ERROR_STORE_FULL, TRUE },
    { LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY, TRUE },
    { LINKAGE_ACCOUNT_ERROR_STORE_LOCKED, TRUE },
    { LINKAGE_ACCOUNT_ERROR_SANDBOX, TRUE },
  };
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (G_N_ELEMENTS (table), ==, LINKAGE_ACCOUNT_ERROR_SANDBOX + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (LinkageErrorText) text = make_text (table[i].code, NULL, NULL);

      g_test_message ("code %d: %s", table[i].code, text->title);
      g_assert_cmpint (table[i].code, ==, i);
      g_assert_cmpuint (strlen (text->title), >, 5);
      assert_is_sentence (text->sentence);
      g_assert_cmpint (text->can_retry, ==, table[i].can_retry);
      /* No two codes say the same. */
      g_assert_true (g_hash_table_add (sentences, g_strdup (text->sentence)));
    }
}

/* Every problem's type that a portal may name for a refusal has words of its own. */
static void
test_refusals (void)
{
  static const char *const types[] = {
    "not-suggested",    "already-listed",    "already-pending", "already-connected", "not-expired",       "rejected",
    "no-requests-left", "takes-no-requests", "not-found",       "account-merged",    "too-many-requests", "key-reused",
  };
  g_autoptr (LinkageErrorText) general = make_text (LINKAGE_ACCOUNT_ERROR_REFUSED, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (LinkageErrorText) text = make_text (LINKAGE_ACCOUNT_ERROR_REFUSED, types[i], "Das Portal sagt nein.");

      g_test_message ("%s: %s", types[i], text->title);
      assert_is_sentence (text->sentence);
      g_assert_cmpstr (text->sentence, !=, general->sentence);
      g_assert_cmpstr (text->sentence, !=, "Das Portal sagt nein.");
    }
}

/* A type that the program does not know: the portal's own words, as they are. */
static void
test_detail (void)
{
  g_autoptr (LinkageErrorText) unknown = make_text (LINKAGE_ACCOUNT_ERROR_REFUSED, "moon-is-full", "The <b>moon</b>.");
  g_autoptr (LinkageErrorText) fields =
    make_text (LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS, "invalid-fields", "contact-email: is not known here");
  g_autoptr (LinkageErrorText) broken = make_text (LINKAGE_ACCOUNT_ERROR_REFUSED, NULL, "\xff!");
  g_autoptr (LinkageErrorText) busy = make_text (LINKAGE_ACCOUNT_ERROR_TRY_LATER, NULL, "Overloaded.");

  g_assert_cmpstr (unknown->sentence, ==, "The <b>moon</b>.");
  g_assert_cmpstr (fields->sentence, ==, "contact-email: is not known here");
  g_assert_true (g_utf8_validate (broken->sentence, -1, NULL));
  g_assert_cmpstr (busy->sentence, !=, "Overloaded.");
}

static void
test_operation (void)
{
  g_autoptr (LinkageErrorText) known =
    linkage_error_text_new_for_refusal ("already-connected", "They say so.", "Contoso\nLtd");
  g_autoptr (LinkageErrorText) unknown = linkage_error_text_new_for_refusal ("moon-is-full", "The moon.", "Contoso");
  g_autoptr (LinkageErrorText) silent = linkage_error_text_new_for_refusal (NULL, NULL, "Contoso");

  g_assert_cmpstr (known->title, ==, "Request to Contoso Ltd Not Sent");
  g_assert_cmpstr (known->sentence, !=, "They say so.");
  g_assert_cmpstr (unknown->sentence, ==, "The moon.");
  assert_is_sentence (silent->sentence);
}

/* Anything else is told in general; what it was goes to the log. */
static void
test_unknown (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED, "secret detail");
  g_autoptr (GError) newer = g_error_new_literal (LINKAGE_ACCOUNT_ERROR, 1000, "from the future");
  g_autoptr (LinkageErrorText) text = NULL;
  g_autoptr (LinkageErrorText) future = NULL;

  text = linkage_error_text_new (error);
  assert_is_sentence (text->sentence);
  g_assert_null (strstr (text->sentence, "secret"));

  future = linkage_error_text_new (newer);
  g_assert_cmpstr (future->sentence, ==, text->sentence);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/error-text/codes", test_codes);
  g_test_add_func ("/app/error-text/refusals", test_refusals);
  g_test_add_func ("/app/error-text/detail", test_detail);
  g_test_add_func ("/app/error-text/operation", test_operation);
  g_test_add_func ("/app/error-text/unknown", test_unknown);

  return g_test_run ();
}
