/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-client.h"
#include "linkage-exchange.h"

G_BEGIN_DECLS

char *linkage_client_build_address (LinkageClient *self, const char *segment, ...) G_GNUC_NULL_TERMINATED;
char *linkage_client_build_accounts_address (LinkageClient *self);
char *linkage_client_build_root_address (LinkageClient *self, const char *path);

void linkage_client_start (LinkageClient *self,
                           LinkageExchange *exchange,
                           gpointer source_tag,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gpointer linkage_client_finish_value (LinkageClient *self, GAsyncResult *result, gpointer source_tag, GError **error);
gboolean linkage_client_check_account (LinkageClient *self, const LinkageAccountInfo *account, GError **error);
gboolean linkage_client_finish_done (LinkageClient *self, GAsyncResult *result, gpointer source_tag, GError **error);

G_END_DECLS
