/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-plan.h"

#include "linkage-import-match.h"
#include "linkage-import-parts.h"
#include "linkage-import-result.h"

struct _LinkageImportPlan
{
  GObject parent_instance;

  LinkageImportTable *table; /* (owned) */
  LinkageImportMapping mapping;
  gint64 copied_at;
  char *new_id;              /* (owned): what ids of new requests begin with */
  LinkageImportMatch *match; /* (owned) */
  GArray *changes;           /* (owned) (element-type LinkageImportChange) */
  GPtrArray *missing;        /* (owned) (element-type LinkageConnection) */
  guint counts[LINKAGE_IMPORT_N_KINDS];
};

G_DEFINE_FINAL_TYPE (LinkageImportPlan, linkage_import_plan, G_TYPE_OBJECT)

static void
clear_change (gpointer data)
{
  LinkageImportChange *change = data;

  linkage_import_row_unref (change->row);
  g_clear_pointer (&change->existing, linkage_connection_unref);
  g_clear_pointer (&change->result, linkage_connection_unref);
}

static void
linkage_import_plan_finalize (GObject *object)
{
  LinkageImportPlan *self = LINKAGE_IMPORT_PLAN (object);

  g_clear_pointer (&self->table, linkage_import_table_unref);
  g_free (self->new_id);
  g_clear_pointer (&self->match, linkage_import_match_free);
  g_array_unref (self->changes);
  g_ptr_array_unref (self->missing);

  G_OBJECT_CLASS (linkage_import_plan_parent_class)->finalize (object);
}

static void
linkage_import_plan_class_init (LinkageImportPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_import_plan_finalize;
}

static void
linkage_import_plan_init (LinkageImportPlan *self)
{
  self->changes = g_array_new (FALSE, TRUE, sizeof (LinkageImportChange));
  g_array_set_clear_func (self->changes, clear_change);
  self->missing = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
}

static LinkageImportChange *
get_change (LinkageImportPlan *self, guint position)
{
  return &g_array_index (self->changes, LinkageImportChange, position);
}

/* Pages that were copied one below the other have the headings again. */
static gboolean
is_heading (const LinkageImportRow *row)
{
  return row->reason == LINKAGE_IMPORT_REASON_UNKNOWN_STATUS &&
         linkage_import_field_from_heading (row->customer) == LINKAGE_IMPORT_FIELD_CUSTOMER &&
         linkage_import_field_from_heading (row->status_word) == LINKAGE_IMPORT_FIELD_STATUS;
}

typedef struct
{
  const LinkageImportPlan *plan; /* (unowned) */
  GTimeZone *time_zone;          /* (unowned) */
  GPtrArray *rows; /* (owned) (element-type LinkageImportRow) (nullable items): as many as the table has */
} RowReading;

static void
read_row (guint number, gpointer user_data)
{
  RowReading *reading = user_data;
  const LinkageImportPlan *self = reading->plan;
  g_autoptr (LinkageImportRow) row = NULL;

  if (linkage_import_table_is_row_empty (self->table, number))
    return;

  row = linkage_import_row_read (self->table, &self->mapping, number, reading->time_zone);
  if (!is_heading (row))
    reading->rows->pdata[number] = g_steal_pointer (&row);
}

static void
free_row (gpointer row)
{
  if (row != NULL)
    linkage_import_row_unref (row);
}

static gboolean
read_rows (LinkageImportPlan *self, GTimeZone *time_zone, GCancellable *cancellable, GError **error)
{
  guint n_rows = linkage_import_table_get_n_rows (self->table);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  RowReading reading = { self, time_zone, rows };

  g_ptr_array_set_size (rows, (int)n_rows);
  if (!linkage_import_parts_run (self->mapping.first_row, n_rows, read_row, &reading, cancellable, error))
    return FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      LinkageImportChange change = { LINKAGE_IMPORT_NOT_UNDERSTOOD };

      if (rows->pdata[i] == NULL)
        continue;
      change.row = g_steal_pointer (&rows->pdata[i]);
      change.reason = change.row->reason;
      g_array_append_val (self->changes, change);
    }

  return TRUE;
}

