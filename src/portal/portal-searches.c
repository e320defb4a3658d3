/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-searches.h"

#include "linkage-text.h"
#include "portal-connections.h"
#include "portal-customers.h"
#include "portal-json.h"
#include "portal-secret.h"

/**
 * portal_searches_fold:
 * @name: a name
 *
 * Folds a name so that case, accents, width and spaces make no difference: a customer's for the table, a person's for
 * looking it up.
 *
 * Returns: (transfer full): the folded name, empty where nothing of @name counts
 */
char *
portal_searches_fold (const char *name)
{
  g_autofree char *spelling = linkage_text_fold_name (name);

  return linkage_text_fold_filter (spelling);
}

static gboolean
insert_search (PortalStore *store, const char *account_id, const char *id, const char *name, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO searches (id, account_id, name, created_at) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, account_id);
  linkage_statement_bind_text (statement, 2, name);
  linkage_statement_bind_int (statement, 3, portal_store_get_now (store));

  return linkage_statement_run (statement, error);
}

static gboolean
insert_hits (PortalStore *store, const char *id, const char *name, GError **error)
{
  g_autoptr (LinkageStatement) hits = NULL;
  g_autoptr (LinkageStatement) total = NULL;
  g_autofree char *folded = portal_searches_fold (name);

  hits = linkage_statement_get (
    portal_store_get_database (store),
    "INSERT INTO search_hits (search_id, number, customer_id) "
    "SELECT ?1, row_number () OVER (ORDER BY folded, id) - 1, id FROM customers WHERE instr (folded, ?2) > 0 "
    "OR EXISTS (SELECT 1 FROM customer_entries WHERE customer_id = id AND instr (customer_entries.folded, ?2) > 0)",
    error);
  if (hits == NULL)
    return FALSE;
  linkage_statement_bind_text (hits, 0, id);
  linkage_statement_bind_text (hits, 1, folded);
  if (!linkage_statement_run (hits, error))
    return FALSE;

  total = linkage_statement_get (
    portal_store_get_database (store),
    "UPDATE searches SET total = (SELECT count (*) FROM search_hits WHERE search_id = ?1) WHERE id = ?1", error);
  if (total == NULL)
    return FALSE;
  linkage_statement_bind_text (total, 0, id);

  return linkage_statement_run (total, error);
}

/**
 * portal_searches_create:
 * @store: a store in a transaction
 * @account_id: the account that searches; that it may is known
 * @name: what to look for, as it was typed; what portal_searches_fold() makes of it is not empty
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Looks for @name in the names of customers and of their entries, without regard to case, accents and width.
 *
 * Returns: (transfer full) (nullable): the search's id, NULL on error
 */
char *
portal_searches_create (PortalStore *store, const char *account_id, const char *name, GError **error)
{
  g_autofree char *id = portal_secret_new_id ();

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && name != NULL, NULL);

  if (!insert_search (store, account_id, id, name, error) || !insert_hits (store, id, name, error))
    return NULL;

  return g_steal_pointer (&id);
}

static LinkageSearchState
get_state (const LinkageRuleState *rules, gint64 now)
{
  switch (linkage_rules_get_refusal (rules, now))
    {
    case LINKAGE_REFUSAL_ALREADY_PENDING:
      return LINKAGE_SEARCH_STATE_PENDING;
    case LINKAGE_REFUSAL_ALREADY_CONNECTED:
      return LINKAGE_SEARCH_STATE_APPROVED;
    case LINKAGE_REFUSAL_REJECTED:
      return LINKAGE_SEARCH_STATE_REJECTED;
    case LINKAGE_REFUSAL_NO_REQUESTS_LEFT:
      return LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT;
    case LINKAGE_REFUSAL_TAKES_NO_REQUESTS:
      return LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS;
    case LINKAGE_REFUSAL_NONE:
    case LINKAGE_REFUSAL_NOT_SUGGESTED:
    case LINKAGE_REFUSAL_ALREADY_LISTED:
    case LINKAGE_REFUSAL_NOT_EXPIRED:
    case LINKAGE_REFUSAL_NO_SEARCHES_LEFT:
    case LINKAGE_REFUSAL_ROLE_REQUIRED:
    default:
      break;
    }

  if (!rules->exists)
    return LINKAGE_SEARCH_STATE_AVAILABLE;
  return rules->status == LINKAGE_STATUS_SUGGESTED ? LINKAGE_SEARCH_STATE_SUGGESTED : LINKAGE_SEARCH_STATE_EXPIRED;
}

