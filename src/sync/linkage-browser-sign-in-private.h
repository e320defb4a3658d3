/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-browser-sign-in.h"
#include "linkage-client.h"

G_BEGIN_DECLS

void linkage_browser_sign_in_find_async (const char *address,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LinkageBrowserSignIn *linkage_browser_sign_in_find_finish (GAsyncResult *result, GError **error);
const LinkageDiscovery *linkage_browser_sign_in_get_discovery (LinkageBrowserSignIn *self);
void linkage_browser_sign_in_set_time_limit (LinkageBrowserSignIn *self, guint seconds);
void linkage_browser_sign_in_run_async (LinkageBrowserSignIn *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LinkageCredentials *
linkage_browser_sign_in_run_finish (LinkageBrowserSignIn *self, GAsyncResult *result, GError **error);
void linkage_browser_sign_in_sign_out (LinkageBrowserSignIn *self, const LinkageCredentials *credentials);

G_END_DECLS
