/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-mapping-sign-in.h"

G_BEGIN_DECLS

/* What a program asks an authorization server itself, with no browser between. */
typedef struct
{
  const char *code;
  const char *redirect_uri;
  const char *verifier; /* PKCE's */
} LinkageTokenCode;

void linkage_token_endpoint_redeem_async (SoupSession *session,
                                          const LinkageSignInMetadata *metadata,
                                          const char *client_id,
                                          const LinkageTokenCode *code,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LinkageCredentials *linkage_token_endpoint_redeem_finish (GAsyncResult *result, GError **error);

void linkage_token_endpoint_refresh_async (SoupSession *session,
                                           const LinkageSignInMetadata *metadata,
                                           const char *client_id,
                                           const char *refresh_token,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
LinkageCredentials *linkage_token_endpoint_refresh_finish (GAsyncResult *result, GError **error);

void linkage_token_endpoint_revoke_async (SoupSession *session,
                                          const LinkageSignInMetadata *metadata,
                                          const char *client_id,
                                          const char *token,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean linkage_token_endpoint_revoke_finish (GAsyncResult *result, GError **error);

G_END_DECLS
