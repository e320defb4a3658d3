/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linkage-check-text.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"
#include "linkage-text.h"

struct _LinkageCheckList
{
  GObject parent_instance;

  GPtrArray *items; /* (owned) (element-type LinkageCheckItem) */
  GArray *shown;    /* (owned) (element-type guint): positions of those in the group, ascending */
  LinkageCheckGroup group;
  guint counts[LINKAGE_CHECK_N_GROUPS];
};

static GType
linkage_check_list_get_item_type (GListModel *model)
{
  return LINKAGE_TYPE_CHECK_ITEM;
}

static guint
linkage_check_list_get_n_items (GListModel *model)
{
  return LINKAGE_CHECK_LIST (model)->shown->len;
}

static gpointer
linkage_check_list_get_item (GListModel *model, guint position)
{
  LinkageCheckList *self = LINKAGE_CHECK_LIST (model);

  if (position >= self->shown->len)
    return NULL;

  return g_object_ref (linkage_check_list_get (self, g_array_index (self->shown, guint, position)));
}

static void
linkage_check_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = linkage_check_list_get_item_type;
  iface->get_n_items = linkage_check_list_get_n_items;
  iface->get_item = linkage_check_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageCheckList,
                               linkage_check_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, linkage_check_list_init_model))

static LinkageCheckGroup
get_group (LinkageCheckItem *item)
{
  switch (linkage_check_item_get_likeness (item))
    {
    case LINKAGE_NAME_EXACT:
      return LINKAGE_CHECK_GROUP_EXACT;
    case LINKAGE_NAME_LIKELY:
      return LINKAGE_CHECK_GROUP_LIKELY;
    case LINKAGE_NAME_NONE:
    default:
      return LINKAGE_CHECK_GROUP_MISSING;
    }
}

static gboolean
is_in_group (LinkageCheckList *self, LinkageCheckItem *item)
{
  return self->group == LINKAGE_CHECK_GROUP_ALL || self->group == get_group (item);
}

/* Takes all out and puts in what is in the group: that costs the same at any size. */
static void
fill (LinkageCheckList *self)
{
  guint n_before = self->shown->len;

  g_array_set_size (self->shown, 0);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      if (is_in_group (self, g_ptr_array_index (self->items, i)))
        g_array_append_val (self->shown, i);
    }
  if (self->shown->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->shown->len);
}

/* Where a name is shown or would be: the number of those shown that stand above it. */
static guint
find_place (LinkageCheckList *self, guint position)
{
  guint low = 0;
  guint high = self->shown->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->shown, guint, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* One name went to another group: it comes, goes, or says something else. */
static void
update_shown (LinkageCheckList *self, guint position)
{
  guint place = find_place (self, position);
  gboolean was_shown = place < self->shown->len && g_array_index (self->shown, guint, place) == position;
  gboolean is_shown = is_in_group (self, linkage_check_list_get (self, position));

  if (was_shown && !is_shown)
    g_array_remove_index (self->shown, place);
  if (!was_shown && is_shown)
    g_array_insert_val (self->shown, place, position);
  if (was_shown || is_shown)
    g_list_model_items_changed (G_LIST_MODEL (self), place, was_shown ? 1 : 0, is_shown ? 1 : 0);
}

static void
linkage_check_list_finalize (GObject *object)
{
  LinkageCheckList *self = LINKAGE_CHECK_LIST (object);

  g_ptr_array_unref (self->items);
  g_array_unref (self->shown);

  G_OBJECT_CLASS (linkage_check_list_parent_class)->finalize (object);
}

static void
linkage_check_list_class_init (LinkageCheckListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_check_list_finalize;
}

static void
linkage_check_list_init (LinkageCheckList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * linkage_check_list_new:
 * @matches: (element-type LinkageNameMatch): what became of each name
 *
 * Creates a model of all of them.
 *
 * Returns: (transfer full): a new #LinkageCheckList
 */
LinkageCheckList *
linkage_check_list_new (GPtrArray *matches)
{
  LinkageCheckList *self;

  g_return_val_if_fail (matches != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_CHECK_LIST, NULL);
  for (guint i = 0; i < matches->len; i++)
    {
      LinkageCheckItem *item = linkage_check_item_new (g_ptr_array_index (matches, i), i);

      g_ptr_array_add (self->items, item);
      self->counts[get_group (item)]++;
    }
  self->counts[LINKAGE_CHECK_GROUP_ALL] = matches->len;
  fill (self);

  return self;
}

/**
 * linkage_check_list_set_group:
 * @self: a #LinkageCheckList
 * @group: what to show
 *
 * Shows all names, or only those of one group.
 */
void
linkage_check_list_set_group (LinkageCheckList *self, LinkageCheckGroup group)
{
  g_return_if_fail (LINKAGE_IS_CHECK_LIST (self));
  g_return_if_fail (group < LINKAGE_CHECK_N_GROUPS);

  if (self->group == group)
    return;

  self->group = group;
  fill (self);
}

/**
 * linkage_check_list_count:
 * @self: a #LinkageCheckList
 * @group: a group
 *
 * Counts the names of a group, shown or not.
 *
 * Returns: how many there are
 */
guint
linkage_check_list_count (LinkageCheckList *self, LinkageCheckGroup group)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_LIST (self), 0);
  g_return_val_if_fail (group < LINKAGE_CHECK_N_GROUPS, 0);

  return self->counts[group];
}

