/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-portal-text.h"

typedef struct
{
  const char *text;
  const char *line;
  const char *isolated;
} TextCase;

static const TextCase cases[] = {
  { "Contoso", "Contoso", "Contoso" },
  { "", "", "" },
  { " two\n  lines\t ", "two lines", "two lines" },
  { "bell\a", "bell", "bell" },
  { "<b>Contoso & Co</b>", "<b>Contoso & Co</b>", "<b>Contoso & Co</b>" },
  { "evil\u202eoverride\u2066", "eviloverride", "eviloverride" },
  { "\u05d0\u05d1\u05d2", "\u05d0\u05d1\u05d2", "\u2068\u05d0\u05d1\u05d2\u2069" },
  { "Contoso \u0634\u0631\u0643\u0629", "Contoso \u0634\u0631\u0643\u0629",
    "\u2068Contoso \u0634\u0631\u0643\u0629\u2069" },
  { "\u682a\u5f0f\u4f1a\u793e", "\u682a\u5f0f\u4f1a\u793e", "\u682a\u5f0f\u4f1a\u793e" },
  { "\xff", "\ufffd", "\ufffd" },
};

static void
test_line (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = linkage_portal_text_to_line (cases[i].text);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_isolate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *isolated = linkage_portal_text_isolate (cases[i].text);

      g_assert_cmpstr (isolated, ==, cases[i].isolated);
    }
}

static void
test_align (void)
{
  g_autofree char *left = linkage_portal_text_align ("Contoso");
  g_autofree char *right = linkage_portal_text_align ("\u05d0\u05d1\u05d2");

  g_assert_cmpstr (left, ==, "Contoso");
  g_assert_cmpstr (right, ==, "\u200e\u2068\u05d0\u05d1\u05d2\u2069");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal-text/line", test_line);
  g_test_add_func ("/portal-text/isolate", test_isolate);
  g_test_add_func ("/portal-text/align", test_align);

  return g_test_run ();
}
