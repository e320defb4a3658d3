/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *linkage_date_text_format_date (gint64 time, GTimeZone *zone);
char *linkage_date_text_format_exact (gint64 time, GTimeZone *zone);
char *linkage_date_text_format_since (gint64 time, gint64 now, GTimeZone *zone);
char *linkage_date_text_format_updated (gint64 time, gint64 now, GTimeZone *zone);
char *linkage_date_text_format_day (gint64 time, gint64 now, GTimeZone *zone);
gint linkage_date_text_count_days (gint64 time, gint64 now, GTimeZone *zone);
char *linkage_date_text_format_copied (gint64 time, gint64 now, GTimeZone *zone);

G_END_DECLS
