/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-entry.h"
#include "linkage-portal-account.h"

G_BEGIN_DECLS

/* The accounts on disk: <data>/accounts/<id>/account.ini says which portal and which account of it, or that the portal
 * has no interface (kind=companion); store.sqlite is beside it; <data>/accounts/last-used names the one to open. */

/* An account on a portal without an interface, as it was described when it was made. */
typedef struct
{
  char *id;     /* (owned): local, the folder's name */
  char *folder; /* (owned) */
  char *name;   /* (owned) */
  char *page;   /* (owned) (nullable) */
} LinkageCompanionConfig;

void linkage_companion_config_free (LinkageCompanionConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCompanionConfig, linkage_companion_config_free)

LinkagePortalAccountConfig *linkage_account_folder_find (const char *data, const char *api, const char *account_id);
char *linkage_account_folder_get_last_used (const char *data);
LinkagePortalAccountConfig *linkage_account_folder_load (const char *data, const char *id);
LinkageCompanionConfig *linkage_account_folder_load_companion (const char *data, const char *id);
LinkageCompanionConfig *linkage_account_folder_find_companion (const char *data, const char *name, const char *page);
LinkagePortalAccountConfig *linkage_account_folder_create (const char *data,
                                                           const char *api,
                                                           const char *account_id,
                                                           const char *name,
                                                           GError **error);
gboolean linkage_account_folder_set_issuer (const char *data,
                                            const char *id,
                                            const char *issuer,
                                            const char *client_id,
                                            GError **error);
gboolean linkage_account_folder_set_signed_out (const char *data, const char *id, GError **error);
LinkageCompanionConfig *
linkage_account_folder_create_companion (const char *data, const char *name, const char *page, GError **error);
GStrv linkage_account_folder_read_settings (const char *folder, const char *id);
GPtrArray *linkage_account_folder_list (const char *data);
LinkageAccountEntry *linkage_account_folder_find_entry (const char *data, const char *id);
gboolean linkage_account_folder_set_last_used (const char *data, const char *id, GError **error);

/* An account that is deleted has a mark in its folder, which is the last to go: whoever finds it goes on deleting. */
gboolean linkage_account_folder_mark_deleted (const char *data, const char *id, gboolean has_token, GError **error);
gboolean linkage_account_folder_is_deleted (const char *data, const char *id, gboolean *has_token);

/* One that is set aside has a mark of the same kind, until its folder is in <data>/removed/. */
gboolean linkage_account_folder_mark_set_aside (const char *data,
                                                const char *id,
                                                gboolean has_token,
                                                const char *name,
                                                GError **error);
gboolean linkage_account_folder_is_set_aside (const char *data, const char *id, gboolean *has_token);
GStrv linkage_account_folder_list_set_aside (const char *data);
gboolean linkage_account_folder_move_aside (const char *data, const char *id, char **path, GError **error);

gboolean linkage_account_folder_is_removed (const char *data, const char *id);
GStrv linkage_account_folder_list_deleted (const char *data);
gboolean linkage_account_folder_erase (const char *data, const char *id, GError **error);
gboolean linkage_account_folder_remove (const char *data, const char *id, GError **error);

/* An account that is merged into another one has a mark in its folder meanwhile, the other one's local id: whoever
 * finds it looks whether that was written. Merged ones are set aside in <data>/merged. */
gboolean linkage_account_folder_mark_merging (const char *data, const char *id, const char *into, GError **error);
void linkage_account_folder_unmark_merging (const char *data, const char *id);
char *linkage_account_folder_dup_merging (const char *data, const char *id);
GStrv linkage_account_folder_list_merging (const char *data);
gboolean linkage_account_folder_set_aside (const char *data, const char *id, char **place, GError **error);

G_END_DECLS
