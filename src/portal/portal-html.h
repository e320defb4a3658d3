/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A web page while it is written. Texts and attributes' values are always escaped, and what is open is closed in order.
 */
typedef struct _PortalHtml PortalHtml;

PortalHtml *portal_html_new (void);
void portal_html_free (PortalHtml *html);
void portal_html_open (PortalHtml *html, const char *element, ...) G_GNUC_NULL_TERMINATED;
void portal_html_close (PortalHtml *html);
void portal_html_add_text (PortalHtml *html, const char *text);
void portal_html_add (PortalHtml *html, const char *element, const char *text, ...) G_GNUC_NULL_TERMINATED;
void portal_html_add_void (PortalHtml *html, const char *element, ...) G_GNUC_NULL_TERMINATED;
char *portal_html_finish (PortalHtml *html);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalHtml, portal_html_free)

G_END_DECLS
