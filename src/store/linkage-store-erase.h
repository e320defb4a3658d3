/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-store.h"

G_BEGIN_DECLS

/* The end of a store and of all that lies beside it under its name. */
void linkage_store_keep_log (LinkageStore *self);
/* Block: for threads. */
gboolean linkage_store_erase (const char *path, GError **error);
gboolean linkage_store_erase_file (const char *path, GError **error);

G_END_DECLS
