/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-merge-plan.h"

#include "linkage-rules.h"
#include "portal-json.h"

/* Columns of a side, in the order in which read_side() takes them. */
#define SIDE(name)                                                                                                     \
  name ".id, " name ".revision, " name ".removed_at IS NULL, " name ".origin, " name ".status, " name                  \
       ".requests_used, " name ".was_rejected, (SELECT max (requested_at) FROM attempts WHERE connection_id = " name   \
       ".id)"
#define N_SIDE_COLUMNS 8

#define SIDES SIDE ("a") ", " SIDE ("b") " "

/* By way of the customers: a join of the two lists with each other would compare every row with every other. */
#define SELECT_BOTH                                                                                                    \
  "SELECT customers.id, customers.name, " SIDES "FROM (SELECT customer_id FROM connections WHERE account_id = ?1 "     \
  "UNION SELECT customer_id FROM connections WHERE account_id = ?2) AS listed "                                        \
  "JOIN customers ON customers.id = listed.customer_id "                                                               \
  "LEFT JOIN connections AS a ON a.account_id = ?1 AND a.customer_id = customers.id "                                  \
  "LEFT JOIN connections AS b ON b.account_id = ?2 AND b.customer_id = customers.id "                                  \
  "ORDER BY customers.folded, customers.id"

static void
free_entry (gpointer data)
{
  PortalMergeEntry *entry = data;

  g_free (entry->customer_id);
  g_free (entry->customer_name);
  g_free (entry->stays.id);
  g_free (entry->goes.id);
  g_free (entry);
}

/**
 * portal_merge_plan_free:
 * @plan: (transfer full): a plan
 */
void
portal_merge_plan_free (PortalMergePlan *plan)
{
  g_free (plan->stays);
  g_free (plan->goes);
  g_ptr_array_unref (plan->entries);
  g_ptr_array_unref (plan->memories);
  g_free (plan->state);
  g_free (plan);
}

static void
read_side (LinkageStatement *statement, int first, PortalMergeSide *side)
{
  if (linkage_statement_is_null (statement, first))
    return;

  side->id = g_strdup (linkage_statement_get_text (statement, first));
  side->revision = linkage_statement_get_int (statement, first + 1);
  side->is_shown = linkage_statement_get_int (statement, first + 2) != 0;
  linkage_origin_from_string (linkage_statement_get_text (statement, first + 3), &side->origin);
  side->status = linkage_status_from_string (linkage_statement_get_text (statement, first + 4));
  side->requests_used = (guint)linkage_statement_get_int (statement, first + 5);
  side->was_rejected = linkage_statement_get_int (statement, first + 6) != 0;
  side->requested_at = linkage_statement_get_int (statement, first + 7);
}

/* What the domain's rule looks at. (transfer full) (nullable) */
static LinkageConnection *
make_connection (const PortalMergeSide *side, LinkageCustomer *customer)
{
  LinkageConnection *connection = NULL;

  if (!side->is_shown)
    return NULL;

  connection = linkage_connection_new (side->id, customer);
  connection->origin = side->origin;
  connection->status = side->status;
  connection->requests_used = side->requests_used;
  connection->was_rejected = side->was_rejected;
  if (side->requested_at != 0)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = side->requests_used;
      attempt->requested_at = side->requested_at;
      attempt->expires_at = linkage_rules_get_expiry (side->requested_at);
      attempt->outcome = side->status;
      g_ptr_array_add (connection->attempts, attempt);
    }

  return connection;
}

static gboolean
has_history (const PortalMergeSide *side)
{
  return side->requests_used > 0 || side->was_rejected;
}

/* What was used is remembered of rows that no table shows, too, and a customer with any history is never suggested. */
static void
remember (PortalMergeEntry *entry)
{
  LinkageMergeOutcome *outcome = &entry->outcome;
  const PortalMergeSide *survivor = outcome->from_b ? &entry->goes : &entry->stays;

  outcome->requests_used = MAX (outcome->requests_used, MAX (entry->stays.requests_used, entry->goes.requests_used));
  outcome->was_rejected = outcome->was_rejected || entry->stays.was_rejected || entry->goes.was_rejected;
  if (survivor->is_shown && survivor->status == LINKAGE_STATUS_SUGGESTED &&
      (has_history (&entry->stays) || has_history (&entry->goes)))
    outcome->fate = LINKAGE_MERGE_REMOVED;
}

static PortalMergeEntry *
read_entry (PortalStore *store, LinkageStatement *statement)
{
  PortalMergeEntry *entry = g_new0 (PortalMergeEntry, 1);
  g_autoptr (LinkageCustomer) customer = NULL;
  g_autoptr (LinkageConnection) stays = NULL;
  g_autoptr (LinkageConnection) goes = NULL;

  entry->customer_id = g_strdup (linkage_statement_get_text (statement, 0));
  entry->customer_name = g_strdup (linkage_statement_get_text (statement, 1));
  read_side (statement, 2, &entry->stays);
  read_side (statement, 2 + N_SIDE_COLUMNS, &entry->goes);

  customer = linkage_customer_new (entry->customer_id, entry->customer_name);
  stays = make_connection (&entry->stays, customer);
  goes = make_connection (&entry->goes, customer);
  linkage_merge_pair (stays, goes, portal_store_get_now (store), &entry->outcome);
  remember (entry);

  return entry;
}

static gboolean
read_entries (PortalStore *store, PortalMergePlan *plan, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (portal_store_get_database (store), SELECT_BOTH, error);
  LinkageStep step;

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, plan->stays);
  linkage_statement_bind_text (statement, 1, plan->goes);
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      PortalMergeEntry *entry = read_entry (store, statement);

      if (!entry->stays.is_shown && !entry->goes.is_shown)
        {
          g_ptr_array_add (plan->memories, entry);
          continue;
        }
      g_ptr_array_add (plan->entries, entry);
      plan->counts[entry->outcome.fate]++;
    }

  return step == LINKAGE_STEP_DONE;
}

