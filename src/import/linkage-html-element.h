/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_HTML_ROLE_NONE,
  LINKAGE_HTML_ROLE_TABLE,
  LINKAGE_HTML_ROLE_ROW,
  LINKAGE_HTML_ROLE_CELL,
} LinkageHtmlRole;

typedef struct _LinkageHtmlElementKind LinkageHtmlElementKind;

/* An element as a parser tells of it. */
typedef struct
{
  const LinkageHtmlElementKind *kind; /* (unowned): what its name says */
  const char *const *attributes; /* (unowned) (nullable) (array zero-terminated=1): names, values (nullable) in turn */
} LinkageHtmlElement;

void linkage_html_element_init (LinkageHtmlElement *self, const char *name, const char *const *attributes);
LinkageHtmlRole linkage_html_element_get_role (const LinkageHtmlElement *self);
gboolean linkage_html_element_is_hidden (const LinkageHtmlElement *self);
gboolean linkage_html_element_is_only_spoken (const LinkageHtmlElement *self);
gboolean linkage_html_element_is_block (const LinkageHtmlElement *self);
gboolean linkage_html_element_is_password (const LinkageHtmlElement *self);
guint linkage_html_element_get_span (const LinkageHtmlElement *self, const char *attribute);
/* (transfer none) (nullable) */
const char *linkage_html_element_get_label (const LinkageHtmlElement *self);
/* (transfer full) (nullable) */
char *linkage_html_element_dup_encoding (const LinkageHtmlElement *self);

G_END_DECLS
