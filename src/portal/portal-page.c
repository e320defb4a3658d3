/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-page.h"

#include <glib/gi18n.h>

/**
 * portal_page_begin:
 * @title: what the page is about
 *
 * Returns: (transfer full): a page whose main element is open
 */
PortalHtml *
portal_page_begin (const char *title)
{
  g_autoptr (PortalHtml) html = NULL;

  g_return_val_if_fail (title != NULL, NULL);

  html = portal_html_new ();
  /* Translators: the code of your language as a web page names it, such as "de" or "pt-BR" */
  portal_html_open (html, "html", "lang", C_ ("language code", "en"), NULL);
  portal_html_open (html, "head", NULL);
  portal_html_add_void (html, "meta", "charset", "utf-8", NULL);
  portal_html_add_void (html, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
  portal_html_add_void (html, "link", "rel", "stylesheet", "href", PORTAL_PAGE_STYLE, NULL);
  portal_html_add (html, "title", title, NULL);
  portal_html_close (html);
  portal_html_open (html, "body", NULL);
  portal_html_open (html, "main", NULL);

  return g_steal_pointer (&html);
}

/**
 * portal_page_new_sentence:
 * @title: the heading
 * @sentence: what happened, and what to do about it
 *
 * Returns: (transfer full): a page that says no more than that
 */
char *
portal_page_new_sentence (const char *title, const char *sentence)
{
  g_autoptr (PortalHtml) html = NULL;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (sentence != NULL, NULL);

  html = portal_page_begin (title);
  portal_html_add (html, "h1", title, NULL);
  portal_html_add (html, "p", sentence, NULL);

  return portal_html_finish (html);
}
