/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bundled portal as a process of its own with made-up data, and a folder for what is kept of it. Both end with this
 * object; the process also when the program is killed. */
#define LINKAGE_TYPE_SANDBOX (linkage_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSandbox, linkage_sandbox, LINKAGE, SANDBOX, GObject)

void linkage_sandbox_start_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LinkageSandbox *linkage_sandbox_start_finish (GAsyncResult *result, GError **error);
const char *linkage_sandbox_get_address (LinkageSandbox *self);
const char *linkage_sandbox_get_token (LinkageSandbox *self, gboolean as_user);
const char *linkage_sandbox_get_folder (LinkageSandbox *self);

G_END_DECLS
