/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-html.h"

#include <stdarg.h>

struct _PortalHtml
{
  GString *text;   /* (owned) */
  GPtrArray *open; /* (owned) (element-type utf8): the names of the open elements, the innermost last */
};

static void
append_escaped (PortalHtml *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html->text, escaped);
}

static void
append_tag (PortalHtml *html, const char *element, va_list attributes)
{
  const char *name;

  g_string_append_printf (html->text, "<%s", element);
  while ((name = va_arg (attributes, const char *)) != NULL)
    {
      const char *value = va_arg (attributes, const char *);

      g_string_append_printf (html->text, " %s=\"", name);
      append_escaped (html, value);
      g_string_append_c (html->text, '"');
    }
  g_string_append_c (html->text, '>');
}

/**
 * portal_html_new:
 *
 * Returns: (transfer full): a page with nothing but its document type
 */
PortalHtml *
portal_html_new (void)
{
  PortalHtml *html = g_new0 (PortalHtml, 1);

  html->text = g_string_new ("<!DOCTYPE html>\n");
  html->open = g_ptr_array_new_with_free_func (g_free);

  return html;
}

/**
 * portal_html_free:
 * @html: (transfer full): a page
 *
 * Frees a page, finished or not.
 */
void
portal_html_free (PortalHtml *html)
{
  g_string_free (html->text, TRUE);
  g_ptr_array_unref (html->open);
  g_free (html);
}

/**
 * portal_html_open:
 * @html: a page
 * @element: an element's name, a literal
 * @...: attributes: names, literals, each followed by its value; then %NULL
 *
 * Begins an element; portal_html_close() ends it.
 */
void
portal_html_open (PortalHtml *html, const char *element, ...)
{
  va_list attributes;

  g_return_if_fail (html != NULL);

  va_start (attributes, element);
  append_tag (html, element, attributes);
  va_end (attributes);
  g_ptr_array_add (html->open, g_strdup (element));
}

/**
 * portal_html_close:
 * @html: a page with an open element
 *
 * Ends the innermost element.
 */
void
portal_html_close (PortalHtml *html)
{
  g_return_if_fail (html != NULL);
  g_return_if_fail (html->open->len > 0);

  g_string_append_printf (html->text, "</%s>\n", (const char *)g_ptr_array_index (html->open, html->open->len - 1));
  g_ptr_array_remove_index (html->open, html->open->len - 1);
}

/**
 * portal_html_add_text:
 * @html: a page with an open element
 * @text: any text, UTF-8
 *
 * Adds a text to the innermost element.
 */
void
portal_html_add_text (PortalHtml *html, const char *text)
{
  g_return_if_fail (html != NULL);
  g_return_if_fail (text != NULL);

  append_escaped (html, text);
}

/**
 * portal_html_add:
 * @html: a page
 * @element: an element's name, a literal
 * @text: the element's whole content, any text, UTF-8
 * @...: attributes: names, literals, each followed by its value; then %NULL
 *
 * Adds an element with a text.
 */
void
portal_html_add (PortalHtml *html, const char *element, const char *text, ...)
{
  va_list attributes;

  g_return_if_fail (html != NULL);
  g_return_if_fail (text != NULL);

  va_start (attributes, text);
  append_tag (html, element, attributes);
  va_end (attributes);
  append_escaped (html, text);
  g_string_append_printf (html->text, "</%s>\n", element);
}

/**
 * portal_html_add_void:
 * @html: a page
 * @element: the name, a literal, of an element that has no content and no end, such as input
 * @...: attributes: names, literals, each followed by its value; then %NULL
 *
 * Adds an element without content.
 */
void
portal_html_add_void (PortalHtml *html, const char *element, ...)
{
  va_list attributes;

  g_return_if_fail (html != NULL);

  va_start (attributes, element);
  append_tag (html, element, attributes);
  va_end (attributes);
}

/**
 * portal_html_finish:
 * @html: a page
 *
 * Ends all that is open and takes the text; the page is empty afterwards.
 *
 * Returns: (transfer full): the page, UTF-8
 */
char *
portal_html_finish (PortalHtml *html)
{
  GString *text;

  g_return_val_if_fail (html != NULL, NULL);

  while (html->open->len > 0)
    portal_html_close (html);

  text = g_steal_pointer (&html->text);
  html->text = g_string_new (NULL);

  return g_string_free (text, FALSE);
}
