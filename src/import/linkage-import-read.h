/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-import-mapping.h"

G_BEGIN_DECLS

/* hint: (nullable): a media type (text/html, text/csv, text/plain), a file's name, or nothing.
 * remembered: (nullable) (element-type utf8 gint): see linkage_import_mapping_guess(); not changed meanwhile. */
void linkage_import_read_async (GBytes *bytes,
                                const char *hint,
                                GHashTable *remembered,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* mapping: (out caller-allocates): of the table. (transfer full) (nullable) */
LinkageImportTable *linkage_import_read_finish (GAsyncResult *result, LinkageImportMapping *mapping, GError **error);

gboolean linkage_import_read_is_html (GBytes *bytes, const char *hint);

G_END_DECLS
