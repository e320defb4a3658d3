/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-import-model.h"

#include <gio/gio.h>

struct _LinkageImportModel
{
  GObject parent_instance;

  LinkageImportPlan *plan; /* (owned) (nullable) */
  int kind;
  GArray *positions;   /* (owned) (element-type guint): which rows of the plan are shown */
  GHashTable *items;   /* (owned) (element-type guint LinkageImportItem): those that somebody holds, by position */
  GHashTable *choices; /* (owned) (element-type guint utf8): by the row's number; empty: nothing of ours */
};

static GType
linkage_import_model_get_item_type (GListModel *model)
{
  return LINKAGE_TYPE_IMPORT_ITEM;
}

static guint
linkage_import_model_get_n_items (GListModel *model)
{
  return LINKAGE_IMPORT_MODEL (model)->positions->len;
}

static gboolean
is_item (gpointer key, gpointer value, gpointer user_data)
{
  return value == user_data;
}

static void
on_item_gone (gpointer user_data, GObject *item)
{
  g_hash_table_foreach_remove (LINKAGE_IMPORT_MODEL (user_data)->items, is_item, item);
}

static gboolean
has_choice (LinkageImportModel *self, guint position)
{
  const LinkageImportChange *change = linkage_import_plan_get_change (self->plan, position);

  return change->reason == LINKAGE_IMPORT_REASON_AMBIGUOUS ||
         g_hash_table_contains (self->choices, GUINT_TO_POINTER (change->row->number));
}

static gpointer
linkage_import_model_get_item (GListModel *model, guint index)
{
  LinkageImportModel *self = LINKAGE_IMPORT_MODEL (model);
  LinkageImportItem *item;
  guint position;

  if (index >= self->positions->len)
    return NULL;

  position = g_array_index (self->positions, guint, index);
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = linkage_import_item_new (self->plan, position);
  linkage_import_item_update (item, has_choice (self, position));
  g_object_weak_ref (G_OBJECT (item), on_item_gone, self);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = linkage_import_model_get_item_type;
  iface->get_n_items = linkage_import_model_get_n_items;
  iface->get_item = linkage_import_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageImportModel,
                               linkage_import_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
forget_items (LinkageImportModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, on_item_gone, self);
  g_hash_table_remove_all (self->items);
}

/* One after the other, so that no row is taken for another one that stands in its place. */
static void
clear (LinkageImportModel *self)
{
  guint n_before = self->positions->len;

  forget_items (self);
  g_array_set_size (self->positions, 0);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
}

static void
fill (LinkageImportModel *self)
{
  guint n_changes = self->plan != NULL ? linkage_import_plan_get_n_changes (self->plan) : 0;

  for (guint i = 0; i < n_changes; i++)
    {
      if (self->kind == LINKAGE_IMPORT_MODEL_ALL ||
          (int)linkage_import_plan_get_change (self->plan, i)->kind == self->kind)
        g_array_append_val (self->positions, i);
    }

  if (self->positions->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->positions->len);
}

static void
linkage_import_model_finalize (GObject *object)
{
  LinkageImportModel *self = LINKAGE_IMPORT_MODEL (object);

  forget_items (self);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->choices);
  g_array_unref (self->positions);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (linkage_import_model_parent_class)->finalize (object);
}

static void
linkage_import_model_class_init (LinkageImportModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_import_model_finalize;
}

static void
linkage_import_model_init (LinkageImportModel *self)
{
  self->kind = LINKAGE_IMPORT_MODEL_ALL;
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->items = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->choices = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
}

/**
 * linkage_import_model_new:
 *
 * Creates an empty list.
 *
 * Returns: (transfer full): a new #LinkageImportModel
 */
LinkageImportModel *
linkage_import_model_new (void)
{
  return g_object_new (LINKAGE_TYPE_IMPORT_MODEL, NULL);
}

/**
 * linkage_import_model_get_plan:
 * @self: a #LinkageImportModel
 *
 * Gets what the import would do.
 *
 * Returns: (transfer none) (nullable): the plan
 */
LinkageImportPlan *
linkage_import_model_get_plan (LinkageImportModel *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_MODEL (self), NULL);

  return self->plan;
}

static LinkageConnection *
find_candidate (GPtrArray *candidates, const char *id)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      LinkageConnection *candidate = g_ptr_array_index (candidates, i);

      if (g_str_equal (candidate->id, id))
        return candidate;
    }

  return NULL;
}

