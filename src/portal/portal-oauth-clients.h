/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PORTAL_OAUTH_CLIENT_LINKAGE "linkage"

/* Where a code is shown to a person, whose program is on another machine. */
#define PORTAL_OAUTH_CODE_PATH "/oauth/code"

gboolean portal_oauth_clients_has (const char *client_id);
char *portal_oauth_clients_get_origin (const char *address, const char *redirect_uri);

G_END_DECLS
