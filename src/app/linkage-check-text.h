/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

/* The words of Check a List… and To Ask. All (transfer full). */
char *linkage_check_text_get_why (const LinkageNameMatch *match);
char *linkage_check_text_get_detail (const LinkageNameMatch *match);      /* (nullable) */
const char *linkage_check_text_get_result (LinkageNameLikeness likeness); /* (transfer none) */
char *linkage_check_text_get_counts (guint n_exact, guint n_likely, guint n_missing);
char *linkage_check_text_get_error (const GError *error);

G_END_DECLS
