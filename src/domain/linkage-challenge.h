/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-actions.h"
#include "linkage-proof-of-work.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_CHALLENGE_PENDING,
  LINKAGE_CHALLENGE_PASSED,
  LINKAGE_CHALLENGE_EXPIRED,
  LINKAGE_CHALLENGE_USED,
} LinkageChallengeStatus;

#define LINKAGE_TYPE_CHALLENGE (linkage_challenge_get_type ())

/* A human verification, bound to one action for one customer; immutable once shared. */
typedef struct
{
  char *id;              /* (owned) */
  LinkageActions action; /* request or resend */
  char *customer_id;     /* (owned) */
  char *provider;        /* (owned): "proof-of-work", "recaptcha", … */
  LinkageChallengeStatus status;
  gint64 expires_at;                 /* Unix seconds, UTC */
  guint interval;                    /* seconds between two looks at it while a browser solves it; 0: not said */
  LinkageProofOfWork *proof_of_work; /* (owned) (nullable): where the provider is proof-of-work */
  char *page;                        /* (owned) (nullable): where a browser solves it */
} LinkageChallenge;

GType linkage_challenge_get_type (void);
LinkageChallenge *linkage_challenge_new (const char *id, LinkageActions action, const char *customer_id);
LinkageChallenge *linkage_challenge_ref (LinkageChallenge *challenge);
void linkage_challenge_unref (LinkageChallenge *challenge);
gboolean linkage_challenge_status_from_string (const char *string, LinkageChallengeStatus *status);
const char *linkage_challenge_status_to_string (LinkageChallengeStatus status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageChallenge, linkage_challenge_unref)

G_END_DECLS
