/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-changes.h"

#include "portal-accounts.h"
#include "portal-connections.h"
#include "portal-error.h"
#include "portal-json.h"
#include "portal-state.h"

/* Whether every row that the client may hold is either still there or has its tombstone after the state. */
static gboolean
is_usable (const PortalState *state, const PortalLog *log)
{
  return log->horizon <= MAX (state->position, state->base) && state->position <= log->position;
}

static gboolean
parse_since (PortalStore *store,
             const char *account_id,
             const char *since,
             const PortalLog *log,
             PortalState *state,
             GError **error)
{
  if (since == NULL)
    {
      *state = (PortalState){ .position = 0, .base = log->horizon };
      return TRUE;
    }

  if (!portal_state_parse (store, account_id, since, state) || !is_usable (state, log))
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_STATE_UNUSABLE, "the state cannot be used");
      return FALSE;
    }

  return TRUE;
}

/* One page of the log after *position, which moves to the page's end. */
static gboolean
read_page (PortalStore *store,
           const char *account_id,
           guint limit,
           LinkageChanges *changes,
           gint64 *position,
           GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  LinkageStep step;
  guint n = 0;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT id, logged, removed_at IS NOT NULL FROM connections "
                                     "WHERE account_id = ? AND logged > ? ORDER BY logged LIMIT ?",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  linkage_statement_bind_int (statement, 1, *position);
  linkage_statement_bind_int (statement, 2, (gint64)limit + 1);

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      const char *id = linkage_statement_get_text (statement, 0);
      gint64 revision = linkage_statement_get_int (statement, 1);
      LinkageConnection *connection;

      if (n++ == limit)
        {
          changes->has_more = TRUE;
          return TRUE;
        }

      *position = revision;
      if (linkage_statement_get_int (statement, 2) != 0)
        {
          g_ptr_array_add (changes->removed, linkage_tombstone_new (id, revision));
          continue;
        }
      connection = portal_connections_load (store, account_id, id, error);
      if (connection == NULL)
        return FALSE;
      g_ptr_array_add (changes->changed, connection);
    }

  return step != LINKAGE_STEP_ERROR;
}

/**
 * portal_changes_read:
 * @store: a store in a transaction, with what is due written down
 * @account_id: an account
 * @user: who reads it
 * @since: (nullable): the state from which on; NULL: from the beginning
 * @limit: how many rows at most, 1 … PORTAL_CHANGES_LIMIT
 * @error: return location for an error of LINKAGE_DATABASE_ERROR, PORTAL_ERROR_NOT_FOUND or PORTAL_ERROR_STATE_UNUSABLE
 *
 * Reads one page of the account's change log. A page costs the same however many rows there are.
 *
 * Returns: (transfer full) (nullable): the page, NULL on error
 */
LinkageChanges *
portal_changes_read (PortalStore *store,
                     const char *account_id,
                     const PortalUser *user,
                     const char *since,
                     guint limit,
                     GError **error)
{
  g_autoptr (LinkageChanges) changes = NULL;
  PortalLog log;
  PortalState state;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && user != NULL, NULL);
  g_return_val_if_fail (limit >= 1 && limit <= PORTAL_CHANGES_LIMIT, NULL);

  if (!portal_accounts_get_log (store, account_id, &log, error) ||
      !parse_since (store, account_id, since, &log, &state, error))
    return NULL;

  changes = linkage_changes_new ();
  changes->old_state = g_strdup (since);
  changes->total = log.total;
  changes->account = portal_accounts_load (store, account_id, user, error);
  if (changes->account == NULL || !read_page (store, account_id, limit, changes, &state.position, error))
    return NULL;

  if (!changes->has_more)
    state = (PortalState){ .position = log.position };
  changes->new_state = portal_state_print (store, account_id, &state);

  return g_steal_pointer (&changes);
}

/**
 * portal_changes_get_newest_state:
 * @store: a store
 * @account_id: an account
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the state after the account's newest change, NULL on error
 */
char *
portal_changes_get_newest_state (PortalStore *store, const char *account_id, GError **error)
{
  PortalLog log;

  if (!portal_accounts_get_log (store, account_id, &log, error))
    return NULL;

  return portal_state_print (store, account_id, &(PortalState){ .position = log.position });
}

/**
 * portal_changes_bury:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Takes tombstones that are older than 60 days out of the change log. States from before them become unusable.
 *
 * Returns: whether it was written
 */
gboolean
portal_changes_bury (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) raise = NULL;
  g_autoptr (LinkageStatement) forget = NULL;
  gint64 before;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  before = portal_store_get_now (store) - PORTAL_CHANGES_TOMBSTONE_LIFETIME;
  raise =
    linkage_statement_get (portal_store_get_database (store),
                           "UPDATE accounts SET horizon = max (horizon, buried.newest) FROM "
                           "(SELECT account_id, max (logged) AS newest FROM connections INDEXED BY connections_removed "
                           "WHERE removed_at <= ? AND logged IS NOT NULL GROUP BY account_id) AS buried "
                           "WHERE accounts.id = buried.account_id",
                           error);
  if (raise == NULL)
    return FALSE;
  linkage_statement_bind_int (raise, 0, before);
  if (!linkage_statement_run (raise, error))
    return FALSE;

  forget =
    linkage_statement_get (portal_store_get_database (store),
                           "UPDATE connections SET logged = NULL WHERE removed_at <= ? AND logged IS NOT NULL", error);
  if (forget == NULL)
    return FALSE;
  linkage_statement_bind_int (forget, 0, before);

  return linkage_statement_run (forget, error);
}

/**
 * portal_changes_add_json:
 * @builder: a builder that expects a value
 * @changes: a page
 *
 * Adds the page as `Changes` of data/openapi.yaml.
 */
void
portal_changes_add_json (JsonBuilder *builder, const LinkageChanges *changes)
{
  guint i;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (changes != NULL);

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "old-state", changes->old_state);
  portal_json_add_string (builder, "new-state", changes->new_state);
  portal_json_add_boolean (builder, "has-more-changes", changes->has_more);
  portal_json_add_int (builder, "total", changes->total);
  json_builder_set_member_name (builder, "changed");
  json_builder_begin_array (builder);
  for (i = 0; i < changes->changed->len; i++)
    portal_connection_add_json (builder, g_ptr_array_index (changes->changed, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "removed");
  json_builder_begin_array (builder);
  for (i = 0; i < changes->removed->len; i++)
    {
      const LinkageTombstone *tombstone = g_ptr_array_index (changes->removed, i);

      json_builder_begin_object (builder);
      portal_json_add_string (builder, "id", tombstone->id);
      portal_json_add_int (builder, "revision", tombstone->revision);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "account");
  portal_account_add_json (builder, changes->account);
  json_builder_end_object (builder);
}