/* What the row does, when it is known whether it speaks of a request of ours. */
static void
settle (LinkageImportPlan *self, LinkageImportChange *change)
{
  change->reason = LINKAGE_IMPORT_REASON_NONE;
  change->kind = change->existing != NULL ? LINKAGE_IMPORT_UNCHANGED : LINKAGE_IMPORT_NEW;
  /* An older copy than the row was seen in has nothing new to say. */
  if (change->existing != NULL && change->existing->seen_at > self->copied_at)
    return;

  change->result = linkage_import_result_make (change->row, change->existing, self->copied_at, self->new_id);
  if (change->existing != NULL && linkage_import_result_is_change (change->existing, change->result))
    change->kind = LINKAGE_IMPORT_CHANGED;
}

static void
take_existing (LinkageImportChange *change, LinkageConnection *existing)
{
  change->existing = existing != NULL ? linkage_connection_ref (existing) : NULL;
}

static void
settle_understood (guint position, gpointer user_data)
{
  LinkageImportPlan *self = user_data;
  LinkageImportChange *change = get_change (self, position);

  if (change->reason == LINKAGE_IMPORT_REASON_NONE)
    settle (self, change);
}

static gboolean
join (LinkageImportPlan *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      LinkageImportChange *change = get_change (self, i);
      LinkageConnection *existing = NULL;

      if (change->reason == LINKAGE_IMPORT_REASON_NONE)
        change->reason = linkage_import_match_claim (self->match, change->row, &existing);
      else
        linkage_import_match_doubt (self->match, change->row);
      take_existing (change, existing);
    }

  for (guint i = 0; i < self->changes->len; i++)
    {
      LinkageImportChange *change = get_change (self, i);
      LinkageConnection *existing = NULL;

      if (change->reason == LINKAGE_IMPORT_REASON_NONE && change->existing == NULL)
        {
          change->reason = linkage_import_match_settle (self->match, change->row, &existing);
          take_existing (change, existing);
        }
    }

  if (!linkage_import_parts_run (0, self->changes->len, settle_understood, self, cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->changes->len; i++)
    self->counts[get_change (self, i)->kind]++;

  return TRUE;
}

static void
find_missing (LinkageImportPlan *self, GPtrArray *connections)
{
  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);

      if (!connection->is_missing && connection->seen_at <= self->copied_at &&
          linkage_import_match_is_missing (self->match, connection))
        g_ptr_array_add (self->missing, linkage_connection_ref (connection));
    }
}

/**
 * linkage_import_plan_new:
 * @table: a table
 * @mapping: what its columns hold
 * @connections: (element-type LinkageConnection): the requests that are known
 * @time_zone: where the page was seen
 * @copied_at: when it was copied, Unix seconds
 * @cancellable: (nullable): a cancellable
 *
 * Finds out what importing the table would do. Any thread; the result belongs to one thread at a time.
 *
 * Returns: (transfer full): the plan, or %NULL with G_IO_ERROR_CANCELLED
 */
LinkageImportPlan *
linkage_import_plan_new (LinkageImportTable *table,
                         const LinkageImportMapping *mapping,
                         GPtrArray *connections,
                         GTimeZone *time_zone,
                         gint64 copied_at,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (LinkageImportPlan) self = NULL;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (mapping != NULL, NULL);
  g_return_val_if_fail (connections != NULL, NULL);
  g_return_val_if_fail (time_zone != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_IMPORT_PLAN, NULL);
  self->table = linkage_import_table_ref (table);
  self->mapping = *mapping;
  self->copied_at = copied_at;
  self->new_id = g_uuid_string_random ();
  self->match = linkage_import_match_new (connections);
  if (!read_rows (self, time_zone, cancellable, error) || !join (self, cancellable, error))
    return NULL;

  find_missing (self, connections);

  return g_steal_pointer (&self);
}

/**
 * linkage_import_plan_get_table:
 *
 * Returns: (transfer none): the table that would be imported
 */
LinkageImportTable *
linkage_import_plan_get_table (LinkageImportPlan *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);

  return self->table;
}

/**
 * linkage_import_plan_get_mapping:
 *
 * Returns: (transfer none): what its columns were taken to hold
 */
const LinkageImportMapping *
linkage_import_plan_get_mapping (LinkageImportPlan *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);

  return &self->mapping;
}

/**
 * linkage_import_plan_get_n_changes:
 *
 * Returns: how many rows the table has, headings and empty ones left out
 */
