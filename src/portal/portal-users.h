/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-accounts.h"
#include "portal-passwords.h"
#include "portal-tokens.h"

G_BEGIN_DECLS

char *portal_users_add (PortalStore *store, const char *email, const char *name, GError **error);
char *portal_users_find (PortalStore *store, const char *email, GError **error);
gboolean portal_users_set_password (PortalStore *store,
                                    const char *user_id,
                                    const char *password,
                                    PortalPasswordKind kind,
                                    GError **error);
gboolean portal_users_set_role (PortalStore *store,
                                const char *user_id,
                                const char *account_id,
                                PortalRole role,
                                GError **error);
gboolean portal_users_check_password (PortalStore *store,
                                      const char *email,
                                      const char *password,
                                      PortalUser **user,
                                      GError **error);

G_END_DECLS
