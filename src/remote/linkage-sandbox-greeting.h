/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one line that the bundled portal prints when it listens with its made-up data. */
typedef struct
{
  char *address;     /* (owned) */
  char *admin_token; /* (owned) */
  char *user_token;  /* (owned): of one without the Admin role */
} LinkageSandboxGreeting;

LinkageSandboxGreeting *linkage_sandbox_greeting_parse (const char *line, GError **error);
void linkage_sandbox_greeting_free (LinkageSandboxGreeting *greeting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSandboxGreeting, linkage_sandbox_greeting_free)

G_END_DECLS
