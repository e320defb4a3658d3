/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-entry-private.h"
#include "linkage-account-folder.h"
#include "linkage-account-manager.h"
#include "linkage-portal-account.h"
#include "linkage-sandbox.h"
#include "linkage-secrets.h"
#include "linkage-token-source.h"

G_BEGIN_DECLS

struct _LinkageAccountManager
{
  GObject parent_instance;

  char *folder;                 /* (owned) */
  LinkageSecrets *secrets;      /* (owned) */
  GListStore *entries;          /* (owned) (element-type LinkageAccountEntry): all that are kept, and the sandbox */
  GPtrArray *open;              /* (owned) (element-type LinkageAccountEntry): in the order in which they were used */
  LinkageAccountEntry *current; /* (owned) (nullable): what the window shows, open or not */
  GCancellable *opening;        /* (owned) (nullable): of all that are being opened */
  gboolean is_closing;          /* what becomes current on the way is not remembered, what opens is closed again */
  guint n_working;    /* what is being opened, closed, deleted, or on its way to the Secret Service or the portal */
  GPtrArray *waiting; /* (owned) (nullable) (element-type GTask): who waits for the end of that */
};

/* linkage-account-manager.c */
LinkageAccountEntry *linkage_account_manager_find_entry (LinkageAccountManager *self, const char *id);
void linkage_account_manager_add_entry (LinkageAccountManager *self, LinkageAccountEntry *entry);
void linkage_account_manager_remove_entry (LinkageAccountManager *self, LinkageAccountEntry *entry);
void linkage_account_manager_set_current (LinkageAccountManager *self, LinkageAccountEntry *entry);
void linkage_account_manager_put_beneath (LinkageAccountManager *self, LinkageAccountEntry *entry);
LinkageAccount *linkage_account_manager_take_out (LinkageAccountManager *self, LinkageAccountEntry *entry);
void linkage_account_manager_begin_work (LinkageAccountManager *self);
void linkage_account_manager_end_work (LinkageAccountManager *self);

/* linkage-account-manager-sign-out.c */
void linkage_account_manager_resume_sign_out (LinkageAccountManager *self, const LinkagePortalAccountConfig *config);
void linkage_account_manager_end_credentials_async (LinkageAccountManager *self,
                                                    const char *id,
                                                    LinkageTokenSource *source,
                                                    GAsyncReadyCallback callback,
                                                    gpointer user_data);
gboolean
linkage_account_manager_end_credentials_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* linkage-account-manager-open.c */
void linkage_account_manager_list_kept (LinkageAccountManager *self);
LinkageAccountEntry *linkage_account_manager_list_added (LinkageAccountManager *self, const char *id);
void linkage_account_manager_open_entry_async (LinkageAccountManager *self,
                                               LinkageAccountEntry *entry,
                                               const LinkagePortalAccountConfig *config,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
gboolean linkage_account_manager_open_entry_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);

/* linkage-account-manager-merge.c */
void linkage_account_manager_resume_merges (LinkageAccountManager *self);

/* linkage-account-manager-remove.c */
void linkage_account_manager_resume_removals (LinkageAccountManager *self);

/* linkage-account-manager-sign-in.c */
void linkage_account_manager_keep_renewals (LinkageAccountManager *self, LinkagePortalAccount *account);
void linkage_account_manager_ignore_renewals (LinkageAccountManager *self, LinkageAccount *account);

G_END_DECLS
