/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-folder.h"
#include "linkage-account-manager.h"
#include "linkage-portal-account.h"
#include "linkage-sandbox.h"
#include "linkage-secrets.h"

G_BEGIN_DECLS

/* An open account and what ends with it. */
typedef struct
{
  LinkageAccount *account; /* (owned) */
  LinkageSandbox *sandbox; /* (owned) (nullable) */
} LinkageOpenAccount;

struct _LinkageAccountManager
{
  GObject parent_instance;

  char *folder;            /* (owned) */
  LinkageSecrets *secrets; /* (owned) */
  GPtrArray *open;         /* (owned) (element-type LinkageOpenAccount): the last one is current, beneath it what was
                              there before, which goes on to sync */
  gboolean is_closing;     /* what becomes current on the way is not remembered */
  guint n_deleting;
  guint n_keeping;    /* credentials on their way to the Secret Service */
  GPtrArray *waiting; /* (owned) (nullable) (element-type GTask): who waits for the end of both */
};

void linkage_open_account_free (LinkageOpenAccount *open);

void linkage_account_manager_open_async (LinkageAccountManager *self,
                                         const LinkagePortalAccountConfig *config,
                                         LinkageSandbox *sandbox,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean linkage_account_manager_open_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);
/* Opens a companion account and makes it current. */
void linkage_account_manager_open_companion_async (LinkageAccountManager *self,
                                                   const LinkageCompanionConfig *config,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);
gboolean
linkage_account_manager_open_companion_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error);
void linkage_account_manager_push (LinkageAccountManager *self, LinkageAccount *account, LinkageSandbox *sandbox);
gboolean linkage_account_manager_bring_to_top (LinkageAccountManager *self, const char *id);
LinkageOpenAccount *linkage_account_manager_pop (LinkageAccountManager *self); /* (transfer full) */
void linkage_account_manager_resume_deletions (LinkageAccountManager *self);
void linkage_account_manager_end_work (LinkageAccountManager *self);
void linkage_account_manager_keep_renewals (LinkageAccountManager *self, LinkagePortalAccount *account);
void linkage_account_manager_ignore_renewals (LinkageAccountManager *self, LinkageAccount *account);
void linkage_account_manager_remember (LinkageAccountManager *self);

G_END_DECLS
