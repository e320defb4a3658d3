/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-client.h"

G_BEGIN_DECLS

void linkage_proof_solver_pass_async (LinkageClient *client,
                                      LinkageActions action,
                                      const char *customer_id,
                                      LinkageVerifyProgress progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *linkage_proof_solver_pass_finish (LinkageClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
