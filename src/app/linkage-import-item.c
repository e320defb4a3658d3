/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-import-item.h"

struct _LinkageImportItem
{
  GObject parent_instance;

  LinkageImportPlan *plan; /* (owned) */
  guint position;
  gboolean has_choice;
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} LinkageImportItemSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageImportItem, linkage_import_item, G_TYPE_OBJECT)

static void
linkage_import_item_finalize (GObject *object)
{
  LinkageImportItem *self = LINKAGE_IMPORT_ITEM (object);

  g_object_unref (self->plan);

  G_OBJECT_CLASS (linkage_import_item_parent_class)->finalize (object);
}

static void
linkage_import_item_class_init (LinkageImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linkage_import_item_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_import_item_init (LinkageImportItem *self)
{
}

/**
 * linkage_import_item_new:
 * @plan: what an import would do
 * @position: of the row in @plan
 *
 * Creates the object that stands for a row of an import in a list model.
 *
 * Returns: (transfer full): a new #LinkageImportItem
 */
LinkageImportItem *
linkage_import_item_new (LinkageImportPlan *plan, guint position)
{
  LinkageImportItem *self;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (plan), NULL);

  self = g_object_new (LINKAGE_TYPE_IMPORT_ITEM, NULL);
  self->plan = g_object_ref (plan);
  self->position = position;

  return self;
}

/**
 * linkage_import_item_get_plan:
 * @self: a #LinkageImportItem
 *
 * Gets the plan that the row is part of.
 *
 * Returns: (transfer none): the plan
 */
LinkageImportPlan *
linkage_import_item_get_plan (LinkageImportItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_ITEM (self), NULL);

  return self->plan;
}

/**
 * linkage_import_item_get_position:
 * @self: a #LinkageImportItem
 *
 * Gets where the row stands in its plan.
 *
 * Returns: the position
 */
guint
linkage_import_item_get_position (LinkageImportItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_ITEM (self), 0);

  return self->position;
}

/**
 * linkage_import_item_get_change:
 * @self: a #LinkageImportItem
 *
 * Gets what would become of the row.
 *
 * Returns: (transfer none): the change, until the next choice
 */
const LinkageImportChange *
linkage_import_item_get_change (LinkageImportItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_ITEM (self), NULL);

  return linkage_import_plan_get_change (self->plan, self->position);
}

/**
 * linkage_import_item_get_has_choice:
 * @self: a #LinkageImportItem
 *
 * Gets whether the person has the choice of what the row means, also after it was made.
 *
 * Returns: whether there is a choice
 */
gboolean
linkage_import_item_get_has_choice (LinkageImportItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_ITEM (self), FALSE);

  return self->has_choice;
}

/**
 * linkage_import_item_update:
 * @self: a #LinkageImportItem
 * @has_choice: whether the person has the choice of what the row means
 *
 * Says that the plan has changed.
 */
void
linkage_import_item_update (LinkageImportItem *self, gboolean has_choice)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_ITEM (self));

  self->has_choice = has_choice;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gint64
get_date (const LinkageConnection *connection)
{
  const LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);

  return attempt != NULL ? attempt->requested_at : 0;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const LinkageConnection *one = *(LinkageConnection *const *)a;
  const LinkageConnection *other = *(LinkageConnection *const *)b;
  gint64 difference = get_date (one) - get_date (other);

  if (difference != 0)
    return difference < 0 ? -1 : 1;

  return g_strcmp0 (one->id, other->id);
}

/**
 * linkage_import_item_list_candidates:
 * @self: a #LinkageImportItem with a choice
 *
 * Lists the requests that the row may mean, whatever was chosen.
 *
 * Returns: (transfer full) (element-type LinkageConnection): the requests, the oldest first
 */
GPtrArray *
linkage_import_item_list_candidates (LinkageImportItem *self)
{
  GPtrArray *candidates;
  LinkageConnection *chosen;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_ITEM (self), NULL);

  candidates = linkage_import_plan_get_candidates (self->plan, self->position);
  chosen = linkage_import_item_get_change (self)->existing;
  if (chosen != NULL)
    g_ptr_array_add (candidates, linkage_connection_ref (chosen));
  g_ptr_array_sort (candidates, compare_candidates);

  return candidates;
}
