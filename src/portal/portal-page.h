/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-html.h"

G_BEGIN_DECLS

#define PORTAL_PAGE_STYLE "/portal.css"

/* What all of the portal's web pages begin with. */
PortalHtml *portal_page_begin (const char *title);
char *portal_page_new_sentence (const char *title, const char *sentence);

G_END_DECLS
