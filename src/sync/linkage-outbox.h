/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-operation.h"

G_BEGIN_DECLS

#define LINKAGE_OUTBOX_REPLAY_LIMIT (50 * 24 * 60 * 60) /* seconds: the portal keeps outcomes for 60 days */

LinkageOperation *linkage_outbox_pick (GPtrArray *operations, gint64 due, GHashTable *handled);
LinkageOperation *linkage_outbox_pick_unanswered (GPtrArray *operations, GHashTable *handled);
gboolean linkage_outbox_is_open (GPtrArray *operations);
gint64 linkage_outbox_get_next_due (GPtrArray *operations, gint64 now);
gboolean linkage_outbox_has_unanswered (GPtrArray *operations);
gboolean linkage_outbox_may_send (const LinkageOperation *operation, gint64 now, const char *epoch);
gboolean linkage_outbox_is_shown_by (const LinkageOperation *operation, const LinkageConnection *connection);

G_END_DECLS
