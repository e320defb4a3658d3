/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-verification.h"

G_BEGIN_DECLS

#define PORTAL_SITEVERIFY_SECONDS 10        /* a provider that has not answered by then does not count as one */
#define PORTAL_SITEVERIFY_TOKEN_SECONDS 120 /* how old an answer of a person may be */
#define PORTAL_SITEVERIFY_LONGEST_TOKEN 8192

typedef enum
{
  PORTAL_VERDICT_PASSED,
  PORTAL_VERDICT_NOT_PASSED,    /* the provider thinks little of the token */
  PORTAL_VERDICT_TOO_LATE,      /* it was solved too long ago, or shown before */
  PORTAL_VERDICT_ELSEWHERE,     /* it was solved on another site */
  PORTAL_VERDICT_OTHER_PURPOSE, /* it was solved for something else */
  PORTAL_VERDICT_MISCONFIGURED, /* the provider does not know the portal's keys */
  PORTAL_VERDICT_NO_ANSWER,     /* the provider cannot be reached, or takes too long */
  PORTAL_VERDICT_BAD_ANSWER,    /* what came is none that the portal understands */
} PortalVerdict;

/* What a token must be for. */
typedef struct
{
  const char *token;
  const char *host;    /* the site on which it was solved, without the port */
  const char *action;  /* where the provider's tokens are bound */
  const char *session; /* likewise */
} PortalSiteverifyQuestion;

void portal_siteverify_ask_async (SoupSession *session,
                                  const PortalVerification *verification,
                                  const PortalSiteverifyQuestion *question,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
PortalVerdict portal_siteverify_ask_finish (SoupSession *session, GAsyncResult *result);

G_END_DECLS
