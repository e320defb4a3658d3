/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-scope.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* The person behind a token. */
typedef struct
{
  char *id;          /* (owned) */
  char *name;        /* (owned) */
  char *email;       /* (owned) */
  char *token_hash;  /* (owned) (nullable): of the token that was shown */
  PortalScope scope; /* what that token is for */
} PortalUser;

/* Of which sign-in a token came. */
typedef struct
{
  const char *grant_id;
  const char *refresh_hash; /* the hash of the refresh token that came with it */
  gint64 expires_at;        /* seconds since 1970 in UTC */
} PortalTokenOrigin;

void portal_user_free (PortalUser *user);

char *portal_tokens_create (PortalStore *store, const char *user_id, const PortalTokenOrigin *origin, GError **error);
gboolean portal_tokens_revoke (PortalStore *store, const char *token, GError **error);
gboolean portal_tokens_find_user (PortalStore *store, const char *token, PortalUser **user, GError **error);
gboolean portal_tokens_check_hash (PortalStore *store, const char *hash, gboolean *is_valid, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalUser, portal_user_free)

G_END_DECLS
