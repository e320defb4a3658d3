/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-actions.h"
#include "linkage-attempt.h"
#include "linkage-customer.h"
#include "linkage-origin.h"
#include "linkage-status.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CONNECTION (linkage_connection_get_type ())

/* The account's relation to one customer: one row of the table; immutable once shared. */
typedef struct
{
  char *id;                  /* (owned): stable for (account, customer) for ever */
  gint64 revision;           /* only rises within an epoch */
  LinkageCustomer *customer; /* (owned) */
  LinkageOrigin origin;      /* of the latest attempt */
  LinkageStatus status;
  char *status_label;     /* (owned) (nullable): the portal's own word, shown where status is unknown */
  guint requests_used;    /* of 3; may be more than attempts->len after a merge */
  gboolean was_rejected;  /* a rejection that is remembered, also after a merge */
  LinkageActions actions; /* what the portal allows; the only source of buttons */
  GPtrArray *attempts;    /* (owned) (element-type LinkageAttempt), oldest first, never NULL */

  /* Of a row that a person brought, from a portal without an interface. */
  gint64 seen_at;      /* when the copy was made that it was seen in last, Unix seconds; 0: a portal's row */
  gboolean is_missing; /* a newer copy of the whole table did not have it */
  gboolean requests_used_is_minimum; /* requests_used are those that are known of: there may have been more */
} LinkageConnection;

GType linkage_connection_get_type (void);
LinkageConnection *linkage_connection_new (const char *id, LinkageCustomer *customer);
LinkageConnection *linkage_connection_copy (const LinkageConnection *connection);
LinkageConnection *linkage_connection_ref (LinkageConnection *connection);
void linkage_connection_unref (LinkageConnection *connection);
LinkageAttempt *linkage_connection_get_latest_attempt (const LinkageConnection *connection);
gboolean linkage_connection_is_system_initiated (const LinkageConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageConnection, linkage_connection_unref)

G_END_DECLS
