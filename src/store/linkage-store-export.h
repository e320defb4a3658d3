/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-store-error.h"

G_BEGIN_DECLS

/* All that is kept in a store, as one JSON document. Blocks: for threads. */

#define LINKAGE_STORE_EXPORT_FORMAT "linkage-account-export"
#define LINKAGE_STORE_EXPORT_VERSION 1

/* Called now and then in the thread that writes. */
typedef void (*LinkageStoreExportProgress) (guint64 n_done, guint64 n_rows, gpointer user_data);

gboolean linkage_store_export_write (const char *path,
                                     const char *const *settings,
                                     GOutputStream *stream,
                                     LinkageStoreExportProgress progress,
                                     gpointer user_data,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
