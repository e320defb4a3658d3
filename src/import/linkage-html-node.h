/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_HTML_ROLE_NONE,
  LINKAGE_HTML_ROLE_TABLE,
  LINKAGE_HTML_ROLE_ROW,
  LINKAGE_HTML_ROLE_CELL,
} LinkageHtmlRole;

LinkageHtmlRole linkage_html_node_get_role (const xmlNode *node);
gboolean linkage_html_node_is_hidden (const xmlNode *node);
gboolean linkage_html_node_is_password (const xmlNode *node);
guint linkage_html_node_get_span (const xmlNode *node, const char *attribute);
void linkage_html_node_append_text (const xmlNode *node, GString *text);
/* The next node in document order that is within root; below: whether to go into node. (nullable) */
xmlNode *linkage_html_node_next (xmlNode *node, const xmlNode *root, gboolean below);

G_END_DECLS
