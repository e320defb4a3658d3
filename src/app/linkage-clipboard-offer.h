/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linkage_clipboard_offer_wait_async (GdkClipboard *clipboard,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean linkage_clipboard_offer_wait_finish (GdkClipboard *clipboard, GAsyncResult *result, GError **error);

G_END_DECLS
