/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-reply.h"
#include "portal-request.h"

G_BEGIN_DECLS

#define PORTAL_IDEMPOTENCY_LIFETIME (60 * 24 * 60 * 60) /* seconds */

typedef PortalReply *(*PortalIdempotencyHandler) (PortalRequest *request, GError **error);

char *portal_idempotency_parse_key (const char *header);
char *portal_idempotency_get_fingerprint (const char *method, const char *path, GBytes *body);
PortalReply *portal_idempotency_run (PortalRequest *request, PortalIdempotencyHandler handle, GError **error);
gboolean portal_idempotency_purge (PortalStore *store, GError **error);

G_END_DECLS
