/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-account-info.h"
#include "portal-store.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

typedef enum
{
  PORTAL_ROLE_NONE, /* not a user of the account */
  PORTAL_ROLE_USER,
  PORTAL_ROLE_ADMIN,
} PortalRole;

/* Where an account's change log begins and ends. */
typedef struct
{
  gint64 position; /* of the newest change */
  gint64 horizon;  /* states before it are too old */
  guint total;     /* live rows */
} PortalLog;

gboolean portal_accounts_get_role (PortalStore *store,
                                   const char *account_id,
                                   const char *user_id,
                                   PortalRole *role,
                                   GError **error);
gboolean portal_accounts_find_merged (PortalStore *store,
                                      const char *account_id,
                                      const char *user_id,
                                      char **into_id,
                                      char **into_name,
                                      GError **error);
GPtrArray *portal_accounts_list (PortalStore *store, const char *user_id, GError **error);
LinkageAccountInfo *
portal_accounts_load (PortalStore *store, const char *account_id, const PortalUser *user, GError **error);
gboolean portal_accounts_get_log (PortalStore *store, const char *account_id, PortalLog *log, GError **error);
gboolean portal_accounts_set_searches_used (PortalStore *store, const char *account_id, guint used, GError **error);
void portal_account_add_json (JsonBuilder *builder, const LinkageAccountInfo *info);

G_END_DECLS
