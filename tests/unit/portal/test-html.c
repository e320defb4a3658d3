/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-html.h"

static void
test_nesting (void)
{
  g_autoptr (PortalHtml) html = portal_html_new ();
  g_autofree char *page = NULL;

  portal_html_open (html, "p", NULL);
  portal_html_add_void (html, "br", NULL);
  portal_html_add (html, "b", "text", "class", "wide", NULL);
  portal_html_close (html);
  portal_html_open (html, "ul", NULL);
  portal_html_open (html, "li", NULL);
  page = portal_html_finish (html);

  g_assert_cmpstr (page, ==, "<!DOCTYPE html>\n<p><br><b class=\"wide\">text</b>\n</p>\n<ul><li></li>\n</ul>\n");
}

static void
test_escaping (void)
{
  g_autoptr (PortalHtml) html = portal_html_new ();
  g_autofree char *page = NULL;

  portal_html_open (html, "p", "title", "a\"b'c<d>&", NULL);
  portal_html_add_text (html, "</p><script>alert ('x')</script> & ünï");
  portal_html_add (html, "i", "</i><b>", NULL);
  page = portal_html_finish (html);

  g_assert_cmpstr (
    page, ==,
    "<!DOCTYPE html>\n<p title=\"a&quot;b&apos;c&lt;d&gt;&amp;\">"
    "&lt;/p&gt;&lt;script&gt;alert (&apos;x&apos;)&lt;/script&gt; &amp; ünï<i>&lt;/i&gt;&lt;b&gt;</i>\n</p>\n");
}

static void
test_closing_nothing (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (PortalHtml) html = portal_html_new ();

      portal_html_close (html);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/html/nesting", test_nesting);
  g_test_add_func ("/html/escaping", test_escaping);
  g_test_add_func ("/html/closing-nothing", test_closing_nothing);

  return g_test_run ();
}
