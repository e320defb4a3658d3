/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_CUSTOMER_ENTRY (linkage_customer_entry_get_type ())
#define LINKAGE_TYPE_CUSTOMER (linkage_customer_get_type ())

/* A legal entity or instance behind a customer: one line of the customer list. */
typedef struct
{
  char *name;      /* (owned) */
  char *reference; /* (owned) (nullable) */
  char *country;   /* (owned) (nullable): ISO 3166-1 alpha-2, or what a person wrote */
  gboolean active; /* FALSE: greyed out on the portal */
} LinkageCustomerEntry;

/* An organisation on the portal; immutable once shared. */
typedef struct
{
  char *id;                  /* (owned) */
  char *name;                /* (owned) */
  char *country;             /* (owned) (nullable) */
  gboolean accepts_requests; /* FALSE: it has switched connection requests off */
  GPtrArray *entries;        /* (owned) (element-type LinkageCustomerEntry), never NULL */
} LinkageCustomer;

GType linkage_customer_entry_get_type (void);
LinkageCustomerEntry *
linkage_customer_entry_new (const char *name, const char *reference, const char *country, gboolean active);
LinkageCustomerEntry *linkage_customer_entry_ref (LinkageCustomerEntry *entry);
void linkage_customer_entry_unref (LinkageCustomerEntry *entry);

GType linkage_customer_get_type (void);
LinkageCustomer *linkage_customer_new (const char *id, const char *name);
LinkageCustomer *linkage_customer_ref (LinkageCustomer *customer);
void linkage_customer_unref (LinkageCustomer *customer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCustomerEntry, linkage_customer_entry_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageCustomer, linkage_customer_unref)

G_END_DECLS
