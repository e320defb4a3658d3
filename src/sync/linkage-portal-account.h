/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"
#include "linkage-credentials.h"

G_BEGIN_DECLS

/* An account on a portal that offers the interface: a store joined with a client.
 *
 * Signals: ::credentials-renewed (const LinkageCredentials *credentials): there are others to be kept. */
#define LINKAGE_TYPE_PORTAL_ACCOUNT (linkage_portal_account_get_type ())
G_DECLARE_FINAL_TYPE (LinkagePortalAccount, linkage_portal_account, LINKAGE, PORTAL_ACCOUNT, GObject)

typedef struct
{
  char *id;         /* (owned): local, the folder's name */
  char *folder;     /* (owned): where store.sqlite and the lock are */
  char *api;        /* (owned): base address of the interface */
  char *account_id; /* (owned): the portal's id of it */
  char *issuer;     /* (owned) (nullable): who gave the credentials; null: a token that a person brought */
  char *client_id;  /* (owned) (nullable): what the program calls itself there */
  LinkageCredentials *credentials; /* (owned) (nullable): null: sign-in is needed */
  gboolean signed_out;             /* by the person: what may still be kept of credentials is not used */
  gboolean sandbox;
} LinkagePortalAccountConfig;

LinkagePortalAccountConfig *linkage_portal_account_config_new (void);
LinkagePortalAccountConfig *linkage_portal_account_config_copy (const LinkagePortalAccountConfig *config);
void linkage_portal_account_config_free (LinkagePortalAccountConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkagePortalAccountConfig, linkage_portal_account_config_free)

/* Opens the store (rows are there at once) and starts to sync. */
void linkage_portal_account_open_async (const LinkagePortalAccountConfig *config,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LinkageAccount *linkage_portal_account_open_finish (GAsyncResult *result, GError **error);
const LinkagePortalAccountConfig *linkage_portal_account_get_config (LinkagePortalAccount *self);
/* issuer, client_id: (nullable) */
void linkage_portal_account_sign_in (LinkagePortalAccount *self,
                                     const char *issuer,
                                     const char *client_id,
                                     const LinkageCredentials *credentials);

G_END_DECLS
