/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-row-change.h"

G_BEGIN_DECLS

/* What a person says of a row that it brought. Pure: each gives a new row, with the actions that follow. */

LinkageConnection *
linkage_by_hand_mark_sent (const LinkageConnection *connection, const char *contact_email, gint64 now);
LinkageConnection *
linkage_by_hand_set_requests_used (const LinkageConnection *connection, guint requests_used, gboolean is_minimum);
LinkageConnection *linkage_by_hand_set_contact (const LinkageConnection *connection, const char *contact_email);
LinkageConnection *linkage_by_hand_set_entries (const LinkageConnection *connection, GPtrArray *entries);
/* Does to a row once more what was done by hand; (nullable): null when the change was not by hand. */
LinkageConnection *linkage_by_hand_replay (const LinkageConnection *connection, const LinkageRowChange *change);

G_END_DECLS
