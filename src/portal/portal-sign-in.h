/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-reply.h"
#include "portal-scope.h"

G_BEGIN_DECLS

/* A person on the way from a program through the browser back to the program (RFC 6749, 4.1). */
typedef struct
{
  char *client_id;    /* (owned) */
  char *redirect_uri; /* (owned) */
  char *origin;       /* (owned): of redirect_uri */
  char *state;        /* (owned) (nullable): what the program wants to see again */
  char *challenge;    /* (owned): PKCE's */
  PortalScope scope;
  char *user_id;    /* (owned) (nullable): null until the password was right */
  char *user_name;  /* (owned) (nullable): likewise */
  char *user_email; /* (owned) (nullable): likewise */
} PortalSignIn;

PortalSignIn *portal_sign_in_new (GHashTable *query, const char *address, PortalReply **refusal);
void portal_sign_in_free (PortalSignIn *sign_in);
PortalReply *portal_sign_in_answer (const PortalSignIn *sign_in, const char *issuer, const char *code);
PortalReply *portal_sign_in_refuse (const PortalSignIn *sign_in, const char *issuer, const char *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalSignIn, portal_sign_in_free)

G_END_DECLS
