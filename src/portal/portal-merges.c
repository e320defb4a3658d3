/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-merges.h"

#include "portal-json.h"
#include "portal-secret.h"

#define COLUMNS                                                                                                        \
  "SELECT merges.id, asking, one.name, asked, other.name, stays, note, requested_by, status, created_at, closed_at "   \
  "FROM merges JOIN accounts AS one ON one.id = asking JOIN accounts AS other ON other.id = asked "

static const char *const statuses[] = {
  [PORTAL_MERGE_OPEN] = "open",
  [PORTAL_MERGE_MERGED] = "merged",
  [PORTAL_MERGE_DECLINED] = "declined",
  [PORTAL_MERGE_WITHDRAWN] = "withdrawn",
};

/**
 * portal_merge_free:
 * @merge: (transfer full): a merge
 */
void
portal_merge_free (PortalMerge *merge)
{
  g_free (merge->id);
  g_free (merge->asking);
  g_free (merge->asking_name);
  g_free (merge->asked);
  g_free (merge->asked_name);
  g_free (merge->stays);
  g_free (merge->note);
  g_free (merge->requested_by);
  g_free (merge);
}

static gboolean
asked_goes (const PortalMerge *merge)
{
  return g_str_equal (merge->stays, merge->asking);
}

/**
 * portal_merge_get_goes:
 * @merge: a merge
 *
 * Returns: (transfer none): the account that is no more afterwards
 */
const char *
portal_merge_get_goes (const PortalMerge *merge)
{
  g_return_val_if_fail (merge != NULL, NULL);

  return asked_goes (merge) ? merge->asked : merge->asking;
}

/**
 * portal_merge_get_goes_name:
 * @merge: a merge
 *
 * Returns: (transfer none): the name of the account that is no more afterwards
 */
const char *
portal_merge_get_goes_name (const PortalMerge *merge)
{
  g_return_val_if_fail (merge != NULL, NULL);

  return asked_goes (merge) ? merge->asked_name : merge->asking_name;
}

static PortalMergeStatus
read_status (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (text, statuses[i]) == 0)
        return i;
    }

  g_return_val_if_reached (PORTAL_MERGE_WITHDRAWN);
}

static PortalMerge *
read_merge (LinkageStatement *statement)
{
  PortalMerge *merge = g_new0 (PortalMerge, 1);

  merge->id = g_strdup (linkage_statement_get_text (statement, 0));
  merge->asking = g_strdup (linkage_statement_get_text (statement, 1));
  merge->asking_name = g_strdup (linkage_statement_get_text (statement, 2));
  merge->asked = g_strdup (linkage_statement_get_text (statement, 3));
  merge->asked_name = g_strdup (linkage_statement_get_text (statement, 4));
  merge->stays = g_strdup (linkage_statement_get_text (statement, 5));
  merge->note = g_strdup (linkage_statement_get_text (statement, 6));
  merge->requested_by = g_strdup (linkage_statement_get_text (statement, 7));
  merge->status = read_status (linkage_statement_get_text (statement, 8));
  merge->created_at = linkage_statement_get_int (statement, 9);
  merge->closed_at = linkage_statement_get_int (statement, 10);

  return merge;
}

/**
 * portal_merges_load:
 * @store: a store
 * @account_id: one of the two accounts
 * @merge_id: a merge
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the merge, NULL on error
 */
PortalMerge *
portal_merges_load (PortalStore *store, const char *account_id, const char *merge_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && merge_id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     COLUMNS "WHERE merges.id = ?1 AND ?2 IN (asking, asked)", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, merge_id);
  linkage_statement_bind_text (statement, 1, account_id);

  return portal_store_find_row (statement, "no such merge", error) ? read_merge (statement) : NULL;
}

static void
free_merge (gpointer merge)
{
  portal_merge_free (merge);
}

/**
 * portal_merges_list:
 * @store: a store
 * @account_id: an account
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: (transfer full) (element-type PortalMerge) (nullable): the merges that the account asked for or was asked
 *   for, the open one first and then the latest, at most 100; NULL on error
 */
GPtrArray *
portal_merges_list (PortalStore *store, const char *account_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func (free_merge);
  LinkageStep step;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     COLUMNS "WHERE asking = ?1 OR asked = ?1 "
                                             "ORDER BY status <> 'open', created_at DESC, merges.id LIMIT 100",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, account_id);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (merges, read_merge (statement));

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&merges) : NULL;
}

