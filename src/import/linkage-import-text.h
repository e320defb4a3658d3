/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-error.h"

G_BEGIN_DECLS

char *linkage_import_text_decode_as (const char *data, gsize size, const char *charset, gsize *length);
GBytes *linkage_import_text_decode (GBytes *bytes, gboolean *was_utf8, GError **error);

G_END_DECLS
