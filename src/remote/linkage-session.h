/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LINKAGE_SESSION_USER_AGENT "Linkage/" PACKAGE_VERSION

void linkage_session_prepare (SoupSession *session);
gboolean linkage_session_check_token (const char *token, GError **error);

G_END_DECLS
