/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

/* The tokens that widgets gave. A provider lets each be shown once; the portal does not rely on it. */
gboolean portal_verification_tokens_take (PortalStore *store, const char *token, gboolean *is_new, GError **error);
gboolean portal_verification_tokens_purge (PortalStore *store, GError **error);

G_END_DECLS
