/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Server-sent events as the HTML standard reads them: bytes in, events out, wherever the network cuts them. */
typedef struct _LinkageEventParser LinkageEventParser;

/* type: "message" where the stream names none; id: the last one seen, empty before the first */
typedef void (*LinkageEventFunc) (const char *type, const char *data, const char *id, gpointer user_data);

LinkageEventParser *linkage_event_parser_new (LinkageEventFunc dispatch, gpointer user_data);
void linkage_event_parser_free (LinkageEventParser *self);
void linkage_event_parser_reset (LinkageEventParser *self);
gboolean linkage_event_parser_push (LinkageEventParser *self, const char *bytes, gsize length, GError **error);
const char *linkage_event_parser_get_last_id (LinkageEventParser *self);
gboolean linkage_event_parser_get_retry (LinkageEventParser *self, guint *milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageEventParser, linkage_event_parser_free)

G_END_DECLS
