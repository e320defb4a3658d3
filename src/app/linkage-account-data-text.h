/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-store-summary.h"

G_BEGIN_DECLS

/* What is said of the data that is kept about an account. (transfer full) */
char *linkage_account_data_text_describe_removal (const LinkageStoreSummary *summary);
char *linkage_account_data_text_describe_export_error (GFile *file, const GError *error);
char *linkage_account_data_text_make_file_name (const char *account_name, gint64 now);

G_END_DECLS
