/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-companion-merge.h"

#include "linkage-rules.h"
#include "linkage-text.h"

G_DEFINE_BOXED_TYPE (LinkageCompanionMerge,
                     linkage_companion_merge,
                     linkage_companion_merge_ref,
                     linkage_companion_merge_unref)

static void
pair_free (gpointer data)
{
  LinkageMergePair *pair = data;

  g_clear_pointer (&pair->stays, linkage_connection_unref);
  g_clear_pointer (&pair->goes, linkage_connection_unref);
  g_free (pair);
}

static void
clear (LinkageCompanionMerge *self)
{
  g_ptr_array_unref (self->pairs);
  g_free (self->state);
}

static const LinkageCustomer *
get_customer (const LinkageMergePair *pair)
{
  return pair->stays != NULL ? pair->stays->customer : pair->goes->customer;
}

/* By folded name, as the ids are each account's own. (element-type utf8 GPtrArray) */
static GHashTable *
group (const GPtrArray *connections)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);
      char *folded = linkage_text_fold_name (connection->customer->name);
      GPtrArray *namesakes = g_hash_table_lookup (groups, folded);

      if (namesakes != NULL)
        g_free (folded);
      else
        {
          namesakes = g_ptr_array_new ();
          g_hash_table_insert (groups, folded, namesakes);
        }
      g_ptr_array_add (namesakes, connection);
    }

  return groups;
}

static void
add_pair (LinkageCompanionMerge *self, LinkageConnection *stays, LinkageConnection *goes, gint64 now)
{
  LinkageMergePair *pair = g_new0 (LinkageMergePair, 1);

  pair->stays = stays != NULL ? linkage_connection_ref (stays) : NULL;
  pair->goes = goes != NULL ? linkage_connection_ref (goes) : NULL;
  linkage_merge_pair (stays, goes, now, &pair->outcome);
  g_ptr_array_add (self->pairs, pair);
  self->counts[pair->outcome.fate]++;
}

/* The same table may have been copied into both. */
static gboolean
is_same_request (const LinkageConnection *a, const LinkageConnection *b)
{
  const LinkageAttempt *latest_a = linkage_connection_get_latest_attempt (a);
  const LinkageAttempt *latest_b = linkage_connection_get_latest_attempt (b);

  if (latest_a == NULL || latest_b == NULL)
    return latest_a == latest_b && a->status == b->status;

  return latest_a->requested_at == latest_b->requested_at &&
         g_strcmp0 (latest_a->contact_email, latest_b->contact_email) == 0;
}

/* (transfer full) (nullable): the one of a name that is the other account's too */
static LinkageConnection *
take_match (GPtrArray *candidates, const LinkageConnection *connection, gboolean is_only)
{
  if (is_only && candidates->len == 1)
    return g_ptr_array_steal_index (candidates, 0);

  for (guint i = 0; i < candidates->len; i++)
    {
      if (is_same_request (g_ptr_array_index (candidates, i), connection))
        return g_ptr_array_steal_index (candidates, i);
    }

  return NULL;
}

static void
join_namesakes (LinkageCompanionMerge *self, const GPtrArray *stays, GPtrArray *goes, gint64 now)
{
  for (guint i = 0; i < stays->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (stays, i);
      LinkageConnection *match = goes != NULL ? take_match (goes, connection, stays->len == 1) : NULL;

      add_pair (self, connection, match, now);
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const LinkageMergePair *first = *(LinkageMergePair *const *)a;
  const LinkageMergePair *second = *(LinkageMergePair *const *)b;
  int difference = g_utf8_collate (get_customer (first)->name, get_customer (second)->name);

  return difference != 0 ? difference : g_strcmp0 (get_customer (first)->id, get_customer (second)->id);
}

static void
join (LinkageCompanionMerge *self, const GPtrArray *stays, const GPtrArray *goes, gint64 now)
{
  g_autoptr (GHashTable) ours = group (stays);
  g_autoptr (GHashTable) theirs = group (goes);
  GHashTableIter iter;
  gpointer folded;
  gpointer namesakes;

  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &folded, &namesakes))
    join_namesakes (self, namesakes, g_hash_table_lookup (theirs, folded), now);

  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, &folded, &namesakes))
    {
      const GPtrArray *left = namesakes;

      for (guint i = 0; i < left->len; i++)
        add_pair (self, NULL, g_ptr_array_index (left, i), now);
    }
  g_ptr_array_sort (self->pairs, compare_pairs);
}

static void
add_side (GString *text, const LinkageConnection *connection)
{
  if (connection == NULL)
    g_string_append (text, "-\n");
  else
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", connection->id,
                            connection->revision, connection->seen_at, connection->is_missing);
}

