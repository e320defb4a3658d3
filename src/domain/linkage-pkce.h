/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Proof Key for Code Exchange (RFC 7636), with the method S256 and no other. */
#define LINKAGE_PKCE_METHOD "S256"

char *linkage_pkce_new_verifier (void);
char *linkage_pkce_make_challenge (const char *verifier);
gboolean linkage_pkce_is_challenge (const char *text);
gboolean linkage_pkce_verify (const char *challenge, const char *verifier);

G_END_DECLS
