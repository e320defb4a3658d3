/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-text.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *folded;
} FoldCase;

static const FoldCase names[] = {
  { "", "" },
  { "  \t ", "" },
  { "Contoso", "contoso" },
  { "  Contoso \t\n Ltd ", "contoso ltd" },
  { "Contoso\u00a0Ltd", "contoso ltd" },
  { "Contoso\u2003\u3000\xc2\x85\vLtd", "contoso ltd" },
  { "Stra\u00dfe", "strasse" },
  { "Cafe\u0301", "caf\u00e9" },
  { "CAF\u00c9", "caf\u00e9" },
  { "\uff26\uff41\uff42\uff52\uff49\uff4b\uff41\uff4d", "fabrikam" },
  { "\ufb01sh", "fish" },
  { "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3" },
  { "\u682a\u5f0f\u4f1a\u793e", "\u682a\u5f0f\u4f1a\u793e" },
  { "\u13e3\u13b3\u13a9", "\u13e3\u13b3\u13a9" },
  { "\uabb3\uab83\uab79", "\u13e3\u13b3\u13a9" },
  { "\xff", "\ufffd" },
};

static const FoldCase filters[] = {
  { "", "" },
  { "  Caf\u00c9  au  lait ", "cafe au lait" },
  { "Stra\u00dfe", "strasse" },
  { "\u00c5ngstr\u00f6m", "angstrom" },
  { "\u0130stanbul", "istanbul" },
  { "\u00bd", "1\u20442" },
  { "\u304c", "\u304b" },
  { "\xff\xfe", "\ufffd\ufffd" },
};

static void
test_fold_name (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folded = linkage_text_fold_name (names[i].text);

      g_assert_cmpstr (folded, ==, names[i].folded);
    }
}

static void
test_fold_filter (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *folded = linkage_text_fold_filter (filters[i].text);

      g_assert_cmpstr (folded, ==, filters[i].folded);
    }
}

static void
assert_stable (char *(*fold) (const char *text), const char *text)
{
  g_autofree char *once = fold (text);
  g_autofree char *twice = fold (once);

  g_assert_cmpstr (once, ==, twice);
}

/* Every character on its own, between letters, where composition and white space matter. */
static void
test_folding_is_stable (void)
{
  for (gunichar c = 1; c <= 0x1ffff; c++)
    {
      char text[16] = "a";
      int length = 0;

      if (!g_unichar_validate (c))
        continue;
      length = g_unichar_to_utf8 (c, text + 1);
      strcpy (text + 1 + length, "z");

      assert_stable (linkage_text_fold_name, text);
      assert_stable (linkage_text_fold_filter, text);
    }
}

static const char *const emails[] = {
  "anna@contoso.example",
  "a@b.cd",
  "anna.muster+linkage@mail.contoso.example",
  "!#$%&'*+-/=?^_`{|}~@contoso.example",
  "ann\u00e4@contoso.example",
  "\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a",
  "anna@b\u00fccher.example",
  "anna@xn--bcher-kva.example",
  "anna@1-2.example",
};

static const char *const no_emails[] = {
  "",
  "@",
  "anna",
  "anna@",
  "@contoso.example",
  "anna@contoso",
  "anna@contoso.example.",
  "anna@.example",
  "anna@contoso..example",
  "anna@-contoso.example",
  "anna@contoso-.example",
  "anna@con_toso.example",
  "anna@127.0.0.1",
  "anna@[127.0.0.1]",
  ".anna@contoso.example",
  "anna.@contoso.example",
  "an..na@contoso.example",
  "an na@contoso.example",
  " anna@contoso.example",
  "anna@contoso.example ",
  "anna@contoso.example\n",
  "anna@con toso.example",
  "an\u00a0na@contoso.example",
  "an\u2028na@contoso.example",
  "an\u200bna@contoso.example",
  "an\x7fna@contoso.example",
  "an@na@contoso.example",
  "Anna <anna@contoso.example>",
  "\"anna\"@contoso.example",
  "anna,bert@contoso.example",
  "anna\xff@contoso.example",
  "anna@contoso\xff.example",
};

static void
test_email (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (emails); i++)
    {
      g_test_message ("%s", emails[i]);
      g_assert_true (linkage_text_is_email (emails[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no_emails); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_false (linkage_text_is_email (no_emails[i]));
    }
}

static gboolean
is_email_of (gsize local, gsize label, guint labels)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < local; i++)
    g_string_append_c (text, 'l');
  g_string_append_c (text, '@');
  for (guint n = 0; n < labels; n++)
    {
      for (gsize i = 0; i < label; i++)
        g_string_append_c (text, 'd');
      g_string_append_c (text, '.');
    }
  g_string_append (text, "example");

  return linkage_text_is_email (text->str);
}

