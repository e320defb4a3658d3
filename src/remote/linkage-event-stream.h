/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-token-source.h"

G_BEGIN_DECLS

/* The portal's event stream: says only that the state is another. Reconnects with back-off, jitter and Last-Event-ID
 * by itself while it is started. It has a SoupSession of its own.
 *
 * Properties: connected (read-only). Signals: ::state (const char *state); ::refused (GError) — 401, 403, 404
 * or 410, it stopped.
 */
#define LINKAGE_TYPE_EVENT_STREAM (linkage_event_stream_get_type ())
G_DECLARE_FINAL_TYPE (LinkageEventStream, linkage_event_stream, LINKAGE, EVENT_STREAM, GObject)

LinkageEventStream *linkage_event_stream_new (const char *api, const char *account_id, LinkageTokenSource *source);
void linkage_event_stream_start (LinkageEventStream *self);
void linkage_event_stream_stop (LinkageEventStream *self);
gboolean linkage_event_stream_get_connected (LinkageEventStream *self);

G_END_DECLS
