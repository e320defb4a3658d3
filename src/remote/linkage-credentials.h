/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a sign-in gives, and what signs in until it ends. */
typedef struct
{
  char *access_token;  /* (owned) */
  char *refresh_token; /* (owned) (nullable): null where there is no other access token to be had */
  gint64 expires_at;   /* of the access token, seconds since 1970 in UTC by our clock; 0: nobody knows */
} LinkageCredentials;

LinkageCredentials *linkage_credentials_new (const char *access_token, const char *refresh_token, gint64 expires_at);
LinkageCredentials *linkage_credentials_copy (const LinkageCredentials *credentials);
void linkage_credentials_free (LinkageCredentials *credentials);
LinkageCredentials *linkage_credentials_parse (const char *text);
char *linkage_credentials_print (const LinkageCredentials *credentials);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCredentials, linkage_credentials_free)

G_END_DECLS
