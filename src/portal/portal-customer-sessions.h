/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A customer's person in a browser. */
typedef struct
{
  char *customer_id; /* (owned) (nullable): null: the requests of all customers, as in the sandbox */
  char *csrf;        /* (owned): what its forms send along, and no other site can know */
  char *message;     /* (owned) (nullable): for the next page, once */
  gint64 ends_at;    /* monotonic microseconds */
} PortalCustomerSession;

/* The sessions of one portal. They live as long as its process: who comes after it needs a new link. Main thread only.
 */
typedef struct _PortalCustomerSessions PortalCustomerSessions;

PortalCustomerSessions *portal_customer_sessions_new (void);
void portal_customer_sessions_free (PortalCustomerSessions *sessions);
char *portal_customer_sessions_begin (PortalCustomerSessions *sessions, const char *customer_id);
PortalCustomerSession *portal_customer_sessions_find (PortalCustomerSessions *sessions, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalCustomerSessions, portal_customer_sessions_free)

G_END_DECLS
