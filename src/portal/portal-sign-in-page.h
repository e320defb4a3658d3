/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-sign-in.h"

G_BEGIN_DECLS

#define PORTAL_SIGN_IN_AUTHORIZE "/oauth/authorize"
#define PORTAL_SIGN_IN_PASSWORD "/oauth/sign-in"
#define PORTAL_SIGN_IN_CONSENT "/oauth/consent"

char *portal_sign_in_page_new_password (const char *csrf, const char *email, const char *message);
char *portal_sign_in_page_new_consent (const PortalSignIn *sign_in, const char *csrf);
char *portal_sign_in_page_new_code (const char *code);

G_END_DECLS
