/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-portal-account.h"

G_BEGIN_DECLS

/* The accounts on disk: <data>/accounts/<id>/account.ini says which portal and which account of it, store.sqlite beside
 * it is the cache; <data>/accounts/last-used names the one to open. */
LinkagePortalAccountConfig *linkage_account_folder_find (const char *data, const char *api, const char *account_id);
LinkagePortalAccountConfig *linkage_account_folder_load_last_used (const char *data);
LinkagePortalAccountConfig *linkage_account_folder_create (const char *data,
                                                           const char *api,
                                                           const char *account_id,
                                                           const char *name,
                                                           GError **error);
gboolean linkage_account_folder_set_last_used (const char *data, const char *id, GError **error);

G_END_DECLS