static gboolean
read_searches_left (PortalStore *store, const char *account_id, guint *left, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    portal_store_get_database (store), "SELECT searches_used, searches_limit FROM accounts WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, account_id);
  if (!portal_store_find_row (statement, "no such account", error))
    return FALSE;

  *left = linkage_rules_get_searches_left ((guint)linkage_statement_get_int (statement, 0),
                                           (guint)linkage_statement_get_int (statement, 1));
  return TRUE;
}

static void
add_entries (GString *text, const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const PortalMergeEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d %u %d\n", entry->customer_id,
                              entry->stays.revision, entry->goes.revision, entry->outcome.fate, entry->outcome.from_b,
                              entry->outcome.requests_used, entry->outcome.was_rejected);
    }
}

static char *
make_state (const PortalMergePlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s\n%u\n", plan->stays, plan->goes, plan->searches_left);
  add_entries (text, plan->entries);
  add_entries (text, plan->memories);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

/**
 * portal_merge_plan_new:
 * @store: a store in a transaction, with what is due written down
 * @stays: the account that stays
 * @goes: the account that is merged into it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Finds out what the merge would do.
 *
 * Returns: (transfer full) (nullable): the plan, NULL on error
 */
PortalMergePlan *
portal_merge_plan_new (PortalStore *store, const char *stays, const char *goes, GError **error)
{
  g_autoptr (PortalMergePlan) plan = NULL;
  guint left_stays, left_goes;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (stays != NULL && goes != NULL, NULL);

  plan = g_new0 (PortalMergePlan, 1);
  plan->stays = g_strdup (stays);
  plan->goes = g_strdup (goes);
  plan->entries = g_ptr_array_new_with_free_func (free_entry);
  plan->memories = g_ptr_array_new_with_free_func (free_entry);
  if (!read_entries (store, plan, error) || !read_searches_left (store, stays, &left_stays, error) ||
      !read_searches_left (store, goes, &left_goes, error))
    return NULL;

  plan->searches_left = linkage_merge_searches_left (left_stays, left_goes);
  plan->state = make_state (plan);

  return g_steal_pointer (&plan);
}

/**
 * portal_merge_entry_get_survivor:
 * @entry: what is to become of one customer's rows
 *
 * Returns: (transfer none): the side whose status, origin and attempts stand afterwards
 */
const PortalMergeSide *
portal_merge_entry_get_survivor (const PortalMergeEntry *entry)
{
  gboolean is_memory;

  g_return_val_if_fail (entry != NULL, NULL);

  is_memory = !entry->stays.is_shown && !entry->goes.is_shown;
  if (is_memory)
    return entry->stays.id != NULL ? &entry->stays : &entry->goes;

  return entry->outcome.from_b ? &entry->goes : &entry->stays;
}

static void
add_status (JsonBuilder *builder, const char *name, const PortalMergeSide *side)
{
  portal_json_add_string (builder, name, side->is_shown ? linkage_status_to_string (side->status) : NULL);
}

static void
add_entry (JsonBuilder *builder, const PortalMergeEntry *entry)
{
  static const char *const fates[] = {
    [LINKAGE_MERGE_STAYS] = "stays",
    [LINKAGE_MERGE_COMES_OVER] = "comes-over",
    [LINKAGE_MERGE_CONSOLIDATED] = "consolidated",
    [LINKAGE_MERGE_REMOVED] = "removed",
  };
  const PortalMergeSide *survivor = portal_merge_entry_get_survivor (entry);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "customer");
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", entry->customer_id);
  portal_json_add_string (builder, "name", entry->customer_name);
  json_builder_end_object (builder);
  portal_json_add_string (builder, "fate", fates[entry->outcome.fate]);
  add_status (builder, "status", survivor);
  add_status (builder, "status-staying", &entry->stays);
  add_status (builder, "status-going", &entry->goes);
  portal_json_add_int (builder, "requests-used", entry->outcome.requests_used);
  portal_json_add_boolean (builder, "was-rejected", entry->outcome.was_rejected);
  json_builder_end_object (builder);
}

/**
 * portal_merge_plan_add_json:
 * @builder: a builder in an object
 * @plan: a plan
 * @offset: the first row of the page
 * @limit: how many rows at most
 *
 * Adds the members of `MergePreview` of data/openapi.yaml that come of the plan.
 */
void
portal_merge_plan_add_json (JsonBuilder *builder, const PortalMergePlan *plan, guint offset, guint limit)
{
  g_return_if_fail (JSON_IS_BUILDER (builder));
  g_return_if_fail (plan != NULL);

  portal_json_add_string (builder, "state", plan->state);
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  portal_json_add_int (builder, "stays", plan->counts[LINKAGE_MERGE_STAYS]);
  portal_json_add_int (builder, "comes-over", plan->counts[LINKAGE_MERGE_COMES_OVER]);
  portal_json_add_int (builder, "consolidated", plan->counts[LINKAGE_MERGE_CONSOLIDATED]);
  portal_json_add_int (builder, "removed", plan->counts[LINKAGE_MERGE_REMOVED]);
  json_builder_end_object (builder);
  portal_json_add_int (builder, "searches-left", plan->searches_left);
  portal_json_add_int (builder, "total", plan->entries->len);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = offset; i < plan->entries->len && i - offset < limit; i++)
    add_entry (builder, g_ptr_array_index (plan->entries, i));
  json_builder_end_array (builder);
}
