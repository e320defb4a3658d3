/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"
#include "portal-token-pair.h"

G_BEGIN_DECLS

/* What a person has allowed a program (RFC 6749), as long as it stands: the code that goes through the browser, and the
 * tokens that come of it. */
typedef struct
{
  const char *user_id;
  const char *client_id;
  const char *redirect_uri;
  const char *challenge; /* PKCE's, S256 (RFC 7636) */
  PortalScope scope;
} PortalGrantRequest;

char *portal_grants_create_code (PortalStore *store, const PortalGrantRequest *request, GError **error);
PortalTokenPair *portal_grants_redeem_code (PortalStore *store,
                                            const char *code,
                                            const char *client_id,
                                            const char *redirect_uri,
                                            const char *verifier,
                                            GError **error);
PortalTokenPair *
portal_grants_refresh (PortalStore *store, const char *refresh_token, const char *client_id, GError **error);
gboolean portal_grants_revoke_token (PortalStore *store, const char *token, const char *client_id, GError **error);
gboolean portal_grants_revoke_of_user (PortalStore *store, const char *user_id, GError **error);
gboolean portal_grants_confirm (PortalStore *store, const char *refresh_hash, GError **error);
gboolean portal_grants_purge (PortalStore *store, GError **error);

G_END_DECLS