/* What was chosen for a request that another row means by now is not chosen any more. */
static void
resolve (LinkageImportModel *self, guint position, const char *id)
{
  g_autoptr (GPtrArray) candidates = linkage_import_plan_get_candidates (self->plan, position);
  LinkageConnection *candidate = find_candidate (candidates, id);

  if (candidate != NULL || *id == '\0')
    linkage_import_plan_resolve (self->plan, position, candidate);
}

static void
resolve_all (LinkageImportModel *self)
{
  guint n_changes = g_hash_table_size (self->choices) > 0 ? linkage_import_plan_get_n_changes (self->plan) : 0;

  for (guint i = 0; i < n_changes; i++)
    {
      const LinkageImportChange *change = linkage_import_plan_get_change (self->plan, i);
      const char *id = g_hash_table_lookup (self->choices, GUINT_TO_POINTER (change->row->number));

      if (id != NULL && change->reason == LINKAGE_IMPORT_REASON_AMBIGUOUS)
        resolve (self, i, id);
    }
}

/**
 * linkage_import_model_set_plan:
 * @self: a #LinkageImportModel
 * @plan: what the import would do; it is told what the person chose before
 *
 * Shows other rows in place of those that are there.
 */
void
linkage_import_model_set_plan (LinkageImportModel *self, LinkageImportPlan *plan)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_MODEL (self));
  g_return_if_fail (LINKAGE_IS_IMPORT_PLAN (plan));

  clear (self);
  g_set_object (&self->plan, plan);
  resolve_all (self);
  fill (self);
}

/**
 * linkage_import_model_get_kind:
 * @self: a #LinkageImportModel
 *
 * Gets which rows are shown.
 *
 * Returns: a #LinkageImportKind, or %LINKAGE_IMPORT_MODEL_ALL
 */
int
linkage_import_model_get_kind (LinkageImportModel *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_MODEL (self), LINKAGE_IMPORT_MODEL_ALL);

  return self->kind;
}

/**
 * linkage_import_model_set_kind:
 * @self: a #LinkageImportModel
 * @kind: a #LinkageImportKind, or %LINKAGE_IMPORT_MODEL_ALL
 *
 * Shows only rows of one kind. One whose kind changes by a choice stays until the rows are shown anew.
 */
void
linkage_import_model_set_kind (LinkageImportModel *self, int kind)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_MODEL (self));

  clear (self);
  self->kind = kind;
  fill (self);
}

static guint
get_number (LinkageImportModel *self, guint position)
{
  return linkage_import_plan_get_change (self->plan, position)->row->number;
}

static void
update_items (LinkageImportModel *self)
{
  g_autoptr (GList) items = g_hash_table_get_values (self->items);

  for (GList *l = items; l != NULL; l = l->next)
    {
      LinkageImportItem *item = l->data;

      linkage_import_item_update (item, has_choice (self, linkage_import_item_get_position (item)));
    }
}

/**
 * linkage_import_model_choose:
 * @self: a #LinkageImportModel
 * @position: in the plan, of a row with a choice
 * @connection_id: (nullable): the request of ours that it means; %NULL: none of them
 *
 * Takes the person's word for what a row means.
 *
 * Returns: %FALSE when something was chosen before: then the plan is to be made again
 */
gboolean
linkage_import_model_choose (LinkageImportModel *self, guint position, const char *connection_id)
{
  gboolean is_open;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_MODEL (self), FALSE);
  g_return_val_if_fail (self->plan != NULL, FALSE);

  is_open = linkage_import_plan_get_change (self->plan, position)->reason == LINKAGE_IMPORT_REASON_AMBIGUOUS;
  g_hash_table_insert (self->choices, GUINT_TO_POINTER (get_number (self, position)),
                       g_strdup (connection_id != NULL ? connection_id : ""));
  if (!is_open)
    return FALSE;

  resolve (self, position, connection_id != NULL ? connection_id : "");
  update_items (self);

  return TRUE;
}

/**
 * linkage_import_model_leave_open:
 * @self: a #LinkageImportModel
 * @position: in the plan, of a row with a choice
 *
 * Takes back what was chosen for a row. The plan is to be made again.
 */
void
linkage_import_model_leave_open (LinkageImportModel *self, guint position)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_MODEL (self));
  g_return_if_fail (self->plan != NULL);

  g_hash_table_remove (self->choices, GUINT_TO_POINTER (get_number (self, position)));
}

/**
 * linkage_import_model_reset:
 * @self: a #LinkageImportModel
 *
 * Takes all rows away and forgets what was chosen: another table is to come.
 */
void
linkage_import_model_reset (LinkageImportModel *self)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_MODEL (self));

  clear (self);
  g_hash_table_remove_all (self->choices);
  g_clear_object (&self->plan);
  self->kind = LINKAGE_IMPORT_MODEL_ALL;
}
