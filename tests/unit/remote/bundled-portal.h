/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-sandbox-greeting.h"

/* The bundled portal with its made-up data, a process of its own. */
typedef struct
{
  GSubprocess *process;             /* (owned) */
  char *line;                       /* (owned): what it prints of itself */
  LinkageSandboxGreeting *greeting; /* (owned): the same, read */
} BundledPortal;

void bundled_portal_start (BundledPortal *portal);
void bundled_portal_stop (BundledPortal *portal);
