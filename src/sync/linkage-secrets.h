/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The accounts' tokens, in the Secret Service; where there is none, in memory for this run.
 *
 * Properties: persistent (whether tokens outlive this run). */
#define LINKAGE_TYPE_SECRETS (linkage_secrets_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSecrets, linkage_secrets, LINKAGE, SECRETS, GObject)

LinkageSecrets *linkage_secrets_new (void);
gboolean linkage_secrets_get_persistent (LinkageSecrets *self);
void linkage_secrets_lookup_async (LinkageSecrets *self,
                                   const char *account_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *linkage_secrets_lookup_finish (LinkageSecrets *self, GAsyncResult *result, GError **error);
void linkage_secrets_store_async (LinkageSecrets *self,
                                  const char *account_id,
                                  const char *label,
                                  const char *token,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean linkage_secrets_store_finish (LinkageSecrets *self, GAsyncResult *result, GError **error);
void linkage_secrets_forget_async (LinkageSecrets *self,
                                   const char *account_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean linkage_secrets_forget_finish (LinkageSecrets *self, GAsyncResult *result, GError **error);

G_END_DECLS
