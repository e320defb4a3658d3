/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-customer.h"

G_DEFINE_BOXED_TYPE (LinkageCustomerEntry,
                     linkage_customer_entry,
                     linkage_customer_entry_ref,
                     linkage_customer_entry_unref)
G_DEFINE_BOXED_TYPE (LinkageCustomer, linkage_customer, linkage_customer_ref, linkage_customer_unref)

static void
clear_entry (LinkageCustomerEntry *entry)
{
  g_free (entry->name);
  g_free (entry->reference);
  g_free (entry->country);
}

static void
clear_customer (LinkageCustomer *customer)
{
  g_free (customer->id);
  g_free (customer->name);
  g_free (customer->country);
  g_ptr_array_unref (customer->entries);
}

/**
 * linkage_customer_entry_new:
 * @name: the entry's name
 * @reference: (nullable): the customer's own number for it
 * @country: (nullable): ISO 3166-1 alpha-2
 * @active: %FALSE when the portal shows it greyed out
 *
 * Makes one line of a customer list.
 *
 * Returns: (transfer full): a new entry
 */
LinkageCustomerEntry *
linkage_customer_entry_new (const char *name, const char *reference, const char *country, gboolean active)
{
  LinkageCustomerEntry *entry = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  entry = g_atomic_rc_box_new0 (LinkageCustomerEntry);
  entry->name = g_strdup (name);
  entry->reference = g_strdup (reference);
  entry->country = g_strdup (country);
  entry->active = active;

  return entry;
}

/**
 * linkage_customer_entry_ref:
 * @entry: a customer entry
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @entry
 */
LinkageCustomerEntry *
linkage_customer_entry_ref (LinkageCustomerEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  return g_atomic_rc_box_acquire (entry);
}

/**
 * linkage_customer_entry_unref:
 * @entry: (transfer full): a customer entry
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_customer_entry_unref (LinkageCustomerEntry *entry)
{
  g_return_if_fail (entry != NULL);

  g_atomic_rc_box_release_full (entry, (GDestroyNotify)clear_entry);
}

/**
 * linkage_customer_new:
 * @id: the customer's id on the portal
 * @name: the customer's name
 *
 * Makes a customer for the caller to fill in before it is shared: one that takes requests and has no entries.
 *
 * Returns: (transfer full): a new customer
 */
LinkageCustomer *
linkage_customer_new (const char *id, const char *name)
{
  LinkageCustomer *customer = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  customer = g_atomic_rc_box_new0 (LinkageCustomer);
  customer->id = g_strdup (id);
  customer->name = g_strdup (name);
  customer->accepts_requests = TRUE;
  customer->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_customer_entry_unref);

  return customer;
}

/**
 * linkage_customer_ref:
 * @customer: a customer
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @customer
 */
LinkageCustomer *
linkage_customer_ref (LinkageCustomer *customer)
{
  g_return_val_if_fail (customer != NULL, NULL);

  return g_atomic_rc_box_acquire (customer);
}

/**
 * linkage_customer_unref:
 * @customer: (transfer full): a customer
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_customer_unref (LinkageCustomer *customer)
{
  g_return_if_fail (customer != NULL);

  g_atomic_rc_box_release_full (customer, (GDestroyNotify)clear_customer);
}
