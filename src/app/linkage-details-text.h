/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-connection.h"
#include "linkage-removed-connection.h"
#include "linkage-row-change.h"

G_BEGIN_DECLS

/* What the details of a connection say. zone: (nullable): the person's own */

char *linkage_details_text_get_seen (const LinkageConnection *connection, gint64 now, GTimeZone *zone);
char *linkage_details_text_get_removed (const LinkageRemovedConnection *removed, GTimeZone *zone);
char *linkage_details_text_get_next_step (const LinkageConnection *connection,
                                          gint64 now,
                                          gboolean by_hand,
                                          const LinkageAccountInfo *info);
char *linkage_details_text_get_used (const LinkageConnection *connection);
char *linkage_details_text_get_attempt (const LinkageConnection *connection, const LinkageAttempt *attempt);
char *linkage_details_text_get_sent (const LinkageAttempt *attempt, GTimeZone *zone);
char *linkage_details_text_get_outcome (const LinkageConnection *connection,
                                        const LinkageAttempt *attempt,
                                        gint64 now,
                                        GTimeZone *zone);
char *linkage_details_text_get_change (const LinkageRowChange *change, GTimeZone *zone);
char *linkage_details_text_get_change_source (const LinkageRowChange *change, gint64 now, GTimeZone *zone);

G_END_DECLS