static char *
make_state (const LinkageCompanionMerge *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%u\n", self->searches_left);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const LinkageMergePair *pair = g_ptr_array_index (self->pairs, i);

      add_side (text, pair->stays);
      add_side (text, pair->goes);
      g_string_append_printf (text, "%d %d\n", pair->outcome.fate, pair->outcome.from_b);
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

/**
 * linkage_companion_merge_new:
 * @stays: (element-type LinkageConnection): the rows of the account that stays
 * @goes: (element-type LinkageConnection): those of the account that is merged into it
 * @searches_left_stays: searches that the first has left
 * @searches_left_goes: searches that the second has left
 * @now: Unix seconds, UTC
 *
 * Finds out what a merge does of two accounts whose rows a person brought. R12, with what linkage_merge_pair() says;
 * nothing is concluded that was not seen, so that a request without an answer stays pending. Rows belong together
 * where the customers' names do, folded; of several of one name those belong together that are the same request, and
 * the others stand beside each other.
 *
 * Returns: (transfer full): what it does
 */
LinkageCompanionMerge *
linkage_companion_merge_new (const GPtrArray *stays,
                             const GPtrArray *goes,
                             guint searches_left_stays,
                             guint searches_left_goes,
                             gint64 now)
{
  LinkageCompanionMerge *self;

  g_return_val_if_fail (stays != NULL && goes != NULL, NULL);

  self = g_atomic_rc_box_new0 (LinkageCompanionMerge);
  self->pairs = g_ptr_array_new_with_free_func (pair_free);
  self->searches_left = linkage_merge_searches_left (searches_left_stays, searches_left_goes);
  join (self, stays, goes, now);
  self->state = make_state (self);

  return self;
}

/**
 * linkage_companion_merge_ref:
 * @self: a merge
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @self
 */
LinkageCompanionMerge *
linkage_companion_merge_ref (LinkageCompanionMerge *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_companion_merge_unref:
 * @self: (transfer full): a merge
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_companion_merge_unref (LinkageCompanionMerge *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear);
}

static LinkageMergeRow *
make_preview_row (const LinkageMergePair *pair)
{
  const LinkageCustomer *customer = get_customer (pair);
  LinkageMergeRow *row = linkage_merge_row_new (customer->id, customer->name, pair->outcome.fate);

  row->status = (pair->outcome.from_b ? pair->goes : pair->stays)->status;
  row->has_staying = pair->stays != NULL;
  if (pair->stays != NULL)
    row->status_staying = pair->stays->status;
  row->has_going = pair->goes != NULL;
  if (pair->goes != NULL)
    row->status_going = pair->goes->status;
  row->requests_used = pair->outcome.requests_used;
  row->was_rejected = pair->outcome.was_rejected;

  return row;
}

/**
 * linkage_companion_merge_make_preview:
 * @self: a merge
 * @staying_name: the name of the account that stays
 * @going_name: the name of the account that is merged into it
 * @offset: the first row of the page
 * @limit: how many rows at most
 *
 * Says what a merge would do, for a person to read.
 *
 * Returns: (transfer full): the preview
 */
LinkageMergePreview *
linkage_companion_merge_make_preview (const LinkageCompanionMerge *self,
                                      const char *staying_name,
                                      const char *going_name,
                                      guint offset,
                                      guint limit)
{
  LinkageMergePreview *preview;

  g_return_val_if_fail (self != NULL, NULL);

  preview = linkage_merge_preview_new (self->state, staying_name, going_name);
  preview->stays = self->counts[LINKAGE_MERGE_STAYS];
  preview->comes_over = self->counts[LINKAGE_MERGE_COMES_OVER];
  preview->consolidated = self->counts[LINKAGE_MERGE_CONSOLIDATED];
  preview->removed = self->counts[LINKAGE_MERGE_REMOVED];
  preview->searches_left = self->searches_left;
  preview->offset = offset;
  preview->total = self->pairs->len;
  for (guint i = offset; i < self->pairs->len && i - offset < limit; i++)
    g_ptr_array_add (preview->rows, make_preview_row (g_ptr_array_index (self->pairs, i)));

  return preview;
}

/* What is known of the customer itself is the staying account's; a customer list is not lost with the other one. */
static LinkageCustomer *
make_customer (const LinkageMergePair *pair)
{
  const LinkageCustomer *customer = get_customer (pair);
  const GPtrArray *entries = customer->entries;
  LinkageCustomer *joined = linkage_customer_new (customer->id, customer->name);

  joined->country = g_strdup (customer->country);
  joined->accepts_requests = customer->accepts_requests;
  if (entries->len == 0 && pair->goes != NULL)
    entries = pair->goes->customer->entries;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (joined->entries, linkage_customer_entry_ref (g_ptr_array_index (entries, i)));

  return joined;
}

static gboolean
is_minimum (const LinkageConnection *connection)
{
  return connection != NULL && connection->requests_used_is_minimum;
}

/**
 * linkage_merge_pair_make_row:
 * @pair: what two accounts have with one customer
 * @now: Unix seconds, UTC
 *
 * Makes the one row of the two. Where it is removed, it is as it was last known.
 *
 * Returns: (transfer full): the row, with the id of the account that stays if that has one
 */
LinkageConnection *
linkage_merge_pair_make_row (const LinkageMergePair *pair, gint64 now)
{
  g_autoptr (LinkageCustomer) customer = NULL;
  LinkageConnection *row;
  LinkageRuleState state;

  g_return_val_if_fail (pair != NULL && (pair->stays != NULL || pair->goes != NULL), NULL);

  row = linkage_connection_copy (pair->outcome.from_b ? pair->goes : pair->stays);
  if (pair->stays != NULL)
    {
      g_free (row->id);
      row->id = g_strdup (pair->stays->id);
    }
  customer = row->customer;
  row->customer = make_customer (pair);
  row->requests_used = pair->outcome.requests_used;
  row->requests_used_is_minimum =
    (is_minimum (pair->stays) || is_minimum (pair->goes)) && row->requests_used < LINKAGE_RULES_REQUESTS_PER_CUSTOMER;
  row->was_rejected = pair->outcome.was_rejected;
  linkage_rules_state_from_connection (&state, row);
  row->actions = linkage_rules_get_actions (&state, now);

  return row;
}
