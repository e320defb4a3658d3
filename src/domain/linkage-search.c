/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-search.h"

static const char *const states[] = {
  [LINKAGE_SEARCH_STATE_UNKNOWN] = "unknown",
  [LINKAGE_SEARCH_STATE_AVAILABLE] = "available",
  [LINKAGE_SEARCH_STATE_SUGGESTED] = "suggested",
  [LINKAGE_SEARCH_STATE_PENDING] = "pending",
  [LINKAGE_SEARCH_STATE_APPROVED] = "approved",
  [LINKAGE_SEARCH_STATE_EXPIRED] = "expired",
  [LINKAGE_SEARCH_STATE_REJECTED] = "rejected",
  [LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT] = "no-requests-left",
  [LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS] = "takes-no-requests",
};

G_DEFINE_BOXED_TYPE (LinkageSearchResult, linkage_search_result, linkage_search_result_ref, linkage_search_result_unref)
G_DEFINE_BOXED_TYPE (LinkageSearch, linkage_search, linkage_search_ref, linkage_search_unref)

static void
clear_result (LinkageSearchResult *result)
{
  linkage_customer_unref (result->customer);
  g_free (result->connection_id);
}

static void
clear_search (LinkageSearch *search)
{
  g_free (search->id);
  g_free (search->name);
  g_ptr_array_unref (search->results);
}

/**
 * linkage_search_state_from_string:
 * @string: (nullable): a result's state as the portal writes it
 *
 * Reads why a customer that a search found can or cannot be chosen.
 *
 * Returns: the state; %LINKAGE_SEARCH_STATE_UNKNOWN for any other word
 */
LinkageSearchState
linkage_search_state_from_string (const char *string)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i], string) == 0)
        return i;
    }

  return LINKAGE_SEARCH_STATE_UNKNOWN;
}

/**
 * linkage_search_state_to_string:
 * @state: a result's state
 *
 * Writes a result's state as the portal does.
 *
 * Returns: (transfer none): the state's word
 */
const char *
linkage_search_state_to_string (LinkageSearchState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state];
}

/**
 * linkage_search_result_new:
 * @customer: the customer that was found; a reference is taken
 * @state: why it can or cannot be chosen
 *
 * Makes a result for the caller to fill in before it is shared: one without a row and on which nothing may be done.
 *
 * Returns: (transfer full): a new result
 */
LinkageSearchResult *
linkage_search_result_new (LinkageCustomer *customer, LinkageSearchState state)
{
  LinkageSearchResult *result = NULL;

  g_return_val_if_fail (customer != NULL, NULL);

  result = g_atomic_rc_box_new0 (LinkageSearchResult);
  result->customer = linkage_customer_ref (customer);
  result->state = state;

  return result;
}

/**
 * linkage_search_result_ref:
 * @result: a search's result
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @result
 */
LinkageSearchResult *
linkage_search_result_ref (LinkageSearchResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);

  return g_atomic_rc_box_acquire (result);
}

/**
 * linkage_search_result_unref:
 * @result: (transfer full): a search's result
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_search_result_unref (LinkageSearchResult *result)
{
  g_return_if_fail (result != NULL);

  g_atomic_rc_box_release_full (result, (GDestroyNotify)clear_result);
}

/**
 * linkage_search_new:
 * @id: the search's id on the portal
 * @name: the name that was searched, as it was typed
 *
 * Makes a search for the caller to fill in before it is shared: one without results.
 *
 * Returns: (transfer full): a new search
 */
LinkageSearch *
linkage_search_new (const char *id, const char *name)
{
  LinkageSearch *search = NULL;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  search = g_atomic_rc_box_new0 (LinkageSearch);
  search->id = g_strdup (id);
  search->name = g_strdup (name);
  search->results = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_search_result_unref);

  return search;
}

/**
 * linkage_search_ref:
 * @search: a search
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @search
 */
LinkageSearch *
linkage_search_ref (LinkageSearch *search)
{
  g_return_val_if_fail (search != NULL, NULL);

  return g_atomic_rc_box_acquire (search);
}

/**
 * linkage_search_unref:
 * @search: (transfer full): a search
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_search_unref (LinkageSearch *search)
{
  g_return_if_fail (search != NULL);

  g_atomic_rc_box_release_full (search, (GDestroyNotify)clear_search);
}
