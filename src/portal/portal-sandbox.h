/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

gboolean portal_sandbox_load (PortalStore *store, GError **error);
gboolean portal_sandbox_load_if_empty (PortalStore *store, GError **error);
gboolean portal_sandbox_reset (PortalStore *store, GError **error);
char *portal_sandbox_sign_in (PortalStore *store, const char *address, GError **error);

G_END_DECLS
