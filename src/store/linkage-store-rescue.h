/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A corrupt file is never deleted: a new one, with what the person asked for in it, takes its place. */
char *linkage_store_rescue_replace (const char *path, GCancellable *cancellable, GError **error);
char *linkage_store_rescue_set_aside (const char *path, GError **error);
gboolean linkage_store_rescue_resume (const char *path, GError **error);

G_END_DECLS
