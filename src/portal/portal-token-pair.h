/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-scope.h"

G_BEGIN_DECLS

/* What a client is given (RFC 6749, 5.1). */
typedef struct
{
  char *access_token;  /* (owned) */
  char *refresh_token; /* (owned) */
  gint64 lifetime;     /* of the access token, in seconds */
  PortalScope scope;
} PortalTokenPair;

void portal_token_pair_free (PortalTokenPair *pair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalTokenPair, portal_token_pair_free)

G_END_DECLS