guint
linkage_import_plan_get_n_changes (LinkageImportPlan *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), 0);

  return self->changes->len;
}

/**
 * linkage_import_plan_get_change:
 * @position: below linkage_import_plan_get_n_changes()
 *
 * Returns: (transfer none): what would become of that row, until linkage_import_plan_resolve() changes it
 */
const LinkageImportChange *
linkage_import_plan_get_change (LinkageImportPlan *self, guint position)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (position < self->changes->len, NULL);

  return get_change (self, position);
}

/**
 * linkage_import_plan_count:
 *
 * Returns: how many rows are of that kind
 */
guint
linkage_import_plan_count (LinkageImportPlan *self, LinkageImportKind kind)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), 0);
  g_return_val_if_fail ((guint)kind < LINKAGE_IMPORT_N_KINDS, 0);

  return self->counts[kind];
}

/**
 * linkage_import_plan_get_missing:
 *
 * Tells which rows of ours the table does not have; one whose name stands in a row that was not understood is not among
 * them.
 *
 * Returns: (transfer none) (element-type LinkageConnection): the rows
 */
GPtrArray *
linkage_import_plan_get_missing (LinkageImportPlan *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);

  return self->missing;
}

/**
 * linkage_import_plan_get_copied_at:
 *
 * Returns: when the table was copied, Unix seconds
 */
gint64
linkage_import_plan_get_copied_at (LinkageImportPlan *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), 0);

  return self->copied_at;
}

/**
 * linkage_import_plan_get_candidates:
 * @position: of a row that is ambiguous
 *
 * Returns: (transfer full) (element-type LinkageConnection): which requests of ours may be meant
 */
GPtrArray *
linkage_import_plan_get_candidates (LinkageImportPlan *self, guint position)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (position < self->changes->len, NULL);

  return linkage_import_match_list_unclaimed (self->match, get_change (self, position)->row);
}

/**
 * linkage_import_plan_resolve:
 * @position: of a row that is ambiguous
 * @existing: (nullable): which of linkage_import_plan_get_candidates() it means; %NULL: none of them
 *
 * Takes the person's word for which request a row speaks of.
 */
void
linkage_import_plan_resolve (LinkageImportPlan *self, guint position, LinkageConnection *existing)
{
  LinkageImportChange *change = NULL;

  g_return_if_fail (LINKAGE_IS_IMPORT_PLAN (self));
  g_return_if_fail (position < self->changes->len);

  change = get_change (self, position);
  g_return_if_fail (change->reason == LINKAGE_IMPORT_REASON_AMBIGUOUS);

  self->counts[change->kind]--;
  if (existing != NULL)
    linkage_import_match_take (self->match, existing);
  take_existing (change, existing);
  settle (self, change);
  self->counts[change->kind]++;
}

/**
 * linkage_import_plan_make_copy:
 * @mark_missing: whether the table was the whole one, so that what it does not have is missing
 *
 * Returns: (transfer full): what is to be saved
 */
LinkageCopy *
linkage_import_plan_make_copy (LinkageImportPlan *self, gboolean mark_missing)
{
  LinkageCopy *copy = NULL;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (self), NULL);

  copy = linkage_copy_new (self->copied_at);
  copy->n_new = self->counts[LINKAGE_IMPORT_NEW];
  copy->n_changed = self->counts[LINKAGE_IMPORT_CHANGED];
  copy->n_unchanged = self->counts[LINKAGE_IMPORT_UNCHANGED];
  copy->n_not_understood = self->counts[LINKAGE_IMPORT_NOT_UNDERSTOOD];
  for (guint i = 0; i < self->changes->len; i++)
    {
      const LinkageImportChange *change = get_change (self, i);

      if (change->result == NULL)
        continue;
      if (change->kind == LINKAGE_IMPORT_UNCHANGED)
        g_ptr_array_add (copy->unchanged, g_strdup (change->existing->id));
      else
        g_ptr_array_add (copy->written, linkage_connection_ref (change->result));
    }
  for (guint i = 0; mark_missing && i < self->missing->len; i++)
    {
      const LinkageConnection *connection = g_ptr_array_index (self->missing, i);

      g_ptr_array_add (copy->missing, g_strdup (connection->id));
    }
  copy->n_missing = copy->missing->len;

  return copy;
}
