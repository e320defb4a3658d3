/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-merge-apply.h"

/* Runs a statement with texts for its parameters. */
static gboolean
run (PortalStore *store, const char *sql, const char *first, const char *second, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (portal_store_get_database (store), sql, error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, first);
  if (second != NULL)
    linkage_statement_bind_text (statement, 1, second);

  return linkage_statement_run (statement, error);
}

/* Two rows become the one of the account that stays: its id is known to that account's programs. */
static gboolean
join_rows (PortalStore *store, const PortalMergeEntry *entry, GError **error)
{
  const char *row = entry->stays.id;
  const char *other = entry->goes.id;

  if (row == NULL || other == NULL)
    return TRUE;
  if (portal_merge_entry_get_survivor (entry) == &entry->goes &&
      (!run (store, "DELETE FROM attempts WHERE connection_id = ?", row, NULL, error) ||
       !run (store, "UPDATE attempts SET connection_id = ?1 WHERE connection_id = ?2", row, other, error)))
    return FALSE;

  return run (store, "DELETE FROM connections WHERE id = ?", other, NULL, error);
}

/* position: 0 where no program of the account ever heard of the row */
static gboolean
write_row (PortalStore *store,
           const PortalMergePlan *plan,
           const PortalMergeEntry *entry,
           gint64 position,
           GError **error)
{
  const PortalMergeSide *survivor = portal_merge_entry_get_survivor (entry);
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    portal_store_get_database (store),
    "UPDATE connections SET account_id = ?2, origin = ?3, status = ?4, requests_used = ?5, was_rejected = ?6, "
    "removed_at = iif (?7, coalesce (removed_at, ?8), NULL), "
    "expires_at = iif (?4 = 'pending' AND NOT ?7, "
    "(SELECT max (expires_at) FROM attempts WHERE connection_id = ?1 AND outcome = 'pending'), NULL), "
    "revision = iif (?9 > 0, ?9, revision), "
    "logged = iif (?9 > 0, ?9, iif (account_id = ?2, logged, NULL)) WHERE id = ?1",
    error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, entry->stays.id != NULL ? entry->stays.id : entry->goes.id);
  linkage_statement_bind_text (statement, 1, plan->stays);
  linkage_statement_bind_text (statement, 2, linkage_origin_to_string (survivor->origin));
  linkage_statement_bind_text (statement, 3, linkage_status_to_string (survivor->status));
  linkage_statement_bind_int (statement, 4, entry->outcome.requests_used);
  linkage_statement_bind_int (statement, 5, entry->outcome.was_rejected);
  linkage_statement_bind_int (statement, 6, entry->outcome.fate == LINKAGE_MERGE_REMOVED);
  linkage_statement_bind_int (statement, 7, portal_store_get_now (store));
  linkage_statement_bind_int (statement, 8, position);

  return linkage_statement_run (statement, error);
}

static gboolean
is_as_before (const PortalMergeEntry *entry)
{
  return entry->outcome.fate == LINKAGE_MERGE_STAYS && entry->goes.id == NULL;
}

static gboolean
apply_entry (PortalStore *store, const PortalMergePlan *plan, const PortalMergeEntry *entry, GError **error)
{
  gboolean is_told = entry->stays.is_shown || entry->outcome.fate != LINKAGE_MERGE_REMOVED;
  gint64 position = 0;

  if (is_as_before (entry))
    return TRUE;
  if (is_told && !portal_store_advance (store, plan->stays, &position, error))
    return FALSE;

  return join_rows (store, entry, error) && write_row (store, plan, entry, position, error);
}

static gboolean
apply_entries (PortalStore *store, const PortalMergePlan *plan, const GPtrArray *entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      if (!apply_entry (store, plan, g_ptr_array_index (entries, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Who is in both accounts keeps the role that they have in the one that stays. */
static gboolean
move_people (PortalStore *store, const PortalMergePlan *plan, GError **error)
{
  return run (store,
              "INSERT INTO members (user_id, account_id, role) SELECT user_id, ?1, 'user' FROM members "
              "WHERE account_id = ?2 ON CONFLICT (user_id, account_id) DO NOTHING",
              plan->stays, plan->goes, error) &&
         run (store, "UPDATE searches SET account_id = ?1 WHERE account_id = ?2", plan->stays, plan->goes, error) &&
         run (store, "DELETE FROM challenges WHERE account_id = ?", plan->goes, NULL, error);
}

static gboolean
close_account (PortalStore *store, const PortalMergePlan *plan, GError **error)
{
  return run (store, "UPDATE accounts SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2", plan->stays, plan->goes,
              error) &&
         run (store,
              "UPDATE accounts SET total = (SELECT count (*) FROM connections WHERE account_id = accounts.id "
              "AND removed_at IS NULL) WHERE id IN (?1, ?2)",
              plan->stays, plan->goes, error);
}

static gboolean
set_searches_left (PortalStore *store, const PortalMergePlan *plan, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (portal_store_get_database (store),
                           "UPDATE accounts SET searches_used = max (searches_limit - ?1, 0) WHERE id = ?2", error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, plan->searches_left);
  linkage_statement_bind_text (statement, 1, plan->stays);

  return linkage_statement_run (statement, error);
}

/**
 * portal_merge_apply:
 * @store: a store in the transaction in which the plan was made
 * @plan: what a merge does
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Does it: rows, searches and people of one account come into the other, whose change log tells of all of it. The one
 * that goes stays as a name that says where its rows are.
 *
 * Returns: whether it was written
 */
gboolean
portal_merge_apply (PortalStore *store, const PortalMergePlan *plan, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  return apply_entries (store, plan, plan->entries, error) && apply_entries (store, plan, plan->memories, error) &&
         move_people (store, plan, error) && set_searches_left (store, plan, error) &&
         close_account (store, plan, error) && portal_store_advance (store, plan->stays, NULL, error) &&
         portal_store_advance (store, plan->goes, NULL, error);
}
