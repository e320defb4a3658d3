/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-verification.h"

G_BEGIN_DECLS

/* verification: (nullable): nobody is there who could open a browser */
void linkage_verifier_pass_async (LinkageClient *client,
                                  LinkageActions action,
                                  const char *customer_id,
                                  LinkageVerification *verification,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *linkage_verifier_pass_finish (LinkageClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
