/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-status.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ATTEMPT (linkage_attempt_get_type ())

/* One request that was sent; immutable once it is part of a connection. Times are Unix seconds, UTC. */
typedef struct
{
  guint number;          /* 1 … 3 */
  gint64 requested_at;   /* 0: not known, of a row that a person brought */
  gint64 expires_at;     /* 0: not known either */
  gint64 responded_at;   /* 0: no answer */
  LinkageStatus outcome; /* pending, approved, expired or rejected */
  char *contact_email;   /* (owned) (nullable): null for a request from a suggestion */
  char *requested_by;    /* (owned) (nullable): the user who sent it */
  char *comment;         /* (owned) (nullable): the customer's, only with a rejection */
} LinkageAttempt;

GType linkage_attempt_get_type (void);
LinkageAttempt *linkage_attempt_new (void);
LinkageAttempt *linkage_attempt_copy (const LinkageAttempt *attempt);
LinkageAttempt *linkage_attempt_ref (LinkageAttempt *attempt);
void linkage_attempt_unref (LinkageAttempt *attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageAttempt, linkage_attempt_unref)

G_END_DECLS
