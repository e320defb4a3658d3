/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-customer-requests.h"

/* Columns of SELECT_REQUESTS, in its order. */
enum
{
  COLUMN_CONNECTION_ID,
  COLUMN_CUSTOMER_NAME,
  COLUMN_SUPPLIER_NAME,
  COLUMN_CONTACT_EMAIL,
  COLUMN_COMMENT,
  COLUMN_STATUS,
  COLUMN_NUMBER,
  COLUMN_REQUESTED_AT,
  COLUMN_EXPIRES_AT,
  COLUMN_RESPONDED_AT,
};

/* Those that wait come first, the most urgent at their head; then the others, the newest at their head. */
#define SELECT_REQUESTS                                                                                                \
  "SELECT c.id, customers.name, accounts.name, a.contact_email, a.comment, c.status, a.number, a.requested_at,"        \
  "       a.expires_at, a.responded_at"                                                                                \
  "  FROM connections AS c"                                                                                            \
  "  JOIN attempts AS a ON a.id = (SELECT max (id) FROM attempts WHERE connection_id = c.id)"                          \
  "  JOIN customers ON customers.id = c.customer_id"                                                                   \
  "  JOIN accounts ON accounts.id = c.account_id"                                                                      \
  " WHERE c.removed_at IS NULL AND (?1 IS NULL OR c.customer_id = ?1)"                                                 \
  " ORDER BY c.expires_at IS NULL, c.expires_at, a.requested_at DESC, c.id"

static PortalCustomerRequest *
read_request (LinkageStatement *statement)
{
  PortalCustomerRequest *request = g_new0 (PortalCustomerRequest, 1);

  request->connection_id = g_strdup (linkage_statement_get_text (statement, COLUMN_CONNECTION_ID));
  request->customer_name = g_strdup (linkage_statement_get_text (statement, COLUMN_CUSTOMER_NAME));
  request->supplier_name = g_strdup (linkage_statement_get_text (statement, COLUMN_SUPPLIER_NAME));
  request->contact_email = g_strdup (linkage_statement_get_text (statement, COLUMN_CONTACT_EMAIL));
  request->comment = g_strdup (linkage_statement_get_text (statement, COLUMN_COMMENT));
  request->status = linkage_status_from_string (linkage_statement_get_text (statement, COLUMN_STATUS));
  request->number = (guint)linkage_statement_get_int (statement, COLUMN_NUMBER);
  request->requested_at = linkage_statement_get_int (statement, COLUMN_REQUESTED_AT);
  request->expires_at = linkage_statement_get_int (statement, COLUMN_EXPIRES_AT);
  request->responded_at = linkage_statement_get_int (statement, COLUMN_RESPONDED_AT);

  return request;
}

/**
 * portal_customer_request_free:
 * @request: (transfer full): a request
 *
 * Frees it.
 */
void
portal_customer_request_free (PortalCustomerRequest *request)
{
  g_free (request->connection_id);
  g_free (request->customer_name);
  g_free (request->supplier_name);
  g_free (request->contact_email);
  g_free (request->comment);
  g_free (request);
}

/**
 * portal_customer_requests_read:
 * @store: a store whose due expiries are written
 * @customer_id: (nullable): whose requests; %NULL for those of all customers
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Reads what suppliers asked: the requests that wait for an answer first, the one that expires next at their head, then
 * the others, the newest at their head. A suggestion that nobody acted on is none of the customer's business.
 *
 * Returns: (transfer full) (element-type PortalCustomerRequest) (nullable): the requests, NULL on error
 */
GPtrArray *
portal_customer_requests_read (PortalStore *store, const char *customer_id, GError **error)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);

  statement = linkage_statement_get (portal_store_get_database (store), SELECT_REQUESTS, error);
  if (statement == NULL)
    return NULL;

  linkage_statement_bind_text (statement, 0, customer_id);
  requests = g_ptr_array_new_with_free_func ((GDestroyNotify)portal_customer_request_free);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (requests, read_request (statement));
  if (step == LINKAGE_STEP_ERROR)
    return NULL;

  return g_steal_pointer (&requests);
}
