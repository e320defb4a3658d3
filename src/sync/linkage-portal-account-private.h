/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-portal-account.h"
#include "linkage-store.h"
#include "linkage-sync.h"

G_BEGIN_DECLS

struct _LinkagePortalAccount
{
  GObject parent_instance;

  LinkagePortalAccountConfig *config; /* (owned) */
  LinkageStore *store;                /* (owned) */
  LinkageSync *sync;                  /* (owned) */
  LinkageTokenSource *source;         /* (owned) (nullable): null: sign-in is needed */
  GHashTable *unanswered_presses;     /* (owned) (element-type utf8 utf8): of LinkageMerges, with their keys */
  GPtrArray *refreshing;              /* (owned) (element-type GTask): who waits until what is to be sent now is due */
  guint n_hastening;                  /* requests that are being made due */
  GPtrArray *closing;                 /* (owned) (nullable) (element-type GTask): who waits for its end */
  gboolean is_closed;
};

LinkageTokenSource *linkage_portal_account_sign_out (LinkagePortalAccount *self);
void linkage_portal_account_init_search (LinkageAccountInterface *iface);
void linkage_portal_account_init_sandbox (LinkageAccountInterface *iface);
void linkage_portal_account_return_boolean (GTask *task, gboolean done, GError *error);
void linkage_portal_account_return_pointer (GTask *task, gpointer value, GDestroyNotify destroy, GError *error);

G_END_DECLS
