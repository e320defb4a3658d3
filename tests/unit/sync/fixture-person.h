/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fixture-portal.h"
#include "linkage-credentials.h"

G_BEGIN_DECLS

/* (transfer full): the access token of somebody whom the portal names when it begins */
char *fixture_person_get_token (FixturePortal *portal, const char *who);

/* A person at the portal's sign-in pages, in a browser: where the portal sends it in the end, with the answer.
 * who: "admin", "other-admin" or "user"; answer: "allow" or "deny" */
char *fixture_person_sign_in (FixturePortal *portal, const char *address, const char *who, const char *answer);
/* The browser opens what it was sent to. Whether it is told that it is done. */
gboolean fixture_person_go_back (const char *address);
/* The whole way, with the code carried by hand. */
LinkageCredentials *fixture_person_get_credentials (FixturePortal *portal, const char *who);
/* On another device. */
void fixture_person_sign_out (FixturePortal *portal, const LinkageCredentials *credentials);

G_END_DECLS