static void
test_email_lengths (void)
{
  g_assert_true (is_email_of (64, 10, 1));
  g_assert_false (is_email_of (65, 10, 1));
  g_assert_true (is_email_of (1, 63, 1));
  g_assert_false (is_email_of (1, 64, 1));
  g_assert_true (is_email_of (54, 63, 3));  /* 254 in all */
  g_assert_false (is_email_of (55, 63, 3)); /* 255 in all */
}

typedef struct
{
  const char *text;
  gint64 time;
} TimeCase;

static const TimeCase times[] = {
  { "1970-01-01T00:00:00Z", 0 },
  { "2026-01-31T09:30:00Z", 1769851800 },
  { "2026-01-31T09:30:00+00:00", 1769851800 },
  { "2026-01-31T10:30:00+01:00", 1769851800 },
  { "2026-01-31T00:30:00-09:00", 1769851800 },
  { "2026-01-31T15:00:00+05:30", 1769851800 },
  { "2026-01-31T09:30:00.999Z", 1769851800 },
  { "20260131T093000Z", 1769851800 },
  { "9999-12-31T23:59:59Z", G_GINT64_CONSTANT (253402300799) },
  { "9999-12-31T23:59:59-00:01", -1 },
  { "1969-12-31T23:59:59Z", -1 },
  { "1901-01-01T00:00:00Z", -1 },
  { "2026-01-31T09:30:00", -1 },
  { "2026-01-31", -1 },
  { "2026-02-30T09:30:00Z", -1 },
  { "2026-01-31T25:00:00Z", -1 },
  { "2026-01-31T09:30:00Z ", -1 },
  { "1769851800", -1 },
  { "yesterday", -1 },
  { "", -1 },
  { "\xff\xfe", -1 },
};

static void
test_parse_time (void)
{
  g_autofree char *endless = g_strnfill (70000, '1');

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (linkage_text_parse_time (times[i].text), ==, times[i].time);
    }
  g_assert_cmpint (linkage_text_parse_time (endless), ==, -1);
}

static void
test_format_time (void)
{
  static const gint64 moments[] = { 0, 1, 951782400, 1769851800, 4102444799, G_GINT64_CONSTANT (253402300799) };
  g_autofree char *text = linkage_text_format_time (1769851800);

  g_assert_cmpstr (text, ==, "2026-01-31T09:30:00+00:00");
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *written = linkage_text_format_time (moments[i]);

      g_assert_cmpint (linkage_text_parse_time (written), ==, moments[i]);
    }
}

/* Whatever comes over the wire or the clipboard; --seed repeats a run. */
static void
test_any_bytes (void)
{
  static const char likely[] = "@.:-+TZ09 aA\xc3\xa4\xe2\x80\xa8\xf0\x9f\xff";

  for (guint round = 0; round < 20000; round++)
    {
      char bytes[48] = "";
      gint32 length = g_test_rand_int_range (0, sizeof bytes);
      g_autofree char *name = NULL;
      g_autofree char *filter = NULL;

      for (gint32 i = 0; i < length; i++)
        {
          bytes[i] = g_test_rand_bit () ? likely[g_test_rand_int_range (0, sizeof likely - 1)]
                                        : (char)g_test_rand_int_range (1, 256);
        }
      name = linkage_text_fold_name (bytes);
      filter = linkage_text_fold_filter (bytes);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_true (g_utf8_validate (filter, -1, NULL));
      g_assert_cmpint (linkage_text_parse_time (bytes), >=, -1);
      if (linkage_text_is_email (bytes))
        g_assert_nonnull (strchr (bytes, '@'));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/fold-name", test_fold_name);
  g_test_add_func ("/text/fold-filter", test_fold_filter);
  g_test_add_func ("/text/folding-is-stable", test_folding_is_stable);
  g_test_add_func ("/text/email", test_email);
  g_test_add_func ("/text/email/lengths", test_email_lengths);
  g_test_add_func ("/text/parse-time", test_parse_time);
  g_test_add_func ("/text/format-time", test_format_time);
  g_test_add_func ("/text/any-bytes", test_any_bytes);

  return g_test_run ();
}
