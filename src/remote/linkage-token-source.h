/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-credentials.h"

G_BEGIN_DECLS

/* Where calls get their access token: the same for all, and a new one when it has run out. Main thread.
 *
 * Signals: ::renewed (const LinkageCredentials *credentials): there are others to be kept. */
#define LINKAGE_TYPE_TOKEN_SOURCE (linkage_token_source_get_type ())
G_DECLARE_FINAL_TYPE (LinkageTokenSource, linkage_token_source, LINKAGE, TOKEN_SOURCE, GObject)

LinkageTokenSource *linkage_token_source_new (SoupSession *session,
                                              const char *issuer,
                                              const char *client_id,
                                              LinkageCredentials *credentials);
void linkage_token_source_get_async (LinkageTokenSource *self,
                                     const char *refused,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *linkage_token_source_get_finish (LinkageTokenSource *self, GAsyncResult *result, GError **error);
void linkage_token_source_revoke_async (LinkageTokenSource *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean linkage_token_source_revoke_finish (LinkageTokenSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
