/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is at an address for a token. */
typedef struct
{
  char *name;                  /* (owned): the portal's */
  char *api;                   /* (owned): base address of the interface */
  LinkageAccountInfo *account; /* (owned): the one to open */
} LinkagePortalProbe;

void linkage_portal_probe_free (LinkagePortalProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkagePortalProbe, linkage_portal_probe_free)

void linkage_portal_probe_run_async (const char *address,
                                     const char *token,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
LinkagePortalProbe *linkage_portal_probe_run_finish (GAsyncResult *result, GError **error);
void linkage_portal_probe_check_async (const char *api,
                                       const char *account_id,
                                       const char *token,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean linkage_portal_probe_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