/**
 * linkage_check_list_get:
 * @self: a #LinkageCheckList
 * @position: where a name stands in the whole list
 *
 * Gets a name, shown or not.
 *
 * Returns: (transfer none): the item
 */
LinkageCheckItem *
linkage_check_list_get (LinkageCheckList *self, guint position)
{
  g_return_val_if_fail (LINKAGE_IS_CHECK_LIST (self), NULL);
  g_return_val_if_fail (position < self->items->len, NULL);

  return g_ptr_array_index (self->items, position);
}

/**
 * linkage_check_list_reject:
 * @self: a #LinkageCheckList
 * @position: where a name stands in the whole list
 * @rejected: whether it is another customer than the one that was found
 *
 * Moves a name to those that are not found, or back.
 */
void
linkage_check_list_reject (LinkageCheckList *self, guint position, gboolean rejected)
{
  LinkageCheckItem *item;

  g_return_if_fail (LINKAGE_IS_CHECK_LIST (self));
  g_return_if_fail (position < self->items->len);

  item = g_ptr_array_index (self->items, position);
  self->counts[get_group (item)]--;
  linkage_check_item_set_rejected (item, rejected);
  self->counts[get_group (item)]++;
  update_shown (self, position);
}

/**
 * linkage_check_list_dup_missing:
 * @self: a #LinkageCheckList
 * @kept: (array zero-terminated=1): names that are kept already
 *
 * Lists the names that are neither in the table nor kept.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names in their order
 */
GStrv
linkage_check_list_dup_missing (LinkageCheckList *self, const char *const *kept)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (LINKAGE_IS_CHECK_LIST (self), NULL);
  g_return_val_if_fail (kept != NULL, NULL);

  for (guint i = 0; kept[i] != NULL; i++)
    g_hash_table_add (left_out, linkage_text_fold_name (kept[i]));
  for (guint i = 0; i < self->items->len; i++)
    {
      LinkageCheckItem *item = g_ptr_array_index (self->items, i);
      const char *name = linkage_check_item_get_name (item);
      g_autofree char *folded = linkage_text_fold_name (name);

      if (linkage_check_item_get_likeness (item) == LINKAGE_NAME_NONE && !g_hash_table_contains (left_out, folded))
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/* A spreadsheet would run what begins like a formula: an apostrophe makes it text. */
static void
append_cell (GString *text, const char *cell, char end)
{
  g_autofree char *line = linkage_portal_text_to_line (cell);

  if (*line != '\0' && strchr ("=+-@", *line) != NULL)
    g_string_append_c (text, '\'');
  g_string_append (text, line);
  g_string_append_c (text, end);
}

static void
append_item (GString *text, LinkageCheckItem *item, gint64 now)
{
  LinkageConnection *connection = linkage_check_item_get_connection (item);
  const char *result = linkage_check_text_get_result (linkage_check_item_get_likeness (item));
  g_autofree char *status = connection != NULL ? linkage_status_text_get_line (connection, now) : NULL;
  g_autofree char *why = connection != NULL ? linkage_check_text_get_why (linkage_check_item_get_match (item)) : NULL;

  append_cell (text, linkage_check_item_get_name (item), '\t');
  append_cell (text, result, '\t');
  append_cell (text, connection != NULL ? connection->customer->name : "", '\t');
  append_cell (text, status != NULL ? status : "", '\t');
  append_cell (text, why != NULL ? why : "", '\n');
}

/**
 * linkage_check_list_to_text:
 * @self: a #LinkageCheckList
 * @now: Unix seconds
 *
 * Writes what is shown as lines with tabs, for a spreadsheet.
 *
 * Returns: (transfer full): headings and a line for each name
 */
char *
linkage_check_list_to_text (LinkageCheckList *self, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (LINKAGE_IS_CHECK_LIST (self), NULL);

  append_cell (text, C_ ("column of a checked list", "Name"), '\t');
  append_cell (text, C_ ("column of a checked list", "Result"), '\t');
  append_cell (text, C_ ("column of a checked list", "Customer"), '\t');
  append_cell (text, C_ ("column of a checked list", "Status"), '\t');
  append_cell (text, C_ ("column of a checked list", "Why"), '\n');
  for (guint i = 0; i < self->shown->len; i++)
    append_item (text, linkage_check_list_get (self, g_array_index (self->shown, guint, i)), now);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
