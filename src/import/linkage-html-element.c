/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-element.h"

#include <string.h>

#define LARGEST_SPAN 1000

static gboolean
is_one_of (const LinkageHtmlElement *self, const char *const *names)
{
  return g_strv_contains (names, self->name);
}

static const char *
get_attribute (const LinkageHtmlElement *self, const char *name)
{
  for (gsize i = 0; self->attributes != NULL && self->attributes[i] != NULL; i += 2)
    {
      if (strcmp (self->attributes[i], name) == 0)
        return self->attributes[i + 1] != NULL ? self->attributes[i + 1] : "";
    }

  return NULL;
}

/* What a page without table elements says of itself by ARIA roles. */
static LinkageHtmlRole
get_aria_role (const LinkageHtmlElement *self)
{
  static const struct
  {
    const char *name;
    LinkageHtmlRole role;
  } roles[] = {
    { "table", LINKAGE_HTML_ROLE_TABLE },       { "grid", LINKAGE_HTML_ROLE_TABLE },
    { "treegrid", LINKAGE_HTML_ROLE_TABLE },    { "row", LINKAGE_HTML_ROLE_ROW },
    { "cell", LINKAGE_HTML_ROLE_CELL },         { "gridcell", LINKAGE_HTML_ROLE_CELL },
    { "columnheader", LINKAGE_HTML_ROLE_CELL }, { "rowheader", LINKAGE_HTML_ROLE_CELL },
  };
  const char *value = get_attribute (self, "role");

  for (gsize i = 0; value != NULL && i < G_N_ELEMENTS (roles); i++)
    {
      if (g_ascii_strcasecmp (value, roles[i].name) == 0)
        return roles[i].role;
    }

  return LINKAGE_HTML_ROLE_NONE;
}

/*
 * linkage_html_element_get_role:
 *
 * Returns: what the element is in a table, by its name or by its ARIA role
 */
LinkageHtmlRole
linkage_html_element_get_role (const LinkageHtmlElement *self)
{
  static const char *const cells[] = { "td", "th", NULL };

  if (strcmp (self->name, "table") == 0)
    return LINKAGE_HTML_ROLE_TABLE;
  if (strcmp (self->name, "tr") == 0)
    return LINKAGE_HTML_ROLE_ROW;
  if (is_one_of (self, cells))
    return LINKAGE_HTML_ROLE_CELL;

  return get_aria_role (self);
}

/* Whether an element's own style says something of a property, white space left out: a browser that copies writes there
 * what a style sheet said. */
static gboolean
style_says (const char *style, const char *property, const char *wanted)
{
  gsize length = strlen (property);

  for (const char *at = style; at != NULL; at = strchr (at, ';'))
    {
      while (*at == ';' || g_ascii_isspace (*at))
        at++;
      if (g_ascii_strncasecmp (at, property, length) != 0)
        continue;
      for (at += length; g_ascii_isspace (*at); at++)
        ;
      if (*at != ':')
        continue;
      for (at++; g_ascii_isspace (*at); at++)
        ;
      return g_ascii_strncasecmp (at, wanted, strlen (wanted)) == 0;
    }

  return FALSE;
}

/*
 * linkage_html_element_is_hidden:
 *
 * Returns: whether a browser shows nothing of the element
 */
gboolean
linkage_html_element_is_hidden (const LinkageHtmlElement *self)
{
  static const char *const silent[] = { "script", "style", "template", "noscript", "head", NULL };
  const char *style = NULL;

  if (is_one_of (self, silent) || get_attribute (self, "hidden") != NULL)
    return TRUE;

  style = get_attribute (self, "style");

  return style != NULL && (style_says (style, "display", "none") || style_says (style, "visibility", "hidden"));
}

/*
 * linkage_html_element_is_only_spoken:
 *
 * Returns: whether the element has words for screen readers, which a page keeps from the eye by making them as small as
 * a dot
 */
gboolean
linkage_html_element_is_only_spoken (const LinkageHtmlElement *self)
{
  const char *style = get_attribute (self, "style");

  return style != NULL && style_says (style, "overflow", "hidden") && style_says (style, "width", "1px") &&
         style_says (style, "height", "1px");
}

/*
 * linkage_html_element_is_block:
 *
 * Returns: whether a new line begins with the element
 */
gboolean
linkage_html_element_is_block (const LinkageHtmlElement *self)
{
  static const char *const blocks[] = { "br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", NULL };

  return is_one_of (self, blocks);
}

/*
 * linkage_html_element_is_password:
 *
 * Returns: whether the element is the field of a password, as a page that asks to sign in has it
 */
gboolean
linkage_html_element_is_password (const LinkageHtmlElement *self)
{
  const char *type = strcmp (self->name, "input") == 0 ? get_attribute (self, "type") : NULL;

  return type != NULL && g_ascii_strcasecmp (type, "password") == 0;
}

/*
 * linkage_html_element_get_span:
 * @attribute: colspan or rowspan
 *
 * Returns: over how many columns or rows a cell reaches, 1 at least
 */
guint
linkage_html_element_get_span (const LinkageHtmlElement *self, const char *attribute)
{
  const char *value = get_attribute (self, attribute);
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return CLAMP (span, 1, LARGEST_SPAN);
}

/*
 * linkage_html_element_get_label:
 *
 * Returns: (transfer none) (nullable): what an icon, or what stands around one, says instead of a text
 */
const char *
linkage_html_element_get_label (const LinkageHtmlElement *self)
{
  static const char *const icons[] = { "img", "svg", "i", "button", "a", "span", "input", NULL };
  static const char *const attributes[] = { "aria-label", "alt", "title", NULL };

  if (self->attributes == NULL || !is_one_of (self, icons))
    return NULL;

  for (gsize i = 0; attributes[i] != NULL; i++)
    {
      const char *value = get_attribute (self, attributes[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

/*
 * linkage_html_element_dup_encoding:
 *
 * Returns: (transfer full) (nullable): the encoding that a page says it is in, if this element says it
 */
char *
linkage_html_element_dup_encoding (const LinkageHtmlElement *self)
{
  const char *value = NULL;

  if (strcmp (self->name, "meta") != 0)
    return NULL;

  value = get_attribute (self, "charset");
  if (value == NULL)
    {
      value = get_attribute (self, "content");
      value = value != NULL ? strstr (value, "charset=") : NULL;
      value = value != NULL ? value + strlen ("charset=") : NULL;
    }

  return value != NULL ? g_strndup (value, strcspn (value, "; ")) : NULL;
}
