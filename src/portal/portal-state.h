/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

/* A point in an account's change log. */
typedef struct
{
  gint64 position; /* of the last change that was read */
  gint64 base;     /* the horizon when a read from the beginning began, 0 once it has come to the newest change */
} PortalState;

char *portal_state_print (PortalStore *store, const char *account_id, const PortalState *state);
gboolean portal_state_parse (PortalStore *store, const char *account_id, const char *text, PortalState *state);

G_END_DECLS
