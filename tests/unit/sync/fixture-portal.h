/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-sandbox-greeting.h"

G_BEGIN_DECLS

/* The bundled portal, as a process of its own over a file that outlives it. */
typedef struct
{
  char *folder;                     /* (owned) */
  GStrv options;                    /* (owned) (nullable): more than it usually has */
  GSubprocess *process;             /* (owned) (nullable): null while it is killed */
  char *line;                       /* (owned): the one that it printed */
  LinkageSandboxGreeting *greeting; /* (owned): what the program reads of it */
  char *api;                        /* (owned) */
  guint16 port;
} FixturePortal;

FixturePortal *fixture_portal_start (void);
FixturePortal *fixture_portal_start_with (const char *const *options);
void fixture_portal_kill (FixturePortal *self);
/* At another address, with what the file says. */
void fixture_portal_restart (FixturePortal *self);
/* who: "admin", "user" or "other-admin". (transfer full) */
char *fixture_portal_dup_token (FixturePortal *self, const char *who);
void fixture_portal_free (FixturePortal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixturePortal, fixture_portal_free)

G_END_DECLS
