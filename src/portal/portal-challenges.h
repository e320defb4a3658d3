/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-challenge.h"
#include "portal-problem.h"
#include "portal-settings.h"
#include "portal-store.h"

G_BEGIN_DECLS

#define PORTAL_CHALLENGES_LIFETIME (10 * 60)       /* seconds */
#define PORTAL_CHALLENGES_PASSED_LIFETIME (2 * 60) /* likewise, since a browser passed it */

/* Whose a challenge session is, and what it is for. */
typedef struct
{
  const char *account_id;
  const char *user_id;
  const char *customer_id;
  LinkageActions action; /* request or resend */
} PortalChallengeBinding;

LinkageChallenge *portal_challenges_create (PortalStore *store,
                                            const PortalChallengeBinding *binding,
                                            const PortalSettings *settings,
                                            GError **error);
char *portal_challenges_make_token (PortalStore *store, const char *id);
LinkageChallenge *portal_challenges_load (PortalStore *store,
                                          const char *account_id,
                                          const char *user_id,
                                          const char *id,
                                          GError **error);
LinkageChallenge *portal_challenges_find (PortalStore *store, const char *id, char **customer_name, GError **error);
gboolean portal_challenges_open (PortalStore *store, const char *id, gboolean *is_first, GError **error);
gboolean portal_challenges_pass (PortalStore *store, const char *id, GError **error);
gboolean portal_challenges_solve (PortalStore *store,
                                  LinkageChallenge *challenge,
                                  const char *payload,
                                  PortalProblemType *problem,
                                  GError **error);
gboolean portal_challenges_use (PortalStore *store,
                                const char *id,
                                const PortalChallengeBinding *binding,
                                PortalProblemType *problem,
                                GError **error);
gboolean portal_challenges_purge (PortalStore *store, GError **error);
void portal_challenge_add_json (JsonBuilder *builder, const LinkageChallenge *challenge);

G_END_DECLS
