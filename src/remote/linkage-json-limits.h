/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-json-scan.h"

G_BEGIN_DECLS

#define LINKAGE_JSON_MAX_SIZE (16 * 1024 * 1024) /* bytes */

gboolean linkage_json_limits_check (const char *text, gsize length, GError **error);

G_END_DECLS
