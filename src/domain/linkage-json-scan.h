/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINKAGE_JSON_MAX_DEPTH 64

gboolean linkage_json_scan (const char *text, gsize length, gsize *offset);

G_END_DECLS
