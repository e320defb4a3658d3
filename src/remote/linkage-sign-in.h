/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-loopback.h"
#include "linkage-mapping-sign-in.h"
#include "linkage-sign-in-error.h"

G_BEGIN_DECLS

/* One try to sign a person in with the browser (RFC 8252): authorization code and PKCE. Main thread. */
#define LINKAGE_TYPE_SIGN_IN (linkage_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSignIn, linkage_sign_in, LINKAGE, SIGN_IN, GObject)

LinkageSignIn *linkage_sign_in_new (SoupSession *session, LinkageSignInMetadata *metadata, const char *client_id);
gboolean linkage_sign_in_listen (LinkageSignIn *self, const LinkageLoopbackWords *words, GError **error);
char *linkage_sign_in_make_address (LinkageSignIn *self);
void linkage_sign_in_run_async (LinkageSignIn *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LinkageCredentials *linkage_sign_in_run_finish (LinkageSignIn *self, GAsyncResult *result, GError **error);
gboolean linkage_sign_in_take_text (LinkageSignIn *self, const char *text, GError **error);

G_END_DECLS