/**
 * portal_merges_has_open:
 * @store: a store
 * @account_id: an account
 * @has_open: (out): whether it asks or is asked, and no answer has come
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_merges_has_open (PortalStore *store, const char *account_id, gboolean *has_open, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && has_open != NULL, FALSE);

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "SELECT EXISTS (SELECT 1 FROM merges WHERE status = 'open' AND ?1 IN (asking, asked))", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  if (linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *has_open = linkage_statement_get_int (statement, 0) != 0;
  return TRUE;
}

/* Programs of both learn of it by their account's state. */
static gboolean
advance_both (PortalStore *store, const char *asking, const char *asked, GError **error)
{
  return portal_store_advance (store, asking, NULL, error) && portal_store_advance (store, asked, NULL, error);
}

/**
 * portal_merges_create:
 * @store: a store in a transaction
 * @asking: the account that asks; it has no open merge
 * @asked: another one; neither has it
 * @asked_stays: whether @asked is the one that is there afterwards
 * @note: (nullable): what to say to the other account, at most 500 characters
 * @requested_by: the name of the user who asks
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: (transfer full) (nullable): the id of the new merge, NULL on error
 */
char *
portal_merges_create (PortalStore *store,
                      const char *asking,
                      const char *asked,
                      gboolean asked_stays,
                      const char *note,
                      const char *requested_by,
                      GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *id = portal_secret_new_id ();

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (asking != NULL && asked != NULL, NULL);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO merges (id, asking, asked, stays, note, requested_by, status, "
                                     "created_at) VALUES (?, ?, ?, ?, ?, ?, 'open', ?)",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, asking);
  linkage_statement_bind_text (statement, 2, asked);
  linkage_statement_bind_text (statement, 3, asked_stays ? asked : asking);
  linkage_statement_bind_text (statement, 4, note);
  linkage_statement_bind_text (statement, 5, requested_by);
  linkage_statement_bind_int (statement, 6, portal_store_get_now (store));
  if (!linkage_statement_run (statement, error) || !advance_both (store, asking, asked, error))
    return NULL;

  return g_steal_pointer (&id);
}

/**
 * portal_merges_close:
 * @store: a store in a transaction
 * @merge: an open merge; it says afterwards how it ended
 * @status: how
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
portal_merges_close (PortalStore *store, PortalMerge *merge, PortalMergeStatus status, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (merge != NULL && merge->status == PORTAL_MERGE_OPEN, FALSE);
  g_return_val_if_fail (status != PORTAL_MERGE_OPEN, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE merges SET status = ?, closed_at = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  merge->status = status;
  merge->closed_at = portal_store_get_now (store);
  linkage_statement_bind_text (statement, 0, statuses[status]);
  linkage_statement_bind_int (statement, 1, merge->closed_at);
  linkage_statement_bind_text (statement, 2, merge->id);

  return linkage_statement_run (statement, error) && advance_both (store, merge->asking, merge->asked, error);
}

/**
 * portal_merge_add_json:
 * @builder: a builder that expects a value
 * @merge: a merge
 * @account_id: which of its accounts looks at it
 *
 * Adds it as `Merge` of data/openapi.yaml.
 */
void
portal_merge_add_json (JsonBuilder *builder, const PortalMerge *merge, const char *account_id)
{
  gboolean is_asking;

  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (merge != NULL && account_id != NULL);

  is_asking = g_str_equal (account_id, merge->asking);
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", merge->id);
  portal_json_add_string (builder, "direction", is_asking ? "outgoing" : "incoming");
  json_builder_set_member_name (builder, "other");
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", is_asking ? merge->asked : merge->asking);
  portal_json_add_string (builder, "name", is_asking ? merge->asked_name : merge->asking_name);
  json_builder_end_object (builder);
  portal_json_add_string (builder, "stays", g_str_equal (account_id, merge->stays) ? "mine" : "theirs");
  portal_json_add_string (builder, "status", statuses[merge->status]);
  portal_json_add_string (builder, "note", merge->note);
  portal_json_add_string (builder, "requested-by", merge->requested_by);
  portal_json_add_time (builder, "created-at", merge->created_at);
  portal_json_add_time (builder, "closed-at", merge->closed_at);
  json_builder_end_object (builder);
}
