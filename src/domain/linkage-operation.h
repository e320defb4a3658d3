/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_OPERATION_CONNECT, /* a suggestion, one press */
  LINKAGE_OPERATION_RESEND,  /* an expired request again */
  LINKAGE_OPERATION_REQUEST, /* a customer that a search found */
} LinkageOperationKind;

typedef enum
{
  LINKAGE_OPERATION_WAITING,             /* may still be undone, or waits for the network */
  LINKAGE_OPERATION_SENDING,             /* was or is being sent: it is replayed with the same key */
  LINKAGE_OPERATION_VERIFICATION_NEEDED, /* the person must verify again; all else is kept */
  LINKAGE_OPERATION_REFUSED,             /* refused for good; stays until the person has seen it */
} LinkageOperationState;

#define LINKAGE_TYPE_OPERATION (linkage_operation_get_type ())

/* Something the person asked for that the portal has not yet answered: a row of the outbox. Immutable once shared. */
typedef struct
{
  char *key; /* (owned): the idempotency key, a UUID */
  LinkageOperationKind kind;
  LinkageOperationState state;
  char *connection_id;     /* (owned) (nullable): null for a request that has no row yet */
  char *customer_id;       /* (owned) */
  char *customer_name;     /* (owned): for sentences */
  char *contact_email;     /* (owned) (nullable) */
  gboolean confirmed;      /* the confirmation was ticked */
  char *challenge_session; /* (owned) (nullable): a verification that was passed */
  gint64 created_at;       /* Unix seconds, UTC */
  gint64 not_before;       /* Unix seconds, UTC: not sent earlier; never later than now + 10 s */
  guint tries;             /* how often it was sent */
  char *epoch;             /* (owned) (nullable): the portal's when it was first sent */
  char *refusal_type;      /* (owned) (nullable): problem type, when refused */
  char *refusal_detail;    /* (owned) (nullable): the portal's sentence */
} LinkageOperation;

GType linkage_operation_get_type (void);
const char *linkage_operation_kind_to_string (LinkageOperationKind kind);
gboolean linkage_operation_kind_from_string (const char *string, LinkageOperationKind *kind);
LinkageOperation *linkage_operation_new (LinkageOperationKind kind, const char *customer_id, const char *customer_name);
LinkageOperation *linkage_operation_copy (const LinkageOperation *operation);
LinkageOperation *linkage_operation_ref (LinkageOperation *operation);
void linkage_operation_unref (LinkageOperation *operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageOperation, linkage_operation_unref)

G_END_DECLS
