/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PORTAL_PASSWORDS_MINIMUM 8   /* characters */
#define PORTAL_PASSWORDS_MAXIMUM 256 /* bytes */

typedef enum
{
  PORTAL_PASSWORD_CHOSEN, /* by a person: guessing it is made slow */
  PORTAL_PASSWORD_RANDOM, /* as random as a key: it need not be */
} PortalPasswordKind;

char *portal_passwords_hash (const char *password, PortalPasswordKind kind, GError **error);
gboolean portal_passwords_check (const char *password, const char *hash);

G_END_DECLS
