/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-verification.h"

G_BEGIN_DECLS

/* verification: (nullable) */
void linkage_proof_solver_solve_async (LinkageClient *client,
                                       LinkageChallenge *challenge,
                                       LinkageVerification *verification,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
char *linkage_proof_solver_solve_finish (LinkageClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
