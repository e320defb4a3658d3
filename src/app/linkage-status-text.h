/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-connection.h"
#include "linkage-operation.h"
#include "linkage-rules.h"

G_BEGIN_DECLS

const char *linkage_status_text_get_icon (LinkageStatus status);
const char *linkage_status_text_get_status_word (LinkageStatus status);
char *linkage_status_text_get_word (const LinkageConnection *connection);
char *linkage_status_text_get_detail (const LinkageConnection *connection, gint64 now);
char *linkage_status_text_get_line (const LinkageConnection *connection, gint64 now);
gboolean linkage_status_text_is_as_copied (const LinkageConnection *connection);
char *linkage_status_text_add_day (const LinkageConnection *connection, const char *text, gint64 now);
char *linkage_status_text_get_email (const LinkageConnection *connection);
char *linkage_status_text_get_comment (const LinkageConnection *connection, gboolean *from_customer);
const char *linkage_status_text_get_progress (const LinkageOperation *operation, LinkageAccountState state);
LinkageRefusal linkage_status_text_get_refusal (const LinkageConnection *connection, gint64 now);
const char *linkage_status_text_get_reason_title (LinkageRefusal refusal);
char *linkage_status_text_get_reason (const LinkageConnection *connection,
                                      LinkageRefusal refusal,
                                      const char *invitation_email);

G_END_DECLS
