/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-element.h"

#include <stdlib.h>
#include <string.h>

#define LARGEST_SPAN 1000

/* What the name of an element alone says of it. */
typedef enum
{
  SILENT = 1 << 0, /* a browser shows nothing of it */
  BLOCK = 1 << 1,  /* a new line begins with it */
  ICON = 1 << 2,   /* it is an icon, or what stands around one */
  INPUT = 1 << 3,
  META = 1 << 4,
} Traits;

struct _LinkageHtmlElementKind
{
  const char *name;
  Traits traits;
  LinkageHtmlRole role;
};

/* In the order of strcmp(). A page has millions of elements: each is looked up once. */
static const LinkageHtmlElementKind kinds[] = {
  { "a", ICON },
  { "br", BLOCK },
  { "button", ICON },
  { "div", BLOCK },
  { "h1", BLOCK },
  { "h2", BLOCK },
  { "h3", BLOCK },
  { "h4", BLOCK },
  { "head", SILENT },
  { "i", ICON },
  { "img", ICON },
  { "input", ICON | INPUT },
  { "li", BLOCK },
  { "meta", META },
  { "noscript", SILENT },
  { "ol", BLOCK },
  { "p", BLOCK },
  { "script", SILENT },
  { "span", ICON },
  { "style", SILENT },
  { "svg", ICON },
  { "table", 0, LINKAGE_HTML_ROLE_TABLE },
  { "td", 0, LINKAGE_HTML_ROLE_CELL },
  { "template", SILENT },
  { "th", 0, LINKAGE_HTML_ROLE_CELL },
  { "tr", BLOCK, LINKAGE_HTML_ROLE_ROW },
  { "ul", BLOCK },
};

static const LinkageHtmlElementKind unknown_kind = { "" };

static int
compare_name (gconstpointer name, gconstpointer kind)
{
  return strcmp (name, ((const LinkageHtmlElementKind *)kind)->name);
}

/*
 * linkage_html_element_init:
 * @self: (out caller-allocates): an element
 * @name: its name in lower case; kept as it is
 * @attributes: (nullable) (array zero-terminated=1): names and values (nullable) in turn; kept as they are
 */
void
linkage_html_element_init (LinkageHtmlElement *self, const char *name, const char *const *attributes)
{
  const LinkageHtmlElementKind *kind = bsearch (name, kinds, G_N_ELEMENTS (kinds), sizeof *kinds, compare_name);

  self->kind = kind != NULL ? kind : &unknown_kind;
  self->attributes = attributes;
}

static gboolean
has_trait (const LinkageHtmlElement *self, Traits trait)
{
  return (self->kind->traits & trait) != 0;
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
  if (self->kind->role != LINKAGE_HTML_ROLE_NONE)
    return self->kind->role;

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
  const char *style = NULL;

  if (has_trait (self, SILENT) || get_attribute (self, "hidden") != NULL)
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
  return has_trait (self, BLOCK);
}

/*
 * linkage_html_element_is_password:
 *
 * Returns: whether the element is the field of a password, as a page that asks to sign in has it
 */
gboolean
linkage_html_element_is_password (const LinkageHtmlElement *self)
{
  const char *type = has_trait (self, INPUT) ? get_attribute (self, "type") : NULL;

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
  static const char *const attributes[] = { "aria-label", "alt", "title", NULL };

  if (!has_trait (self, ICON))
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

  if (!has_trait (self, META))
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
