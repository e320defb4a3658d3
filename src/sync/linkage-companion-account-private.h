/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"
#include "linkage-store-companion.h"

G_BEGIN_DECLS

struct _LinkageCompanionAccount
{
  GObject parent_instance;

  char *id;            /* (owned) */
  char *folder;        /* (owned) */
  LinkageStore *store; /* (owned) */
  gint64 opened_at;    /* Unix seconds */
};

/* page: (nullable). FALSE with LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS for what is no https address. */
gboolean linkage_companion_account_check_page (const char *page, GError **error);
/* GAsyncReadyCallbacks of functions that linkage_store_companion_finish() ends; user_data: (transfer full): the task of
 * the account that is returned. The second also says that copies changed. */
void linkage_companion_account_on_written (GObject *source, GAsyncResult *result, gpointer user_data);
void linkage_companion_account_on_copies_written (GObject *source, GAsyncResult *result, gpointer user_data);
/* Writes what the account says of itself. task: (transfer full) */
void linkage_companion_account_write_info (LinkageCompanionAccount *self, LinkageAccountInfo *info, GTask *task);
void linkage_companion_account_init_portal (LinkageAccountInterface *iface);

G_END_DECLS
