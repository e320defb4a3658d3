/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-customers.h"

#include "portal-json.h"

static gboolean
load_entries (PortalStore *store, LinkageCustomer *customer, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT name, reference, country, active FROM customer_entries "
                                     "WHERE customer_id = ? ORDER BY number",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, customer->id);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (customer->entries, linkage_customer_entry_new (linkage_statement_get_text (statement, 0),
                                                                    linkage_statement_get_text (statement, 1),
                                                                    linkage_statement_get_text (statement, 2),
                                                                    linkage_statement_get_int (statement, 3) != 0));

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_customers_load:
 * @store: a store
 * @customer_id: a customer
 * @with_entries: whether its customer list comes along; only connected suppliers see it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the customer, NULL on error
 */
LinkageCustomer *
portal_customers_load (PortalStore *store, const char *customer_id, gboolean with_entries, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (LinkageCustomer) customer = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT name, country, accepts_requests FROM customers WHERE id = ?", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, customer_id);
  if (!portal_store_find_row (statement, "no such customer", error))
    return NULL;

  customer = linkage_customer_new (customer_id, linkage_statement_get_text (statement, 0));
  customer->country = g_strdup (linkage_statement_get_text (statement, 1));
  customer->accepts_requests = linkage_statement_get_int (statement, 2) != 0;
  if (with_entries && !load_entries (store, customer, error))
    return NULL;

  return g_steal_pointer (&customer);
}

/**
 * portal_customers_check_known:
 * @store: a store
 * @account_id: an account
 * @customer_id: what a client sent
 * @is_known: (out): whether the account has a row of the customer, or found it with one of its searches
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Searches are counted, so a customer that none of them found is as good as none.
 *
 * Returns: FALSE on error
 */
gboolean
portal_customers_check_known (PortalStore *store,
                              const char *account_id,
                              const char *customer_id,
                              gboolean *is_known,
                              GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && customer_id != NULL && is_known != NULL, FALSE);

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT EXISTS (SELECT 1 FROM connections WHERE account_id = ?1 AND customer_id = ?2) OR "
                           "EXISTS (SELECT 1 FROM search_hits JOIN searches ON searches.id = search_id "
                           "WHERE customer_id = ?2 AND account_id = ?1)",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  linkage_statement_bind_text (statement, 1, customer_id);
  if (linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *is_known = linkage_statement_get_int (statement, 0) != 0;
  return TRUE;
}

/**
 * portal_customer_add_json:
 * @builder: a builder that expects a value
 * @customer: a customer
 *
 * Adds the customer as `Customer` of data/openapi.yaml, with the entries that were loaded.
 */
void
portal_customer_add_json (JsonBuilder *builder, const LinkageCustomer *customer)
{
  guint i;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (customer != NULL);

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", customer->id);
  portal_json_add_string (builder, "name", customer->name);
  portal_json_add_string (builder, "country", customer->country);
  portal_json_add_boolean (builder, "accepts-requests", customer->accepts_requests);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (i = 0; i < customer->entries->len; i++)
    {
      const LinkageCustomerEntry *entry = g_ptr_array_index (customer->entries, i);

      json_builder_begin_object (builder);
      portal_json_add_string (builder, "name", entry->name);
      portal_json_add_string (builder, "reference", entry->reference);
      portal_json_add_string (builder, "country", entry->country);
      portal_json_add_boolean (builder, "active", entry->active);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
