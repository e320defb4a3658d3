/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a token lets its holder do (RFC 6749, 3.3). */
typedef enum
{
  PORTAL_SCOPE_NONE = 0,
  PORTAL_SCOPE_READ = 1 << 0,
  PORTAL_SCOPE_WRITE = 1 << 1,
} PortalScope;

#define PORTAL_SCOPE_ALL (PORTAL_SCOPE_READ | PORTAL_SCOPE_WRITE)

gboolean portal_scope_parse (const char *text, PortalScope *scope);
char *portal_scope_print (PortalScope scope);
const char *const *portal_scope_get_names (void);

G_END_DECLS
