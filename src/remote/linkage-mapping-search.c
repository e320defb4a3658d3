/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-search.h"

#include "linkage-mapping-account.h"
#include "linkage-mapping-connection.h"
#include "linkage-mapping-limits.h"

/**
 * linkage_search_created_free:
 * @created: (transfer full): a reply to a search
 *
 * Frees the reply and what it still owns.
 */
void
linkage_search_created_free (LinkageSearchCreated *created)
{
  g_return_if_fail (created != NULL);

  g_clear_pointer (&created->search, linkage_search_unref);
  g_clear_pointer (&created->account, linkage_account_info_unref);
  g_free (created);
}

static gboolean
read_connection_id (const LinkageJsonReader *reader, char **id, GError **error)
{
  if (linkage_json_reader_is_null (reader, "connection-id"))
    return TRUE;

  return linkage_json_reader_read_id (reader, "connection-id", id, error);
}

/* A state that is not known is no reason to refuse the search, but nothing can be done with its result. */
static gpointer
read_result (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageSearchResult) result = NULL;
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autofree char *state = NULL;

  customer = linkage_json_reader_read_value (reader, "customer", linkage_mapping_read_customer, error);
  if (customer == NULL || !linkage_json_reader_read_text (reader, "state", LINKAGE_MAX_WORD, &state, error))
    return NULL;

  result = linkage_search_result_new (customer, linkage_search_state_from_string (state));
  if (!read_connection_id (reader, &result->connection_id, error) ||
      !linkage_mapping_read_actions (reader, &result->actions, error))
    return NULL;
  if (result->state == LINKAGE_SEARCH_STATE_UNKNOWN)
    result->actions = LINKAGE_ACTIONS_NONE;

  return g_steal_pointer (&result);
}

/**
 * linkage_mapping_read_search:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads one page of a search.
 *
 * Returns: (transfer full) (nullable) (type LinkageSearch): the search, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_search (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageSearch) search = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error) ||
      !linkage_json_reader_read_text (reader, "name", LINKAGE_MAX_NAME, &name, error))
    return NULL;

  search = linkage_search_new (id, name);
  if (!linkage_json_reader_read_time (reader, "created-at", &search->created_at, error) ||
      !linkage_json_reader_read_count (reader, "total", 0, G_MAXINT, &search->total, error) ||
      !linkage_json_reader_read_list (reader, "results", LINKAGE_MAX_SEARCH_RESULTS, read_result, search->results,
                                      error))
    return NULL;

  return g_steal_pointer (&search);
}

/**
 * linkage_mapping_read_search_created:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads the reply to a search that was counted.
 *
 * Returns: (transfer full) (nullable) (type LinkageSearchCreated): the reply, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_search_created (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageSearchCreated) created = g_new0 (LinkageSearchCreated, 1);

  created->search = linkage_json_reader_read_value (reader, "search", linkage_mapping_read_search, error);
  if (created->search == NULL)
    return NULL;
  created->account = linkage_json_reader_read_value (reader, "account", linkage_mapping_read_account, error);
  if (created->account == NULL)
    return NULL;

  return g_steal_pointer (&created);
}
