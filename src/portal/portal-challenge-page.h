/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-verification.h"

G_BEGIN_DECLS

/* What the page of a challenge session shows. */
typedef struct
{
  const char *path;          /* where the form is sent */
  const char *csrf;          /* what the form sends along */
  const char *nonce;         /* of the page's one script */
  const char *customer_name; /* whom the request is for */
  const char *action;        /* what the widget is told, where the provider's tokens are bound */
  const char *session;       /* likewise */
  const char *message;       /* (nullable): why the solution of before was not good */
} PortalChallengePageState;

char *portal_challenge_page_new (const PortalVerification *verification, const PortalChallengePageState *state);

G_END_DECLS
