/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *linkage_text_fold_name (const char *name);
char *linkage_text_fold_filter (const char *text);
gboolean linkage_text_is_email (const char *text);
gint64 linkage_text_parse_time (const char *iso8601);
char *linkage_text_format_time (gint64 time);
char *linkage_text_encode_base64url (const guint8 *bytes, gsize length);

G_END_DECLS
