/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Any thread; two at once, each with rows of its own. */
typedef void (*LinkageImportRowFunc) (guint row, gpointer user_data);

gboolean linkage_import_parts_run (guint first,
                                   guint end,
                                   LinkageImportRowFunc func,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
