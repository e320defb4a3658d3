/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-settings.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* The pages on which a person in a browser passes a challenge session. Main thread only. */
typedef struct _PortalChallengePages PortalChallengePages;

PortalChallengePages *portal_challenge_pages_new (PortalStore *store, const PortalSettings *settings);
void portal_challenge_pages_free (PortalChallengePages *pages);
char *portal_challenge_pages_make_address (PortalStore *store, const char *address, const char *id);
gboolean portal_challenge_pages_is_path (const char *path);
void portal_challenge_pages_answer (PortalChallengePages *pages, SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalChallengePages, portal_challenge_pages_free)

G_END_DECLS
