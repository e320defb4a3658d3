/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

/* What the table is sorted and filtered by, made when a row is written. */
char *linkage_sort_keys_get_collation (void);
char *linkage_sort_keys_make_text_key (const char *text);
int linkage_sort_keys_get_status_rank (LinkageStatus status);
int linkage_sort_keys_get_actions_rank (LinkageActions actions);
char *linkage_sort_keys_make_email_key (const LinkageConnection *connection);
char *linkage_sort_keys_make_filter_text (const LinkageConnection *connection);

G_END_DECLS
