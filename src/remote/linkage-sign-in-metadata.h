/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-mapping-sign-in.h"

G_BEGIN_DECLS

void linkage_sign_in_metadata_read_async (SoupSession *session,
                                          const char *issuer,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LinkageSignInMetadata *linkage_sign_in_metadata_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
