/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-tokens.h"

G_BEGIN_DECLS

/* One client's stream of server-sent events. */
#define PORTAL_TYPE_STREAM (portal_stream_get_type ())
G_DECLARE_FINAL_TYPE (PortalStream, portal_stream, PORTAL, STREAM, GObject)

PortalStream *
portal_stream_new (SoupServerMessage *message, const char *account_id, const PortalUser *user, const char *last_state);
const char *portal_stream_get_account_id (PortalStream *self);
const char *portal_stream_get_user_id (PortalStream *self);
const char *portal_stream_get_token_hash (PortalStream *self);
void portal_stream_send_state (PortalStream *self, const char *state);
void portal_stream_send_comment (PortalStream *self);
void portal_stream_end (PortalStream *self);

G_END_DECLS
