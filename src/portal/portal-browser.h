/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-browser-sessions.h"
#include "portal-reply.h"

G_BEGIN_DECLS

/* What the portal says to a browser and takes from it, whatever the pages are about. */
PortalReply *portal_browser_new_page (guint status, const char *page);
PortalReply *portal_browser_new_sentence (guint status, const char *title, const char *sentence);
PortalReply *portal_browser_new_redirection (const char *location);
PortalReply *portal_browser_new_wrong_method (const char *method);
PortalReply *portal_browser_new_failure (const GError *error);
PortalReply *portal_browser_new_style (void);
void portal_browser_allow_form_action (PortalReply *reply, const char *origin);
void portal_browser_allow_widget (PortalReply *reply, const char *directives);

void portal_browser_set_cookie (PortalReply *reply,
                                const char *name,
                                const char *value,
                                const char *path,
                                gboolean is_secure);
char *portal_browser_get_cookie (SoupServerMessage *message, const char *name);
GHashTable *portal_browser_read_form (SoupServerMessage *message);
gboolean portal_browser_check_csrf (GHashTable *form, const PortalBrowserSession *session);

G_END_DECLS
