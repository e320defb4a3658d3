/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-html-node.h"

#include <string.h>

#define LARGEST_SPAN 1000

static gboolean
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && xmlStrcasecmp (node->name, BAD_CAST name) == 0;
}

static gboolean
is_one_of (const xmlNode *node, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (is_element (node, names[i]))
        return TRUE;
    }

  return FALSE;
}

static char *
dup_attribute (const xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetProp (node, BAD_CAST name);
  char *copy = g_strdup ((const char *)value);

  xmlFree (value);

  return copy;
}

static gboolean
has_attribute (const xmlNode *node, const char *name, const char *wanted)
{
  g_autofree char *value = dup_attribute (node, name);

  return value != NULL && g_ascii_strcasecmp (value, wanted) == 0;
}

/* What a page without table elements says of itself by ARIA roles. */
static LinkageHtmlRole
get_aria_role (const xmlNode *node)
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
  g_autofree char *value = dup_attribute (node, "role");

  for (gsize i = 0; value != NULL && i < G_N_ELEMENTS (roles); i++)
    {
      if (g_ascii_strcasecmp (value, roles[i].name) == 0)
        return roles[i].role;
    }

  return LINKAGE_HTML_ROLE_NONE;
}

/**
 * linkage_html_node_get_role:
 *
 * Returns: what the node is in a table, by its element or by its ARIA role
 */
LinkageHtmlRole
linkage_html_node_get_role (const xmlNode *node)
{
  if (node->type != XML_ELEMENT_NODE)
    return LINKAGE_HTML_ROLE_NONE;
  if (is_element (node, "table"))
    return LINKAGE_HTML_ROLE_TABLE;
  if (is_element (node, "tr"))
    return LINKAGE_HTML_ROLE_ROW;
  if (is_element (node, "td") || is_element (node, "th"))
    return LINKAGE_HTML_ROLE_CELL;

  return get_aria_role (node);
}

/* What an element's own style says of a property, white space left out: a browser writes there what a style sheet said.
 */
static char *
dup_style (const char *style, const char *property)
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
      if (*at == ':')
        return g_strstrip (g_strndup (at + 1, strcspn (at + 1, ";")));
    }

  return NULL;
}

static gboolean
style_says (const char *style, const char *property, const char *wanted)
{
  g_autofree char *value = dup_style (style, property);

  return value != NULL && g_ascii_strncasecmp (value, wanted, strlen (wanted)) == 0;
}

static gboolean
is_hidden_by_style (const xmlNode *node)
{
  g_autofree char *style = dup_attribute (node, "style");

  return style != NULL && (style_says (style, "display", "none") || style_says (style, "visibility", "hidden"));
}

/* Words for screen readers, which a page keeps from the eye by making them as small as a dot. */
static gboolean
is_only_spoken (const xmlNode *node)
{
  g_autofree char *style = dup_attribute (node, "style");

  return style != NULL && style_says (style, "overflow", "hidden") && style_says (style, "width", "1px") &&
         style_says (style, "height", "1px");
}

/**
 * linkage_html_node_is_hidden:
 *
 * Returns: whether a browser shows nothing of the node
 */
gboolean
linkage_html_node_is_hidden (const xmlNode *node)
{
  static const char *const silent[] = { "script", "style", "template", "noscript", "head", NULL };

  if (node->type != XML_ELEMENT_NODE)
    return FALSE;
  if (is_one_of (node, silent))
    return TRUE;
  if (node->properties == NULL)
    return FALSE;

  return xmlHasProp (node, BAD_CAST "hidden") != NULL || is_hidden_by_style (node);
}

/**
 * linkage_html_node_is_password:
 *
 * Returns: whether the node is the field of a password, as a page that asks to sign in has it
 */
gboolean
linkage_html_node_is_password (const xmlNode *node)
{
  return is_element (node, "input") && has_attribute (node, "type", "password");
}

/**
 * linkage_html_node_get_span:
 * @attribute: colspan or rowspan
 *
 * Returns: over how many columns or rows a cell reaches, 1 at least
 */
guint
linkage_html_node_get_span (const xmlNode *node, const char *attribute)
{
  g_autofree char *value = dup_attribute (node, attribute);
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return CLAMP (span, 1, LARGEST_SPAN);
}

/* The parser leaves bytes as they are that are none of the encoding that the page claims. */
static void
append_collapsed (GString *text, const char *more)
{
  g_autofree char *valid = g_utf8_make_valid (more, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character))
        {
          if (text->len > 0 && text->str[text->len - 1] != ' ' && text->str[text->len - 1] != '\n')
            g_string_append_c (text, ' ');
        }
      else
        g_string_append_unichar (text, character);
    }
}

static void
append_break (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

/* What an icon says instead of a text. */
static void
append_label (const xmlNode *node, GString *text)
{
  static const char *const attributes[] = { "aria-label", "alt", "title", NULL };

  for (gsize i = 0; attributes[i] != NULL; i++)
    {
      g_autofree char *value = dup_attribute (node, attributes[i]);

      if (value != NULL && *value != '\0')
        {
          append_collapsed (text, " ");
          append_collapsed (text, value);
          return;
        }
    }
}

static gboolean
is_labelled_icon (const xmlNode *node)
{
  static const char *const icons[] = { "img", "svg", "i", "button", "a", "span", "input", NULL };

  return is_one_of (node, icons) && (node->children == NULL || is_element (node, "svg"));
}

/* spoken: what a screen reader says where there is nothing to see: the labels of icons, and words that are only spoken.
 */
static void
append_walk (xmlNode *root, GString *text, gboolean spoken)
{
  static const char *const blocks[] = { "br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", NULL };
  xmlNode *at = linkage_html_node_next (root, root, TRUE);

  while (at != NULL)
    {
      gboolean skipped =
        linkage_html_node_is_hidden (at) || is_element (at, "table") || (!spoken && is_only_spoken (at));

      if (at->type == XML_TEXT_NODE && at->content != NULL)
        append_collapsed (text, (const char *)at->content);
      else if (!skipped && is_one_of (at, blocks))
        append_break (text);
      else if (!skipped && spoken && is_labelled_icon (at))
        append_label (at, text);

      at = linkage_html_node_next (at, root, !skipped);
    }

  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
}

/**
 * linkage_html_node_append_text:
 * @text: an empty string that the text is added to
 *
 * The text of a cell as a person sees it: white space collapsed, lines kept, hidden parts and nested tables left out.
 * Where there is nothing but icons, what a screen reader says of them.
 */
void
linkage_html_node_append_text (const xmlNode *node, GString *text)
{
  append_walk ((xmlNode *)node, text, FALSE);
  if (text->len == 0)
    append_walk ((xmlNode *)node, text, TRUE);
}

/**
 * linkage_html_node_next:
 * @node: where the walk is
 * @root: what it does not leave
 * @below: whether it goes into @node
 *
 * Returns: (nullable): the next node in document order
 */
xmlNode *
linkage_html_node_next (xmlNode *node, const xmlNode *root, gboolean below)
{
  if (below && node->children != NULL)
    return node->children;

  while (node != root && node->next == NULL)
    node = node->parent;

  return node == root ? NULL : node->next;
}
