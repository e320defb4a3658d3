/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-store-summary.h"

G_BEGIN_DECLS

/* All that the program keeps about an account: how much it is, and a copy of it for the person. To delete it see
 * linkage_account_manager_delete_async(). */
void linkage_account_summarize_async (LinkageAccount *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) (nullable): to be freed with g_free() */
LinkageStoreSummary *linkage_account_summarize_finish (GAsyncResult *result, GError **error);

/* fraction: 0 to 1 */
typedef void (*LinkageAccountExportProgress) (double fraction, gpointer user_data);

/* Writes everything but the token to a file, whole or not at all: see linkage_store_export_write(). Errors of the file
 * are G_IO_ERROR, those of the account LINKAGE_ACCOUNT_ERROR. */
void linkage_account_export_async (LinkageAccount *self,
                                   GFile *file,
                                   LinkageAccountExportProgress progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linkage_account_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