static LinkageSearchResult *
load_result (PortalStore *store, const char *account_id, const char *customer_id, GError **error)
{
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autofree char *connection_id = NULL;
  LinkageSearchResult *result;
  LinkageSearchState state;
  LinkageRuleState rules;
  gint64 now = portal_store_get_now (store);

  if (!portal_connections_load_rules (store, account_id, customer_id, &rules, &connection_id, error))
    return NULL;
  state = get_state (&rules, now);
  customer = portal_customers_load (store, customer_id, state == LINKAGE_SEARCH_STATE_APPROVED, error);
  if (customer == NULL)
    return NULL;

  result = linkage_search_result_new (customer, state);
  result->connection_id = g_steal_pointer (&connection_id);
  result->actions = linkage_rules_get_actions (&rules, now);

  return result;
}

static gboolean
load_results (PortalStore *store,
              const char *account_id,
              LinkageSearch *search,
              gint64 offset,
              gint64 limit,
              GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT customer_id FROM search_hits "
                                     "WHERE search_id = ? AND number >= ? ORDER BY number LIMIT ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, search->id);
  linkage_statement_bind_int (statement, 1, offset);
  linkage_statement_bind_int (statement, 2, limit);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageSearchResult *result = load_result (store, account_id, linkage_statement_get_text (statement, 0), error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (search->results, result);
    }

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_searches_load:
 * @store: a store in a transaction, with what is due written down
 * @account_id: the account that asks
 * @search_id: one of its searches
 * @offset: how many results to leave out
 * @limit: how many to give at most, 1 … PORTAL_SEARCHES_LIMIT
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Reads one page of a search: the customers that it found then, with their states of now.
 *
 * Returns: (transfer full) (nullable): the page, NULL on error
 */
LinkageSearch *
portal_searches_load (PortalStore *store,
                      const char *account_id,
                      const char *search_id,
                      gint64 offset,
                      gint64 limit,
                      GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (LinkageSearch) search = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && search_id != NULL, NULL);

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT name, created_at, total FROM searches WHERE id = ? AND account_id = ?", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, search_id);
  linkage_statement_bind_text (statement, 1, account_id);
  if (!portal_store_find_row (statement, "no such search", error))
    return NULL;

  search = linkage_search_new (search_id, linkage_statement_get_text (statement, 0));
  search->created_at = linkage_statement_get_int (statement, 1);
  search->total = (guint)linkage_statement_get_int (statement, 2);
  if (!load_results (store, account_id, search, offset, limit, error))
    return NULL;

  return g_steal_pointer (&search);
}

static void
add_result (JsonBuilder *builder, const LinkageSearchResult *result)
{
  static const LinkageActions actions[] = { LINKAGE_ACTIONS_REQUEST, LINKAGE_ACTIONS_CONNECT, LINKAGE_ACTIONS_RESEND };
  gsize i;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "customer");
  portal_customer_add_json (builder, result->customer);
  portal_json_add_string (builder, "state", linkage_search_state_to_string (result->state));
  portal_json_add_string (builder, "connection-id", result->connection_id);
  json_builder_set_member_name (builder, "actions");
  json_builder_begin_array (builder);
  for (i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (result->actions & actions[i])
        json_builder_add_string_value (builder, linkage_action_to_string (actions[i]));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * portal_search_add_json:
 * @builder: a builder that expects a value
 * @search: a page of a search
 *
 * Adds the page as `Search` of data/openapi.yaml.
 */
void
portal_search_add_json (JsonBuilder *builder, const LinkageSearch *search)
{
  guint i;

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", search->id);
  portal_json_add_string (builder, "name", search->name);
  portal_json_add_time (builder, "created-at", search->created_at);
  portal_json_add_int (builder, "total", search->total);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (i = 0; i < search->results->len; i++)
    add_result (builder, g_ptr_array_index (search->results, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
